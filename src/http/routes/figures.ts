import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Figures } from '../../domain/figures/figures.ts';
import { LanewatchError } from '../../errors.ts';
import { TimeParam } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import type { View } from '../view.ts';

const dayMs = 24 * 3_600_000;

/** How alarms are coped with, what examinations find and how matches turn out: over a period, and now. */
export const figureRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'figures' | 'clock'> & { view: View }> = async (
  app,
  { figures, clock, view },
) => {
  const querystring = z.strictObject({
    from: TimeParam.optional().describe('The last 24 hours before `to` where left out.'),
    to: TimeParam.optional().describe('The present where left out; itself no part of the period.'),
  });
  app.get(
    '/figures',
    {
      config: { access: 'read-figures' },
      schema: { tags: ['figures'], querystring, response: { 200: Figures } },
    },
    async (request): Promise<Figures> => {
      const { query } = request;
      const { agency, lanes } = view.viewer(request);
      if (agency !== null || lanes !== null) {
        throw new LanewatchError(
          'not-allowed',
          'the figures are of the whole post: they are for its own agency, all lanes',
        );
      }
      const toMs = query.to === undefined ? clock.now() : Date.parse(query.to);
      const fromMs = query.from === undefined ? toMs - dayMs : Date.parse(query.from);
      if (fromMs >= toMs) throw new LanewatchError('invalid-request', 'from must be before to');
      const period = await figures.over({ fromMs, toMs });
      const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
      return { from, to, ...period, live: figures.live(), targets: figures.targets };
    },
  );
};
