import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import { recogniseKind } from '../../src/domain/identifiers/recognise-kind.ts';
import type { ReadIdentifier } from '../../src/domain/observation.ts';
import type { IdentifierKind, ReadMethod } from '../../src/domain/words.ts';
import { boardingPass } from './boarding-pass.ts';
import { parseMrz } from './mrz.ts';

/** How a keyboard-wedge scanner's lines are to be taken. */
export interface ScannerSettings {
  /** What a line is that has no form we know. */
  readonly defaultKind: IdentifierKind;
  readonly method: ReadMethod;
}

export type Scanned =
  | { readonly ok: true; readonly identifiers: readonly ReadIdentifier[] }
  | { readonly ok: false; readonly code: 'not-printable' | 'mrz' | 'no-value'; readonly reason: string };

/** Lines of each MRZ form, by their length (ICAO 9303: TD1 3×30, TD2 2×36, TD3 2×44). */
const mrzLines: Readonly<Record<number, number>> = { 30: 3, 36: 2, 44: 2 };

/** How many lines the MRZ has that this line may be part of; null when it is none. */
export function mrzLinesOf(line: string): number | null {
  const text = line.trim().toUpperCase();
  return /^[A-Z0-9<]+$/.test(text) && text.includes('<') ? (mrzLines[text.length] ?? null) : null;
}

/** The lines of one read → who or what it is: an MRZ, a boarding pass, a bag tag, a container, else the default. Pure. */
export function identify(lines: readonly string[], settings: ScannerSettings, readAtMs: number): Scanned {
  // Readers may put the symbology before the data (ISO/IEC 15424: ] and two characters).
  const text = lines.join('\n').replace(/^\][A-Za-z][0-9A-Za-z]/, '');
  if (/[^\x20-\x7e\n]/.test(text)) return refuse('not-printable', 'the line holds bytes that are no printable ASCII');
  if (!/[A-Za-z0-9]/.test(text)) return refuse('no-value', 'the line holds no letter or digit');
  if (lines.length > 1) {
    const read = parseMrz(text, readAtMs);
    if (read === null) return refuse('mrz', 'the lines have the form of an MRZ, and none of its contents');
    return {
      ok: true,
      identifiers: [{ kind: 'travel-document', raw: text, method: 'mrz', confidence: null, ...read }],
    };
  }
  const how = { method: settings.method, confidence: null, issuer: null };
  const pass = boardingPass(text, how, readAtMs);
  if (pass !== null) return { ok: true, identifiers: pass };
  const recognised = recogniseKind(text);
  const kind = recognised === 'bag-tag' || recognised === 'container' ? recognised : settings.defaultKind;
  return { ok: true, identifiers: [readIdentifier(kind, text, how)] };
}

function refuse(code: Extract<Scanned, { ok: false }>['code'], reason: string): Scanned {
  return { ok: false, code, reason };
}
