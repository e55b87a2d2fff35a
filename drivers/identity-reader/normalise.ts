import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import type { IdentityRead, ReadIdentifier } from '../../src/domain/observation.ts';
import { boardingPass } from './boarding-pass.ts';
import { parseMrz } from './mrz.ts';
import type { IdentityDocument } from './schema.ts';

export type NormalisedRead =
  | { readonly ok: true; readonly value: IdentityRead }
  | { readonly ok: false; readonly code: 'mrz' | 'boarding-pass'; readonly reason: string };

/** One read → its identifiers, or a refusal when the value has not the form its kind says. Pure; never throws. */
export function normalise(document: IdentityDocument): NormalisedRead {
  const { kind, readId, imageUri, readAt: observedAtMs } = document;
  const identifiers = identifiersOf(document);
  if (identifiers !== null) {
    return { ok: true, value: { type: 'identity', readId, identifiers, imageUri, observedAtMs } };
  }
  return kind === 'mrz'
    ? { ok: false, code: 'mrz', reason: 'value: not two or three lines of an MRZ (TD1 3×30, TD2 2×36, TD3 2×44)' }
    : { ok: false, code: 'boarding-pass', reason: 'value: no 60-character mandatory block of an IATA boarding pass' };
}

function identifiersOf({
  kind,
  value: raw,
  method,
  confidence,
  country,
  readAt,
}: IdentityDocument): readonly ReadIdentifier[] | null {
  const how = { method, confidence, issuer: country ?? null };
  switch (kind) {
    case 'mrz': {
      const read = parseMrz(raw, readAt);
      return read && [{ kind: 'travel-document', raw, method, confidence, ...read } satisfies ReadIdentifier];
    }
    case 'boarding-pass':
      return boardingPass(raw, how, readAt);
    default:
      return [readIdentifier(kind, raw, how)];
  }
}
