/** The portal's lines as the sheet has them, with their ends. */
export function line(tag: string, counts: readonly number[]): string {
  return `${[tag, ...counts.map(pad)].join(',')}\r\n`;
}

/** The end of an occupancy, with its counter. */
export function endLine(counter: number): string {
  return `GX,${pad(counter)},000250,000000,000000\r\n`;
}

function pad(count: number): string {
  return String(Math.min(count, 999_999)).padStart(6, '0');
}

/** Speed: seconds per foot, then miles and kilometres per hour. */
export function speedLine(kmh: number): string {
  const secondsPerFoot = 0.3048 / (kmh / 3.6);
  const mph = Math.min(kmh / 1.609344, 99);
  return `SP,${secondsPerFoot.toFixed(4)},${mph.toFixed(3).padStart(6, '0')},${kmh.toFixed(2).padStart(6, '0')},000000\r\n`;
}
