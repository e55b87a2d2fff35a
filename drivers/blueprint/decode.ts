import { z } from 'zod';

/** What the unit says in one line. */
export type BlueprintRecord =
  | {
      readonly type: 'scan';
      readonly number: number;
      /** The unit's own time, ms since the epoch. */
      readonly atMs: number;
      readonly decision: 'alarm' | 'clear';
      readonly subject: string | null;
    }
  | { readonly type: 'cover'; readonly open: boolean };

export type Decoded =
  | { readonly ok: true; readonly record: BlueprintRecord }
  | { readonly ok: false; readonly code: string; readonly reason: string };

const Time = z.iso.datetime();

/** One line without its end → what it says, or a named refusal. Pure; never throws, whatever the bytes. */
export function decode(line: Uint8Array): Decoded {
  const text = Buffer.from(line).toString('latin1');
  if (/[^\x20-\x7e]/.test(text)) return refuse('not-ascii', 'the line holds bytes that are no printable ASCII');
  const [tag = '', ...fields] = text.split(',');
  if (tag === 'S') return scanOf(fields);
  if (tag === 'C') return coverOf(fields);
  return refuse('unknown-record', `no record begins with "${tag}"`);
}

function scanOf(fields: readonly string[]): Decoded {
  const [number = '', time = '', word = '', subject = ''] = fields;
  if (fields.length !== 4) return refuse('wrong-field-count', `${fields.length} fields after S, not 4`);
  if (!/^\d{1,9}$/.test(number)) return refuse('not-a-number', `scan number "${number}"`);
  if (!Time.safeParse(time).success) return refuse('time', `"${time}" is no time in UTC (ISO 8601)`);
  if (word !== 'ALARM' && word !== 'CLEAR') return refuse('unknown-result', `result "${word}" is not ALARM or CLEAR`);
  const decision = word === 'ALARM' ? 'alarm' : 'clear';
  const record = { number: Number(number), atMs: Date.parse(time), decision, subject: subject || null } as const;
  return { ok: true, record: { type: 'scan', ...record } };
}

function coverOf(fields: readonly string[]): Decoded {
  const [state = ''] = fields;
  if (fields.length !== 1) return refuse('wrong-field-count', `${fields.length} fields after C, not 1`);
  if (state !== '0' && state !== '1') return refuse('not-a-number', `cover "${state}" is not 0 or 1`);
  return { ok: true, record: { type: 'cover', open: state === '1' } };
}

function refuse(code: string, reason: string): Decoded {
  return { ok: false, code, reason };
}
