import { parseBoardingPass } from '../../src/domain/identifiers/boarding-pass.ts';
import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import type { ReadIdentifier } from '../../src/domain/observation.ts';

const dayMs = 86_400_000;

/** A boarding pass → the passenger on the departure, and the flight with its date; null when the text is none. Pure. */
export function boardingPass(
  raw: string,
  how: Pick<ReadIdentifier, 'method' | 'confidence' | 'issuer'>,
  readAtMs: number,
): readonly ReadIdentifier[] | null {
  const pass = parseBoardingPass(raw);
  if (pass === null) return null;
  const holder = { name: pass.name, birthDate: null };
  const flight = `${pass.flight} ${departureDate(pass.dayOfYear, readAtMs)}`;
  return [
    { ...readIdentifier('boarding-pass', raw, how), holder },
    { ...readIdentifier('flight', flight, how), raw },
  ];
}

/** The pass has a day of the year and no year: the day nearest to the read is meant. ISO 8601. */
export function departureDate(dayOfYear: number, readAtMs: number): string {
  const year = new Date(readAtMs).getUTCFullYear();
  const candidates = [year - 1, year, year + 1].map((one) => Date.UTC(one, 0, 1) + (dayOfYear - 1) * dayMs);
  const nearest = candidates.reduce((best, at) => (Math.abs(at - readAtMs) < Math.abs(best - readAtMs) ? at : best));
  return new Date(nearest).toISOString().slice(0, 10);
}
