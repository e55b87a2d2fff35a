import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Command, CommandResult } from '../../domain/command.ts';
import { TargetInput } from '../../domain/target.ts';
import { LanewatchError } from '../../errors.ts';
import type { Commander } from '../commander.ts';
import { gathered, linesOf } from '../ndjson.ts';
import { type Problem, problemOf } from '../problem.ts';
import { CommandHeaders } from '../versions.ts';

/** A million targets with long reasons. */
const importLimitBytes = 2 * 1024 ** 3;
const lineLimitBytes = 65_536;
/** Lines in one turn at most: enough to share its cost, few enough to leave the desk to the devices in between. */
const together = 100;
/** So many turns' lines are decided before the journal has them: it writes the one while the next is decided. */
const ahead = 4;
const refusalsShown = 1_000;

const Report = z.object({
  lines: z.int(),
  created: z.int(),
  /** Changed, or the same as before. */
  kept: z.int(),
  refused: z.int(),
  /** Accepted with a warning, for instance because a check digit fails: they can only match weakly. */
  warned: z.int(),
  /** The first thousand, by line number from 1. */
  refusals: z.array(z.looseObject({ line: z.int(), code: z.string(), detail: z.string() })),
  warnings: z.array(z.object({ line: z.int(), warnings: z.array(z.string()) })),
});
type Report = z.infer<typeof Report>;
type PutTarget = Extract<Command, { type: 'put-target' }>;

/**
 * POST `/targets/import`: NDJSON, one target a line, read as it arrives. Every line stands alone: a refused one changes
 * nothing for the others. Sending the same again changes nothing (originator, reference); so an import that broke off is
 * sent again as it was.
 */
export const targetImportRoutes: FastifyPluginAsyncZod<{ commander: Commander }> = async (app, { commander }) => {
  app.addContentTypeParser(
    ['application/x-ndjson', 'application/jsonl'],
    { bodyLimit: importLimitBytes },
    (_request, payload, done) => done(null, payload),
  );
  app.post(
    '/targets/import',
    {
      config: { access: 'write-targets' },
      bodyLimit: importLimitBytes,
      schema: {
        tags: ['targets'],
        consumes: ['application/x-ndjson'],
        headers: CommandHeaders,
        response: { 200: Report },
      },
    },
    async (request, reply) => {
      if (!(request.body instanceof Readable)) {
        throw new LanewatchError('unsupported-media-type', 'send application/x-ndjson');
      }
      return commander.whole(request, reply, request.body, async (body) => {
        const report: Report = { lines: 0, created: 0, kept: 0, refused: 0, warned: 0, refusals: [], warnings: [] };
        const pieces = linesOf(body, { lineLimitBytes, totalLimitBytes: importLimitBytes });
        const carryOut = async (read: readonly Read[]): Promise<void> => {
          const commands = read.map(({ command }) => command);
          for (const [at, result] of (await commander.all(request, commands)).entries()) {
            take(result, read[at]?.line ?? 0, report);
          }
        };
        const written: Promise<void>[] = [];
        for await (const lines of gathered(pieces, together)) {
          const done = carryOut(readLines(lines, report));
          // Where one fails, those after it are not waited for.
          done.catch(() => undefined);
          written.push(done);
          if (written.length >= ahead) await written.shift();
          await new Promise((resolve) => setImmediate(resolve));
        }
        await Promise.all(written);
        return { ...report, refusals: report.refusals.toSorted((a, b) => a.line - b.line) };
      });
    },
  );
};

interface Read {
  readonly line: number;
  readonly command: PutTarget;
}

/** The commands of the lines that can be read; the others are refused. */
function readLines(lines: readonly (string | null)[], report: Report): readonly Read[] {
  return lines.flatMap((text) => {
    report.lines += 1;
    const line = report.lines;
    if (text === '') return [];
    try {
      if (text === null) throw new LanewatchError('too-large', `a line has at most ${lineLimitBytes} bytes`);
      return [{ line, command: { type: 'put-target', target: TargetInput.parse(jsonOf(text)) } }];
    } catch (error) {
      refuse(report, line, problemOf(error));
      return [];
    }
  });
}

function take(result: CommandResult<PutTarget> | Error, line: number, report: Report): void {
  if (result instanceof Error) {
    refuse(report, line, problemOf(result));
    return;
  }
  report[result.created ? 'created' : 'kept'] += 1;
  const { warnings } = result.resource;
  if (warnings.length === 0) return;
  report.warned += 1;
  if (report.warnings.length < refusalsShown) report.warnings.push({ line, warnings });
}

function refuse(report: Report, line: number, { code, detail, errors }: Problem): void {
  report.refused += 1;
  if (report.refusals.length < refusalsShown) report.refusals.push({ line, code, detail, ...(errors && { errors }) });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LanewatchError('malformed-request', 'the line is not JSON', { cause: error });
  }
}
