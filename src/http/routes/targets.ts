import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Target, TargetInput } from '../../domain/target.ts';
import type { Commander } from '../commander.ts';
import { answerPage, IdParam, PageParams, pageOf } from '../lists.ts';
import { CommandHeaders, found, ifVersionOf, tagged } from '../versions.ts';
import type { View } from '../view.ts';

const TargetFilter = PageParams.extend({
  state: Target.shape.state.optional().describe('In one state.'),
  q: z.string().max(200).optional().describe('Text that stands anywhere in it.'),
});

/** What the targeting units look for; a target is the same one by (originator, reference). */
export const targetRoutes: FastifyPluginAsyncZod<{ view: View; commander: Commander }> = async (
  app,
  { view, commander },
) => {
  const read = { access: 'read-targets' } as const;
  const write = { access: 'write-targets' } as const;
  const tags = ['targets'];

  app.get(
    '/targets',
    { config: read, schema: { tags, querystring: TargetFilter, response: { 200: pageOf(Target) } } },
    async (request) => answerPage(view.records(request).targets(request.query)),
  );
  app.get(
    '/targets/:id',
    { config: read, schema: { tags, params: IdParam, response: { 200: Target } } },
    async (request, reply) => {
      const { id } = request.params;
      return tagged(reply, found(view.records(request).target(id), `target ${id}`));
    },
  );
  app.post(
    '/targets',
    {
      config: write,
      schema: { tags, headers: CommandHeaders, body: TargetInput, response: { 200: Target, 201: Target } },
    },
    (request, reply) =>
      commander.answer(request, reply, {
        type: 'put-target',
        target: request.body,
        ifVersion: ifVersionOf(request.headers['if-match']),
      }),
  );
  const one = { tags, params: IdParam, headers: CommandHeaders, response: { 200: Target } };
  app.put('/targets/:id', { config: write, schema: { ...one, body: TargetInput } }, (request, reply) =>
    commander.answer(request, reply, { type: 'put-target', target: request.body, ...onTarget(request) }),
  );
  app.delete('/targets/:id', { config: write, schema: one }, (request, reply) =>
    commander.answer(request, reply, { type: 'withdraw-target', ...onTarget(request) }),
  );
};

function onTarget(request: { params: z.infer<typeof IdParam>; headers: z.infer<typeof CommandHeaders> }) {
  return { targetId: request.params.id, ifVersion: ifVersionOf(request.headers['if-match']) };
}
