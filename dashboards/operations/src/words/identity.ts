import type { Alarm, Passage, PassageIdentity } from '../contract/resources.ts';

type IdentityKind = PassageIdentity['kind'];

export const identityWords: Readonly<Record<IdentityKind, string>> = {
  container: 'Container',
  plate: 'Plate',
  'travel-document': 'Travel document',
  'boarding-pass': 'Boarding pass',
  'bag-tag': 'Bag tag',
  awb: 'Air waybill',
  'bill-of-lading': 'Bill of lading',
  declaration: 'Declaration',
  flight: 'Flight',
  imo: 'IMO number',
  uld: 'ULD',
  rfid: 'RFID',
  gmr: 'GMR',
  other: 'Other',
};

/** The order in which an identifier tells an officer what stands before them. */
const telling = Object.keys(identityWords);

/** The identity to show first: valid before doubtful, then the most telling kind, then the surest read. */
export function bestIdentity(passage: Pick<Passage, 'identities'> | undefined): PassageIdentity | undefined {
  return passage?.identities.toSorted(
    (a, b) =>
      Number(b.valid) - Number(a.valid) ||
      telling.indexOf(a.kind) - telling.indexOf(b.kind) ||
      (b.confidence ?? 0) - (a.confidence ?? 0),
  )[0];
}

/** Who or what it is about, in one line; a read that failed its check says so. Null: nothing was read. */
export function subjectText(alarm: Pick<Alarm, 'matches'> | null, passage: Passage | undefined): string | null {
  const best = bestIdentity(passage);
  if (best === undefined) return alarm?.matches[0]?.reasons[0]?.read ?? null;
  const holder = best.holder === null ? '' : `${best.holder.name}, `;
  return `${holder}${best.value}${best.valid ? '' : ' (check failed)'}`;
}
