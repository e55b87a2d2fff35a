import { z } from 'zod';
import { nameFaults, Rule } from '../../src/domain/point-rules.ts';

const name = z.string().regex(/^[A-Za-z][\w-]{0,39}$/, 'must be a short name');
const address = z.int().min(0).max(65_535);

/** Registers or bits that are read together, by PDU address from 0. */
export const Block = z.strictObject({
  name,
  table: z.enum(['coils', 'discrete', 'holding', 'input']),
  address,
  count: z.int().min(1).max(2_000),
  everyMs: z.int().min(50).max(600_000),
});
/** One value in a block. */
export const Point = z.strictObject({
  name,
  block: name,
  /** Register or bit within the block. */
  offset: z.int().min(0).max(1_999),
  type: z.enum(['u16', 'i16', 'u32', 'i32', 'f32', 'bit']),
  wordOrder: z.enum(['high-first', 'low-first']).default('high-first'),
  /** Bit of a register, 0 the lowest; left out where the block holds bits. */
  bit: z.int().min(0).max(15).optional(),
  /** value = raw × scale + add */
  scale: z.number().default(1),
  add: z.number().default(0),
  unit: z.string().max(20).default(''),
  /** Outside it the value is refused. */
  valid: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).prefault({}),
  /** Shown as a reading under this name. */
  reading: z.string().max(60).optional(),
});

/** A Modbus device as data (sheet maps). */
export const ModbusProfile = z
  .strictObject({
    blocks: z.array(Block).min(1).max(64),
    points: z.array(Point).min(1).max(512),
    rules: z.array(Rule).max(128).default([]),
    /** Seconds without an answer after which it is stale; three times the slowest block where left out. */
    silenceS: z.number().positive().optional(),
  })
  .superRefine(({ blocks, points, rules }, context) => {
    for (const message of nameFaults(
      points.map((point) => point.name),
      rules,
    ))
      context.addIssue(message);
    for (const [at, block] of blocks.entries()) {
      const most = isBits(block.table) ? 2_000 : 125;
      if (block.count > most)
        context.addIssue({ code: 'custom', path: ['blocks', at, 'count'], message: `must be at most ${most}` });
    }
    for (const [at, point] of points.entries()) {
      const fault = pointFault(point, blocks);
      if (fault !== null) context.addIssue({ code: 'custom', path: ['points', at], message: fault });
    }
  });

export type Block = z.infer<typeof Block>;
export type Point = z.infer<typeof Point>;
export type ModbusProfile = z.infer<typeof ModbusProfile>;

export function isBits(table: Block['table']): boolean {
  return table === 'coils' || table === 'discrete';
}

export function widthOf({ type }: Point): number {
  return type === 'u32' || type === 'i32' || type === 'f32' ? 2 : 1;
}

function pointFault(point: Point, blocks: readonly Block[]): string | null {
  const block = blocks.find((candidate) => candidate.name === point.block);
  if (block === undefined) return `names the block ${point.block}, which is not there`;
  if (point.offset + widthOf(point) > block.count) return `lies beyond the end of the block ${block.name}`;
  if (isBits(block.table)) {
    return point.type === 'bit' && point.bit === undefined
      ? null
      : 'in a block of bits must be of type bit, without bit';
  }
  return (point.type === 'bit') === (point.bit !== undefined)
    ? null
    : 'needs bit where its type is bit, and only there';
}
