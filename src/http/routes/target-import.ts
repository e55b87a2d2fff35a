import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TargetInput } from '../../domain/target.ts';
import { LanewatchError } from '../../errors.ts';
import type { Commander } from '../commander.ts';
import { linesOf } from '../ndjson.ts';
import { type Problem, problemOf } from '../problem.ts';

const importLimitBytes = 64 * 1_048_576;
const lineLimitBytes = 65_536;
/** Lines under way at once: enough to share a commit, few enough to leave the desk to the devices in between. */
const together = 50;
const refusalsShown = 1_000;

const Report = z.object({
  lines: z.int(),
  created: z.int(),
  /** Changed, or the same as before. */
  kept: z.int(),
  refused: z.int(),
  /** The first thousand, by line number from 1. */
  refusals: z.array(z.looseObject({ line: z.int(), code: z.string(), detail: z.string() })),
});
type Report = z.infer<typeof Report>;

/**
 * POST `/targets/import`: NDJSON, one target a line, up to 64 MiB, read as it arrives. Every line stands alone: a
 * refused one changes nothing for the others. Sending the same again changes nothing (originator, reference).
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
        summary: 'NDJSON, one target a line',
        consumes: ['application/x-ndjson'],
        response: { 200: Report },
      },
    },
    async (request) => {
      if (!(request.body instanceof Readable))
        throw new LanewatchError('unsupported-media-type', 'send application/x-ndjson');
      const report: Report = { lines: 0, created: 0, kept: 0, refused: 0, refusals: [] };
      const faults: unknown[] = [];
      const take = async (text: string | null, line: number): Promise<void> => {
        try {
          if (text === null) throw new LanewatchError('too-large', `a line has at most ${lineLimitBytes} bytes`);
          const target = TargetInput.parse(jsonOf(text));
          const command = { type: 'put-target', target } as const;
          const { status } = await commander.run(request, command, { key: String(line), body: target });
          report[status === 201 ? 'created' : 'kept'] += 1;
        } catch (error) {
          const refused = problemOf(error);
          // Not the line's fault: the whole import fails, and can be sent again.
          if (refused.status >= 500) faults.push(error);
          else refuse(report, line, refused);
        }
      };
      let underWay: Promise<void>[] = [];
      const settle = async (): Promise<void> => {
        await Promise.all(underWay);
        underWay = [];
        if (faults.length > 0) throw faults[0];
      };
      for await (const text of linesOf(request.body, { lineLimitBytes, totalLimitBytes: importLimitBytes })) {
        report.lines += 1;
        if (text !== '') underWay.push(take(text, report.lines));
        if (underWay.length >= together) await settle();
      }
      await settle();
      return { ...report, refusals: report.refusals.toSorted((a, b) => a.line - b.line) };
    },
  );
};

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
