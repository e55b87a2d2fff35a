import { z } from 'zod';
import { unitStates } from './record.ts';

const fields = [
  ...['serial', 'number', 'date', 'time', 'mode', 'result', 'count', 'substances', 'substance', 'peak', 'threshold'],
  ...['k0', 'subject', 'state', 'code', 'text', 'ignored'],
] as const;
/** What a column, key or named group of a record means. */
export const Field = z.enum(fields as readonly [string, ...string[]]);
const character = z
  .string()
  .length(1)
  .refine((text) => text.charCodeAt(0) < 0x80, 'must be one ASCII character');
const words = z.record(z.string(), z.string());

/** A quantifier round a quantifier is not taken; what else may take for ever is stopped when it does (bounded-match.ts). */
const Pattern = z
  .string()
  .max(1_000)
  .refine((text) => isPattern(text), 'must be a regular expression')
  .refine((text) => !/\([^)]*[+*{][^)]*\)[+*{]/.test(text), 'must not repeat a group that repeats something itself');

const ColumnRecord = z.strictObject({
  /** What its first column holds. */
  tag: z.string().min(1),
  /** In order, the tag's column left out; `substances` stands for as many as `count` says. */
  columns: z.array(Field).min(1),
});
const KeyRecord = z.strictObject({
  /** The key that tells this record from the others. */
  when: z.string().min(1),
  keys: z.record(z.string(), Field),
});
const PatternRecord = z.strictObject({
  /** Named groups are fields; `substances` is a list separated by `substance.between`. */
  pattern: Pattern,
});

/** One model's records, as data (config/profiles/trace-*.yaml). Every word the unit may say that is not here is refused. */
export const TraceProfile = z.strictObject({
  framing: z.discriminatedUnion('by', [
    /** A record is a line, ended by LF or CR LF. */
    z.strictObject({ by: z.literal('line') }),
    /** A record is some lines, ended by an empty one. */
    z.strictObject({ by: z.literal('block') }),
    /** A record stands between two characters, STX and ETX where left out. */
    z.strictObject({ by: z.literal('marks'), start: character.default('\x02'), end: character.default('\x03') }),
  ]),
  /** A longer record is refused. Bytes. */
  maxBytes: z.int().min(16).max(65_536).default(4_096),
  /** Seconds without a record after which the unit is stale; null: it speaks only when it is used. */
  silenceS: z.number().positive().nullable(),
  checksum: z
    .discriminatedUnion('of', [
      z.strictObject({ of: z.literal('none') }),
      /** Two hex digits after the last `mark`: XOR, or sum modulo 256, of the bytes before it. */
      z.strictObject({ of: z.literal('xor'), mark: character }),
      z.strictObject({ of: z.literal('sum'), mark: character }),
    ])
    .prefault({ of: 'none' }),
  layout: z.discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('delimiter'),
      delimiter: z.string().min(1).max(4),
      sample: ColumnRecord,
      state: ColumnRecord.optional(),
    }),
    z.strictObject({
      by: z.literal('keys'),
      separator: z.string().min(1).max(4).default(':'),
      sample: KeyRecord,
      state: KeyRecord.optional(),
    }),
    z.strictObject({ by: z.literal('pattern'), sample: PatternRecord, state: PatternRecord.optional() }),
  ]),
  /** How one of `substances` is written: the names of its parts; a name may hold the delimiter, so parts count from the end. */
  substance: z
    .strictObject({
      delimiter: z.string().min(1).max(4).default(','),
      /** Between two of them, where a pattern takes all as one. */
      between: z.string().min(1).max(4).default('|'),
      parts: z
        .array(z.enum(['peak', 'threshold', 'k0']))
        .max(3)
        .default(['peak', 'threshold', 'k0']),
    })
    .prefault({}),
  /** `YYYY MM DD HH mm ss` with what stands between; date and time of two fields are joined by a space. */
  time: z.strictObject({ format: z.string().min(8).max(60), zone: z.enum(['utc', 'site']) }),
  /** The unit's words → ALARM, PASS, ERROR. */
  results: z.record(z.string(), z.enum(['ALARM', 'PASS', 'ERROR'])),
  /** The unit's words → its state. */
  states: z.record(z.string(), z.enum(unitStates)).default({}),
  /** The modes it may name; any where left out. */
  modes: z.array(z.string()).optional(),
  /** What stands for no subject. */
  noSubject: z.array(z.string()).default(['-', '']),
  /** The unit's names of substances → the names we know (substances.ts). */
  aliases: words.default({}),
});
export type TraceProfile = z.infer<typeof TraceProfile>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== null;
  } catch {
    return false;
  }
}
