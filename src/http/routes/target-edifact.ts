import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Found } from '../../domain/edifact/found.ts';
import { readTargets } from '../../domain/edifact/read-targets.ts';
import { isValidityRight, TargetInput, validityFault } from '../../domain/target.ts';
import { Tlp } from '../../domain/words.ts';
import { LanewatchError } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Commander } from '../commander.ts';
import { edifactText } from '../edifact-text.ts';
import { severalOf } from '../lists.ts';
import { problemOf } from '../problem.ts';
import { CommandHeaders } from '../versions.ts';

const bodyLimitBytes = 16 * 1_048_576;
/** Targets in one turn and commit at most. */
const together = 400;
const faultsShown = 1_000;

const { originator, risk, requestedAction, instructions, validFrom, validUntil, mode } = TargetInput.shape;
/** What a list of passengers or cargo does not say: who asks, and for what. */
const Asked = z
  .strictObject({
    originator: originator.describe('Who asks: with the reference of each, the key of its target.'),
    risk: risk.describe('Of all of them.'),
    requestedAction: requestedAction.describe('What shall be done when one comes.'),
    reasons: severalOf(z.string().trim().min(1).max(500)).describe('Why they are looked for, separated by commas.'),
    instructions: instructions.describe('For the officer at the lane.'),
    validFrom: validFrom.describe('They match from then on.'),
    validUntil: validUntil.describe('They match until then.'),
    mode: mode.describe('Other than operational: an exercise, a test or a training.'),
    tlp: Tlp.default('amber').describe('Who may see them.'),
  })
  .refine(isValidityRight, validityFault);

const Fault = z.object({ segment: z.int(), position: z.int(), tag: z.string(), what: z.string() });
const Report = z.object({
  created: z.int(),
  kept: z.int(),
  warned: z.int(),
  messages: z.array(
    z.object({
      reference: z.string(),
      type: z.string(),
      accepted: z.boolean(),
      targets: z.int(),
      faults: z.array(Fault),
    }),
  ),
  /** Of the interchange around the messages. */
  faults: z.array(Fault),
  /** Targets of good messages that were refused all the same. */
  refusals: z.array(z.looseObject({ reference: z.string(), code: z.string(), detail: z.string() })),
});
type Report = z.infer<typeof Report>;

/**
 * POST `/targets/import/edifact`: PAXLST and CUSCAR. A message with a fault is refused whole, with segment and position of
 * each; the others are taken. The same list again changes nothing.
 */
export const targetEdifactRoutes: FastifyPluginAsyncZod<{ commander: Commander; clock: Clock }> = async (
  app,
  { commander, clock },
) => {
  app.addContentTypeParser(
    ['application/edifact', 'text/plain'],
    { bodyLimit: bodyLimitBytes },
    (_request, payload, done) => done(null, payload),
  );
  app.post(
    '/targets/import/edifact',
    {
      config: { access: 'write-targets' },
      bodyLimit: bodyLimitBytes,
      schema: {
        tags: ['targets'],
        consumes: ['application/edifact'],
        querystring: Asked,
        headers: CommandHeaders,
        response: { 200: Report },
      },
    },
    async (request, reply) => {
      if (!(request.body instanceof Readable)) {
        throw new LanewatchError('unsupported-media-type', 'send application/edifact');
      }
      return commander.whole(request, reply, request.body, async (body) => {
        const { messages, faults } = readTargets(edifactText(await wholeOf(body)), clock.now());
        if (messages.length === 0) {
          const extra = { faults: faults.slice(0, faultsShown) };
          throw new LanewatchError('malformed-request', 'there is no message in it', { extra });
        }
        const report: Report = {
          created: 0,
          kept: 0,
          warned: 0,
          messages: messages.map(({ found, ...message }) => ({
            reference: message.reference,
            type: message.type,
            accepted: message.faults.length === 0,
            targets: found.length,
            faults: message.faults.slice(0, faultsShown),
          })),
          faults: faults.slice(0, faultsShown),
          refusals: [],
        };
        const found = messages.flatMap((message) => message.found);
        for (let from = 0; from < found.length; from += together) {
          const commands = found.slice(from, from + together).flatMap((one) => commandFor(one, request.query, report));
          for (const result of await commander.all(request, commands)) {
            if (result instanceof Error) throw result;
            report[result.created ? 'created' : 'kept'] += 1;
            if (result.resource.warnings.length > 0) report.warned += 1;
          }
        }
        return report;
      });
    },
  );
};

function commandFor(one: Found, { tlp, reasons = [], ...asked }: z.infer<typeof Asked>, report: Report) {
  const { reference, kind, name, birthDate, identifiers } = one;
  const target = TargetInput.safeParse({
    ...asked,
    reference,
    kind,
    identifiers,
    ...(name === '' ? {} : { name }),
    ...(birthDate === null ? {} : { birthDate }),
    reasons,
    handling: { tlp, release: [] },
  });
  if (target.success) return [{ type: 'put-target', target: target.data } as const];
  const { code, detail, errors } = problemOf(target.error);
  if (report.refusals.length < faultsShown)
    report.refusals.push({ reference, code, detail, ...(errors && { errors }) });
  return [];
}

async function wholeOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    length += piece.length;
    if (length > bodyLimitBytes) throw new LanewatchError('too-large', `at most ${bodyLimitBytes} bytes at once`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
