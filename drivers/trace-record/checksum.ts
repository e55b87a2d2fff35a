import type { TraceProfile } from './profile.ts';

export type Checked =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: 'cut-record' | 'checksum'; readonly reason: string };

/** The record without its checksum, which must fit. Pure. */
export function checked(record: Uint8Array, checksum: TraceProfile['checksum']): Checked {
  const text = Buffer.from(record).toString('latin1');
  if (checksum.of === 'none') return { ok: true, text };
  const at = text.lastIndexOf(checksum.mark);
  const told = text.slice(at + 1).trimEnd();
  if (at < 0 || !/^[0-9A-Fa-f]{2}$/.test(told)) {
    return { ok: false, code: 'cut-record', reason: `the record does not end in ${checksum.mark} and two hex digits` };
  }
  const bytes = record.subarray(0, at);
  const made =
    checksum.of === 'xor'
      ? bytes.reduce((xor, byte) => xor ^ byte, 0)
      : bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0);
  if (Number.parseInt(told, 16) === made) return { ok: true, text: text.slice(0, at) };
  const expected = made.toString(16).padStart(2, '0').toUpperCase();
  return { ok: false, code: 'checksum', reason: `checksum ${told}, but the record gives ${expected}` };
}
