import type { Decoded, TraceProfile, TraceRecord } from './record.ts';
import { unitStates } from './record.ts';

const results = ['ALARM', 'PASS', 'ERROR'] as const;
const modes = ['EXPL', 'NARC', 'DUAL'];
/** More substances in one sample than any unit reports; also bounds the work. */
const mostSubstances = 64;

type Sample = Extract<TraceRecord, { type: 'sample' }>;

/** `generic-ims` of the sheet: one `;`-separated ASCII line a sample, ending in `*HH`, the XOR of the bytes before `*`. */
export const genericIms: TraceProfile = { name: 'generic-ims', maxLineBytes: 4_096, silenceMs: 60_000, decode };

function decode(line: Uint8Array): Decoded {
  const star = line.lastIndexOf(0x2a);
  const text = Buffer.from(line).toString('latin1');
  const sum = text.slice(star + 1);
  if (star < 0 || !/^[0-9A-Fa-f]{2}$/.test(sum))
    return refuse('cut-record', 'the line does not end in * and two hex digits');
  const expected = line.subarray(0, star).reduce((xor, byte) => xor ^ byte, 0);
  if (Number.parseInt(sum, 16) !== expected) {
    return refuse(
      'checksum',
      `checksum ${sum}, but the line gives ${expected.toString(16).padStart(2, '0').toUpperCase()}`,
    );
  }
  if (/[^\x20-\x7e]/.test(text)) return refuse('not-ascii', 'the line holds bytes that are no printable ASCII');
  const fields = text.slice(0, star).split(';');
  if (fields[0] === '#SMP') return decodeSample(fields);
  if (fields[0] === '#STA') return decodeState(fields);
  return refuse('unknown-record', `record type ${fields[0] ?? ''} is not #SMP or #STA`);
}

function decodeSample(fields: readonly string[]): Decoded {
  const [, serial = '', number = '', time = '', mode = '', result = '', count = ''] = fields;
  const substanceCount = wholeNumber(count);
  if (substanceCount === null || substanceCount > mostSubstances)
    return refuse('not-a-number', `substance count ${count}`);
  if (fields.length !== 8 + substanceCount) {
    return refuse(
      'wrong-field-count',
      `${fields.length} fields, ${8 + substanceCount} expected for ${substanceCount} substances`,
    );
  }
  const sampleNumber = wholeNumber(number);
  if (sampleNumber === null) return refuse('not-a-number', `sample number ${number}`);
  const atMs = timeMs(time);
  if (atMs === null) return refuse('time', `time ${time} is not yyyy-mm-ddThh:mm:ssZ`);
  if (!modes.includes(mode)) return refuse('unknown-mode', `mode ${mode} is not ${modes.join(', ')}`);
  const word = results.find((known) => known === result);
  if (word === undefined) return refuse('unknown-result', `result ${result} is not ${results.join(', ')}`);
  const substances = fields.slice(7, -1).map(decodeSubstance);
  const bad = substances.indexOf(null);
  if (bad >= 0) return refuse('substance', `substance ${bad + 1} is not name,peak,threshold,k0: ${fields[7 + bad]}`);
  const subject = fields.at(-1) ?? '-';
  const record: Sample = {
    type: 'sample',
    serial,
    number: sampleNumber,
    atMs,
    mode,
    result: word,
    substances: substances.filter((substance) => substance !== null),
    subject: subject === '-' || subject === '' ? null : subject,
  };
  return { ok: true, record };
}

/** `name,peak,threshold,k0`; a name may hold commas itself (2,4-DNT), so the numbers are taken from the end. */
function decodeSubstance(field: string): Sample['substances'][number] | null {
  const parts = field.split(',');
  const [peak, threshold, k0] = parts.slice(-3).map(Number);
  const name = parts.slice(0, -3).join(',').trim();
  if (name === '' || peak === undefined || threshold === undefined || k0 === undefined) return null;
  // So many digits are no measured value, and more of them no number at all.
  const numeric = parts.slice(-3).every((part) => /^-?\d{1,15}(\.\d{1,15})?$/.test(part.trim()));
  return numeric ? { name, peak, threshold, k0: k0 === 0 ? null : k0 } : null;
}

function decodeState(fields: readonly string[]): Decoded {
  const [, serial = '', word = '', code = '', text = ''] = fields;
  if (fields.length !== 5) return refuse('wrong-field-count', `${fields.length} fields, 5 expected`);
  const state = unitStates.find((known) => known === word);
  if (state === undefined) return refuse('unknown-state', `state ${word} is not ${unitStates.join(', ')}`);
  return { ok: true, record: { type: 'state', serial, state, code, text } };
}

/** `Date.parse` takes 30 February for 2 March: only what it writes back the same is a time. */
function timeMs(text: string): number | null {
  const ms = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text.replace('Z', '.000Z') ? ms : null;
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function refuse(code: string, reason: string): Decoded {
  return { ok: false, code, reason: reason.slice(0, 300) };
}
