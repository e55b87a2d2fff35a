import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Match, Verdict } from '../../domain/match.ts';
import { codeWord, onList } from '../code-lists.ts';
import type { Commander } from '../commander.ts';
import { IdParam } from '../lists.ts';
import { CommandHeaders, ifVersionOf } from '../versions.ts';

const Judgement = z.strictObject({ verdict: codeWord(Verdict), note: z.string().trim().max(2_000).optional() });

/** A person's verdict on a match; apart from the disposition of its alarm. */
export const matchRoutes: FastifyPluginAsyncZod<{ commander: Commander }> = async (app, { commander }) => {
  app.post(
    '/matches/:id/judge',
    {
      config: { access: 'judge-matches' },
      schema: {
        tags: ['matches'],
        params: IdParam,
        headers: CommandHeaders,
        body: Judgement,
        response: { 200: Match },
      },
    },
    (request, reply) =>
      commander.answer(request, reply, {
        type: 'judge-match',
        matchId: request.params.id,
        ifVersion: ifVersionOf(request.headers['if-match']),
        note: request.body.note,
        verdict: onList('verdict', request.body.verdict, Verdict),
      }),
  );
};
