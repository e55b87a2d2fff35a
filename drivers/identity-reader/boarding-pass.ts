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

/** The pass has a day of the year and no year: the day nearest to the read is meant, in a year that has such a day (366). ISO 8601. */
export function departureDate(dayOfYear: number, readAtMs: number): string {
  const year = new Date(readAtMs).getUTCFullYear();
  const candidates = [0, -1, 1, -2, 2, -3, 3, -4, 4]
    .map((years) => ({ year: year + years, atMs: Date.UTC(year + years, 0, 1) + (dayOfYear - 1) * dayMs }))
    .filter((one) => new Date(one.atMs).getUTCFullYear() === one.year);
  const nearest = candidates.reduce((best, one) =>
    Math.abs(one.atMs - readAtMs) < Math.abs(best.atMs - readAtMs) ? one : best,
  );
  return new Date(nearest.atMs).toISOString().slice(0, 10);
}
