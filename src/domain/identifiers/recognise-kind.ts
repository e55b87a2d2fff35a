import type { IdentifierKind } from '../words.ts';
import { parseBoardingPass } from './boarding-pass.ts';
import { isAirWaybill } from './check-digits.ts';
import { normaliseIdentifier } from './index.ts';

/** In the order in which they are tried. */
const forms: readonly (readonly [IdentifierKind, (value: string) => boolean])[] = [
  // Looks like a container number, a misread digit included: its check decides then what it is worth.
  ['container', (value) => /^[A-Z]{3}[UJZ][\dOIBSZG]{7}$/.test(value)],
  ['bag-tag', (value) => /^\d{10}$/.test(value)],
  ['awb', isAirWaybill],
  // ICAO 9303 has nine characters; five digits at least, so that a tray or a desk is no passport.
  ['travel-document', (value) => /^(?=(?:.*\d){5})[A-Z0-9]{8,9}$/.test(value)],
];

/** The kind of an identifier that a device gives without one, by its form; null when it has none of those known. Pure. */
export function recogniseKind(raw: string): IdentifierKind | null {
  if (parseBoardingPass(raw) !== null) return 'boarding-pass';
  const { value } = normaliseIdentifier('other', raw);
  return forms.find(([, fits]) => fits(value))?.[0] ?? null;
}
