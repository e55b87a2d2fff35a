import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Examination, ExaminationRequest, ResultInput } from '../../domain/examination.ts';
import { ExaminationState } from '../../domain/examination-summary.ts';
import { LanewatchError } from '../../errors.ts';
import type { Commander } from '../commander.ts';
import { answerPage, IdParam, PageParams, pageOf, severalOf, wholeList } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { CommandHeaders, found, ifVersionOf, tagged } from '../versions.ts';
import type { View } from '../view.ts';

const word = z.string().max(200).optional();
const ExaminationFilter = PageParams.extend({
  state: severalOf(ExaminationState).describe('States, separated by commas.'),
  unit: word.describe('Of one unit: its work queue.'),
  kind: severalOf(z.string().max(100)).describe('Kinds, separated by commas.'),
  reason: severalOf(z.string().max(100)).describe('Reasons, separated by commas.'),
  assignee: word.describe('Of one examiner.'),
  overdue: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .optional()
    .describe('Only those that are overdue at either end, or only the others.'),
  alarm: word.describe('About this alarm.'),
  target: word.describe('About this target.'),
  passage: word.describe('About this passage.'),
  order: z
    .enum(['newest', 'due'])
    .default('newest')
    .describe('`due`: what is due first comes first, as in a work queue.'),
});
const WorkQueue = z.object({
  unit: z.string(),
  requested: z.int(),
  accepted: z.int(),
  started: z.int(),
  overdue: z.int(),
  nextDueAt: z.iso.datetime(),
  oldestRequestedAt: z.iso.datetime(),
});
const text = (max: number) => z.string().trim().min(1).max(max);
const orNothing = <T extends z.ZodType>(schema: T) => z.preprocess((body) => body ?? {}, schema);
const Accept = orNothing(z.strictObject({ assignee: text(200).optional() }));
const Assign = z.strictObject({ assignee: text(200) });
const Start = orNothing(z.strictObject({ place: text(200).optional() }));
const Cancel = z.strictObject({ reason: text(1_000) });
const Delivered = orNothing(z.strictObject({}));

/** The closed loop: requested, accepted, started, result, delivered; and the work queue of each unit. */
export const examinationRoutes: FastifyPluginAsyncZod<
  Pick<HttpParts, 'attachments'> & { view: View; commander: Commander }
> = async (app, { view, attachments, commander }) => {
  const tags = ['examinations'];
  const read = { access: 'read-examinations' } as const;
  const ask = { access: 'request-examinations' } as const;
  const work = { access: 'work-examinations' } as const;
  const command = { tags, params: IdParam, headers: CommandHeaders, response: { 200: Examination } };

  app.get(
    '/examinations',
    { config: read, schema: { tags, querystring: ExaminationFilter, response: { 200: pageOf(Examination) } } },
    async (request) => answerPage(view.records(request).examinations(request.query)),
  );
  app.get(
    '/examinations/:id',
    { config: read, schema: { tags, params: IdParam, response: { 200: Examination } } },
    async (request, reply) => {
      const { id } = request.params;
      return tagged(reply, found(view.records(request).examination(id), `examination ${id}`));
    },
  );
  app.get(
    '/units',
    {
      config: read,
      schema: { tags, response: { 200: pageOf(WorkQueue) } },
    },
    async (request) => wholeList(view.records(request).workQueues()),
  );
  app.post(
    '/examinations',
    {
      config: ask,
      schema: { tags, headers: CommandHeaders, body: ExaminationRequest, response: { 201: Examination } },
    },
    (request, reply) => commander.answer(request, reply, { type: 'request-examination', request: request.body }),
  );
  app.post('/examinations/:id/accept', { config: work, schema: { ...command, body: Accept } }, (request, reply) =>
    commander.answer(request, reply, { type: 'accept-examination', ...request.body, ...onExamination(request) }),
  );
  app.post('/examinations/:id/assign', { config: work, schema: { ...command, body: Assign } }, (request, reply) =>
    commander.answer(request, reply, { type: 'assign-examination', ...request.body, ...onExamination(request) }),
  );
  app.post('/examinations/:id/start', { config: work, schema: { ...command, body: Start } }, (request, reply) =>
    commander.answer(request, reply, { type: 'start-examination', ...request.body, ...onExamination(request) }),
  );
  app.post(
    '/examinations/:id/result',
    { config: work, schema: { ...command, body: ResultInput } },
    (request, reply) => {
      const unknown = request.body.attachments.find((sha256) => attachments.find(sha256) === undefined);
      if (unknown !== undefined) {
        throw new LanewatchError('invalid-request', `attachments: ${unknown} has not been sent to /attachments`);
      }
      const result = request.body;
      return commander.answer(request, reply, { type: 'result-examination', result, ...onExamination(request) });
    },
  );
  app.post('/examinations/:id/cancel', { config: ask, schema: { ...command, body: Cancel } }, (request, reply) =>
    commander.answer(request, reply, { type: 'cancel-examination', ...request.body, ...onExamination(request) }),
  );
  app.post(
    '/examinations/:id/delivered',
    { config: { access: 'acknowledge-delivery' }, schema: { ...command, body: Delivered } },
    (request, reply) => commander.answer(request, reply, { type: 'acknowledge-delivery', ...onExamination(request) }),
  );
};

function onExamination(request: { params: z.infer<typeof IdParam>; headers: z.infer<typeof CommandHeaders> }) {
  return { examinationId: request.params.id, ifVersion: ifVersionOf(request.headers['if-match']) };
}
