import { Script } from 'node:vm';

/** A good record takes microseconds; a pattern that needs longer for a line takes for ever. */
const longestMs = 100;

export type Match =
  | { readonly ok: true; readonly groups: Readonly<Record<string, string | undefined>> | null }
  | { readonly ok: false };

/**
 * Matches a pattern that a technician wrote against a text that a device sent, and gives up in time: no look at the pattern
 * alone finds all that backtrack without end, and only a script of its own can be stopped in the midst of it. `groups`
 * null: no match; `ok` false: given up.
 */
export function boundedMatch(pattern: string, text: string): Match {
  // Both stand in the script as literals: JSON is a part of ECMAScript (2019, 6.1.7), so neither can be anything else there.
  const script = new Script(`new RegExp(${JSON.stringify(pattern)}).exec(${JSON.stringify(text)})`);
  try {
    const found: RegExpExecArray | null = script.runInThisContext({ timeout: longestMs });
    return { ok: true, groups: found === null ? null : (found.groups ?? {}) };
  } catch {
    return { ok: false };
  }
}
