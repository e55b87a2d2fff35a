/** Check digits, each by its standard. All take text that is already normalised; all are pure. */

/** ISO 6346 letter values: A = 10 upward, skipping the multiples of 11 (11, 22, 33). */
const iso6346Values = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [letter, 10 + index + Math.floor((index + 9) / 10)]),
);

/** ISO 6346: eleven characters, position n weighs 2^n, sum mod 11, 10 counts as 0. */
export function isContainer(text: string): boolean {
  if (!/^[A-Z]{3}[UJZ]\d{7}$/.test(text)) return false;
  const sum = [...text.slice(0, 10)].reduce(
    (total, mark, at) => total + (iso6346Values.get(mark) ?? Number(mark)) * 2 ** at,
    0,
  );
  return (sum % 11) % 10 === Number(text[10]);
}

/** ICAO 9303-3: weights 7, 3, 1; digits as they are, A = 10 … Z = 35, filler 0. */
export function icaoCheckDigit(text: string): number {
  const value = (mark: string) => (mark === '<' ? 0 : Number.parseInt(mark, 36));
  return [...text].reduce((sum, mark, at) => sum + value(mark) * ([7, 3, 1][at % 3] ?? 0), 0) % 10;
}

/** Air waybill (IATA Resolution 600a): 3-digit airline prefix, 7-digit serial, check = serial mod 7. */
export function isAirWaybill(text: string): boolean {
  return /^\d{11}$/.test(text) && Number(text.slice(3, 10)) % 7 === Number(text[10]);
}

/** IMO ship number: seven digits, the first six weigh 7 to 2, the sum's last digit is the seventh. */
export function isImo(text: string): boolean {
  if (!/^\d{7}$/.test(text)) return false;
  const sum = [...text.slice(0, 6)].reduce((total, digit, at) => total + Number(digit) * (7 - at), 0);
  return sum % 10 === Number(text[6]);
}
