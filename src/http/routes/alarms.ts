import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Alarm, AlarmState, DispositionClass } from '../../domain/alarm.ts';
import { Priority, Signal } from '../../domain/words.ts';
import { codeWord, onList } from '../code-lists.ts';
import type { Commander } from '../commander.ts';
import { answerPage, IdParam, PageParams, pageOf, severalOf, TimeParam } from '../lists.ts';
import { CommandHeaders, found, ifVersionOf, tagged } from '../versions.ts';
import type { View } from '../view.ts';

const AlarmFilter = PageParams.extend({
  state: severalOf(AlarmState).describe('States, separated by commas.'),
  lane: z.string().max(100).optional().describe('Of one lane, by its id.'),
  priority: severalOf(Priority).describe('Priorities, separated by commas.'),
  signal: severalOf(Signal).describe('Signals, separated by commas.'),
  q: z.string().max(200).optional().describe('Text that stands anywhere in it.'),
  from: TimeParam.optional().describe('Raised at this time or later.'),
  to: TimeParam.optional().describe('Raised before this time.'),
});
const note = z.string().trim().max(2_000).optional();
const orNothing = <T extends z.ZodType>(schema: T) => z.preprocess((body) => body ?? {}, schema);
const Acknowledge = orNothing(z.strictObject({ note }));
const Comment = z.strictObject({ text: z.string().trim().min(1).max(2_000) });
const Dispose = z.strictObject({ class: codeWord(DispositionClass), code: z.string().min(1).max(100), note });
const Shelve = z.strictObject({ reason: z.string().trim().min(1).max(2_000), until: TimeParam });
const Unshelve = orNothing(z.strictObject({}));
const Reopen = orNothing(z.strictObject({ note }));

/** The board and its history, and what an operator says to an alarm. */
export const alarmRoutes: FastifyPluginAsyncZod<{ view: View; commander: Commander }> = async (
  app,
  { view, commander },
) => {
  const read = { access: 'read-board' } as const;
  const write = { access: 'command-alarms' } as const;
  const command = { tags: ['alarms'], params: IdParam, headers: CommandHeaders, response: { 200: Alarm } };

  app.get(
    '/alarms',
    { config: read, schema: { tags: ['alarms'], querystring: AlarmFilter, response: { 200: pageOf(Alarm) } } },
    async (request) => answerPage(view.records(request).alarms(request.query)),
  );
  app.get(
    '/alarms/:id',
    { config: read, schema: { tags: ['alarms'], params: IdParam, response: { 200: Alarm } } },
    async (request, reply) => {
      const { id } = request.params;
      return tagged(reply, found(view.records(request).alarm(id), `alarm ${id}`));
    },
  );
  app.post('/alarms/:id/acknowledge', { config: write, schema: { ...command, body: Acknowledge } }, (request, reply) =>
    commander.answer(request, reply, { type: 'acknowledge', ...onAlarm(request), ...request.body }),
  );
  app.post('/alarms/:id/comment', { config: write, schema: { ...command, body: Comment } }, (request, reply) =>
    commander.answer(request, reply, { type: 'comment', ...onAlarm(request), ...request.body }),
  );
  app.post('/alarms/:id/dispose', { config: write, schema: { ...command, body: Dispose } }, (request, reply) =>
    commander.answer(request, reply, {
      ...{ type: 'dispose', ...onAlarm(request), ...request.body },
      class: onList('class', request.body.class, DispositionClass),
    }),
  );
  app.post('/alarms/:id/shelve', { config: write, schema: { ...command, body: Shelve } }, (request, reply) =>
    commander.answer(request, reply, { type: 'shelve', ...onAlarm(request), ...request.body }),
  );
  app.post('/alarms/:id/unshelve', { config: write, schema: { ...command, body: Unshelve } }, (request, reply) =>
    commander.answer(request, reply, { type: 'unshelve', ...onAlarm(request) }),
  );
  app.post('/alarms/:id/reopen', { config: write, schema: { ...command, body: Reopen } }, (request, reply) =>
    commander.answer(request, reply, { type: 'reopen', ...onAlarm(request), ...request.body }),
  );
};

function onAlarm(request: { params: z.infer<typeof IdParam>; headers: z.infer<typeof CommandHeaders> }) {
  return { alarmId: request.params.id, ifVersion: ifVersionOf(request.headers['if-match']) };
}
