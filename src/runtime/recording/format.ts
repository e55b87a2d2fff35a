import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { LanewatchError, messageOf } from '../../errors.ts';

/**
 * A recording: JSON lines. The first says what was recorded, everything the driver needs to run again included; each further one
 * is something that came over the wire, with the time it came (ms since the epoch). Bytes are base64, as they were.
 */
export const RecordingHeader = z.strictObject({
  recording: z.literal(1),
  device: z.strictObject({ id: z.string(), laneId: z.string(), timeZone: z.string() }),
  driver: z.string(),
  linkType: z.string(),
  modbusUnit: z.union([z.number(), z.literal('scan')]).nullable(),
  options: z.unknown(),
  /** Null for a driver without profiles. */
  profile: z.unknown().nullable(),
  startedAt: z.iso.datetime(),
});

const at = z.number();
const base64 = z.base64();
export const RecordingEntry = z.discriminatedUnion('what', [
  z.strictObject({ at, what: z.literal('open'), kind: z.enum(['bytes', 'modbus', 'messages']) }),
  z.strictObject({ at, what: z.literal('bytes'), base64 }),
  z.strictObject({ at, what: z.literal('message'), topic: z.string(), retained: z.boolean(), base64 }),
  z.strictObject({
    at,
    what: z.literal('modbus'),
    /** e.g. `read holding 100 21`. */
    request: z.string(),
    answer: z.union([
      z.strictObject({ values: z.array(z.number()) }),
      z.strictObject({ code: z.enum(['modbus-exception', 'bad-frame']), reason: z.string(), base64 }),
    ]),
  }),
  /** The link ended: what the driver was told. */
  z.strictObject({ at, what: z.literal('lost'), code: z.string(), reason: z.string() }),
]);

export type RecordingHeader = z.infer<typeof RecordingHeader>;
export type RecordingEntry = z.infer<typeof RecordingEntry>;
export interface Recording {
  readonly header: RecordingHeader;
  readonly entries: readonly RecordingEntry[];
}

/** Writes a new file, line by line, each there before the driver hears of it. Throws `malformed-request` when it is there already. */
export function createRecording(
  file: string,
  header: RecordingHeader,
): { readonly write: (entry: RecordingEntry) => void } & Disposable {
  const handle = newFile(file);
  const line = (value: unknown) => void writeSync(handle, `${JSON.stringify(value)}\n`);
  line(header);
  return { write: line, [Symbol.dispose]: () => closeSync(handle) };
}

function newFile(file: string): number {
  try {
    return openSync(file, 'wx');
  } catch (cause) {
    throw new LanewatchError('malformed-request', `${file} cannot be begun: ${messageOf(cause)}`, { cause });
  }
}

/** Reads a recording. A last line that was cut off is left out. Throws `malformed-request` naming the file or the line otherwise. */
export function readRecording(file: string): Recording {
  const lines = textOf(file).split('\n').slice(0, -1);
  const parse = <T>(schema: z.ZodType<T>, line: string, number: number): T => {
    try {
      const parsed = schema.safeParse(JSON.parse(line));
      if (parsed.success) return parsed.data;
      throw new Error(z.prettifyError(parsed.error).replaceAll('\n', ' '));
    } catch (cause) {
      throw new LanewatchError('malformed-request', `${file}:${number}: ${messageOf(cause)}`, { cause });
    }
  };
  const [first = '', ...rest] = lines;
  return {
    header: parse(RecordingHeader, first, 1),
    entries: rest.map((line, index) => parse(RecordingEntry, line, index + 2)),
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LanewatchError('malformed-request', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
