import { setupFields } from './setup.ts';

/** Counts of the four detectors d1 … d4, as they came. */
export type Counts = readonly [number, number, number, number];
export type Channel = 'gamma' | 'neutron';

/** One line of the portal (sheet tsa-rpm). */
export type TsaRecord =
  | {
      readonly type: 'background';
      readonly channel: Channel;
      readonly counts: Counts;
      readonly fault: 'high' | 'low' | null;
    }
  | { readonly type: 'sample'; readonly channel: Channel; readonly counts: Counts; readonly alarm: boolean }
  | { readonly type: 'speed'; readonly speedKmh: number | null }
  | { readonly type: 'end'; readonly counter: number }
  | { readonly type: 'tamper'; readonly on: boolean }
  | {
      readonly type: 'setup';
      /** By name (setup.ts), as the portal prints them. */
      readonly fields: Readonly<Record<string, string>>;
      /** The alarm threshold in sigma; only SG1 tells it. */
      readonly nSigma: number | null;
    };

export type Decoded =
  | { readonly ok: true; readonly record: TsaRecord }
  | { readonly ok: false; readonly unknownTag: string }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** Tags with four counts: what they are, by channel. */
const countTags = new Map<string, (counts: Counts) => TsaRecord>(
  Object.entries({
    GB: (counts) => ({ type: 'background', channel: 'gamma', counts, fault: null }),
    GH: (counts) => ({ type: 'background', channel: 'gamma', counts, fault: 'high' }),
    GL: (counts) => ({ type: 'background', channel: 'gamma', counts, fault: 'low' }),
    NB: (counts) => ({ type: 'background', channel: 'neutron', counts, fault: null }),
    NH: (counts) => ({ type: 'background', channel: 'neutron', counts, fault: 'high' }),
    NL: (counts) => ({ type: 'background', channel: 'neutron', counts, fault: 'low' }),
    GS: (counts) => ({ type: 'sample', channel: 'gamma', counts, alarm: false }),
    GA: (counts) => ({ type: 'sample', channel: 'gamma', counts, alarm: true }),
    NS: (counts) => ({ type: 'sample', channel: 'neutron', counts, alarm: false }),
    NA: (counts) => ({ type: 'sample', channel: 'neutron', counts, alarm: true }),
    TT: () => ({ type: 'tamper', on: true }),
    TC: () => ({ type: 'tamper', on: false }),
  }),
);
const metresPerFoot = 0.3048;

/** One line, without its end → a record, an unknown tag, or a named refusal. Pure; never throws. */
export function decode(line: Uint8Array): Decoded {
  const text = Buffer.from(line).toString('latin1');
  if (/[^\x20-\x7e]/.test(text)) return refuse('not-ascii', 'the line holds bytes that are no printable ASCII');
  const [tag = '', ...fields] = text.split(',').map((field) => field.trim());
  const counted = countTags.get(tag);
  if (counted !== undefined) return decodeCounts(tag, fields, counted);
  if (tag === 'SP') return decodeSpeed(fields);
  if (tag === 'GX') return decodeEnd(fields);
  const names = setupFields.get(tag);
  if (names !== undefined) return decodeSetup(tag, fields, names);
  if (/^[A-Z][A-Z0-9]{1,2}$/.test(tag)) return { ok: false, unknownTag: tag };
  return refuse('no-tag', 'the line begins with no tag of two or three letters');
}

function decodeCounts(tag: string, fields: readonly string[], make: (counts: Counts) => TsaRecord): Decoded {
  // The spectroscopic daily file reuses these tags; the second field of its GB, with or without the tag counted, is a word.
  if (tag === 'GB' && fields.slice(0, 2).some((field) => /^[A-Za-z]/.test(field))) {
    return refuse(
      'spectroscopic-daily-file',
      'this is the spectroscopic daily file, another layout under the same tags',
    );
  }
  if (fields.length !== 4) return wrongCount(tag, fields.length, 4);
  const bad = fields.find((field) => !/^\d{1,6}$/.test(field));
  if (bad !== undefined)
    return refuse('not-a-number', `${tag}: ${bad === '' ? 'an empty field' : bad} is no count of up to six digits`);
  const [d1 = 0, d2 = 0, d3 = 0, d4 = 0] = fields.map(Number);
  return { ok: true, record: make([d1, d2, d3, d4]) };
}

/** `SP,t,mph,kmh,f4`: t is seconds per foot, 0 when not known. */
function decodeSpeed(fields: readonly string[]): Decoded {
  if (fields.length !== 4) return wrongCount('SP', fields.length, 4);
  const secondsPerFoot = decimal(fields[0]);
  if (secondsPerFoot === null) return refuse('not-a-number', `SP: ${fields[0]} is no time`);
  const speedKmh = secondsPerFoot === 0 ? null : (metresPerFoot / secondsPerFoot) * 3.6;
  // The line itself has room for 999 km/h.
  if (speedKmh !== null && speedKmh > 999)
    return refuse('implausible', `SP: ${fields[0]} s per foot is ${Math.round(speedKmh)} km/h`);
  return { ok: true, record: { type: 'speed', speedKmh } };
}

function decodeEnd(fields: readonly string[]): Decoded {
  if (fields.length !== 4) return wrongCount('GX', fields.length, 4);
  const counter = fields[0] ?? '';
  if (!/^\d{1,6}$/.test(counter)) return refuse('not-a-number', `GX: ${counter} is no counter`);
  return { ok: true, record: { type: 'end', counter: Number(counter) } };
}

function decodeSetup(tag: string, fields: readonly string[], names: readonly string[]): Decoded {
  if (fields.length !== names.length) return wrongCount(tag, fields.length, names.length);
  const named = Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
  const nSigma = decimal(named.nSigma);
  if (tag === 'SG1' && !nSigma) return refuse('not-a-number', `SG1: ${named.nSigma} is no n-sigma`);
  return { ok: true, record: { type: 'setup', fields: named, nSigma } };
}

/** A decimal as the portal prints it, or null. */
function decimal(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : null;
}

function wrongCount(tag: string, found: number, expected: number): Decoded {
  return refuse('wrong-field-count', `${tag}: ${found} fields, ${expected} expected`);
}

function refuse(code: string, reason: string): Decoded {
  return { ok: false, code, reason };
}
