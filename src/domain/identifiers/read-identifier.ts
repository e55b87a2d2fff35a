import type { ReadIdentifier } from '../observation.ts';
import type { IdentifierKind, ReadMethod } from '../words.ts';
import { normaliseIdentifier, ocrCorrections } from './index.ts';

/** An identifier as a device sent it → as it is reported: normalised, checked, with corrections where the check fails. */
export function readIdentifier(
  kind: IdentifierKind,
  raw: string,
  how: { readonly method: ReadMethod; readonly confidence: number | null; readonly issuer?: string | null },
): ReadIdentifier {
  const { value, issuer, valid } = normaliseIdentifier(kind, raw, how.issuer);
  const { method, confidence } = how;
  const read = { kind, value, raw, valid, issuer, method, confidence };
  return valid ? read : { ...read, corrections: ocrCorrections(kind, value) };
}
