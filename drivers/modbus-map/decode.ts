import { type ModbusProfile, type Point, widthOf } from './profile.ts';
import type { Request } from './requests.ts';

export interface Decoded {
  readonly values: ReadonlyMap<string, number>;
  /** Points whose value cannot be: the others of the answer count all the same. */
  readonly refused: readonly string[];
}

/** The values of an answer by point. Pure; never throws. */
export function decode(request: Request, words: readonly number[], { points }: ModbusProfile): Decoded {
  const values = new Map<string, number>();
  const refused: string[] = [];
  for (const block of request.blocks) {
    for (const point of points) {
      if (point.block !== block.name) continue;
      const at = block.address - request.address + point.offset;
      const value = figureOf(point, words.slice(at, at + widthOf(point)));
      if (value === null) refused.push(`${point.name} is missing`);
      else if (!isValid(point, value)) refused.push(`${point.name} is ${value}`);
      else values.set(point.name, value);
    }
  }
  return { values, refused };
}

function isValid(
  { valid: { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } }: Point,
  value: number,
): boolean {
  return Number.isFinite(value) && value >= min && value <= max;
}

function figureOf(point: Point, words: readonly number[]): number | null {
  if (words.length < widthOf(point)) return null;
  const { type, wordOrder, bit, scale, add } = point;
  const [first = 0, second = 0] = words;
  if (type === 'bit') return bit === undefined ? first : (first >> bit) & 1;
  const view = new DataView(new ArrayBuffer(4));
  const [high, low] = wordOrder === 'high-first' ? [first, second] : [second, first];
  view.setUint16(0, widthOf(point) === 1 ? first : high);
  view.setUint16(2, low);
  const raw = {
    u16: () => view.getUint16(0),
    i16: () => view.getInt16(0),
    u32: () => view.getUint32(0),
    i32: () => view.getInt32(0),
    f32: () => view.getFloat32(0),
  }[type]();
  return raw * scale + add;
}
