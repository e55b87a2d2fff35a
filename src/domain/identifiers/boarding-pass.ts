/** What a bar coded boarding pass says of its first leg. */
export interface BoardingPass {
  /** Carrier, flight, day of year, seat and check-in sequence number: one passenger on one departure. */
  readonly key: string;
  /** Given names before the surname, as a travel document gives them. */
  readonly name: string;
  /** Carrier and number, e.g. `AC0834`. */
  readonly flight: string;
  /** 1 to 366; the block has no year. */
  readonly dayOfYear: number;
}

/** Length of the block that every pass begins with. */
export const mandatoryLength = 60;

/**
 * IATA BCBP (Resolution 792), the 60-character mandatory block; what follows it is left aside. The booking reference is
 * no part of the key, since a family shares it; nor is the year, since the block has none. Null when the text is no such
 * block, or holds neither seat nor sequence and so names nobody in particular.
 */
export function parseBoardingPass(text: string): BoardingPass | null {
  const block = text.slice(0, mandatoryLength).toUpperCase();
  if (block.length < mandatoryLength || !/^M[1-9][^\d]/.test(block)) return null;
  const field = (from: number, length: number) => block.slice(from, from + length).trim();
  const [surname = '', given = ''] = field(2, 20).split('/');
  const carrier = field(36, 3);
  const flight = field(39, 5);
  const day = field(44, 3);
  const seat = field(48, 4);
  const sequence = field(52, 5);
  if (!/^[A-Z0-9]{2,3}$/.test(carrier) || !/^\d{1,4}[A-Z]?$/.test(flight) || !isDayOfYear(day)) return null;
  if (!/^[A-Z0-9]*$/.test(seat + sequence) || seat + sequence === '') return null;
  const [, number = '', suffix = ''] = /^(\d+)([A-Z]?)$/.exec(flight) ?? [];
  const designator = `${carrier}${number.padStart(4, '0')}${suffix}`;
  const key = `${designator}${day}${seat.padStart(4, '0')}${sequence.padStart(4, '0')}`;
  return { key, name: `${given.trim()} ${surname.trim()}`.trim(), flight: designator, dayOfYear: Number(day) };
}

function isDayOfYear(day: string): boolean {
  return /^\d{3}$/.test(day) && Number(day) >= 1 && Number(day) <= 366;
}
