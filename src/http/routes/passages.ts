import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Passage } from '../../domain/passage.ts';
import { SpectrumSet } from '../../domain/spectrum.ts';
import { answerPage, IdParam, PageParams, pageOf, TimeParam } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { found, tagged } from '../versions.ts';
import type { View } from '../view.ts';

/** Who passed, with identities, scans, count profile, alarms and matches. */
export const passageRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'spectra'> & { view: View }> = async (
  app,
  { view, spectra },
) => {
  const config = { access: 'read-board' } as const;
  const tags = ['passages'];
  const querystring = PageParams.extend({
    lane: z.string().max(100).optional().describe('Of one lane, by its id.'),
    q: z.string().max(200).optional().describe('Text that stands anywhere in it.'),
    from: TimeParam.optional().describe('Opened at this time or later.'),
    to: TimeParam.optional().describe('Opened before this time.'),
    open: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .optional()
      .describe('Only those that are still open, or only those that are closed.'),
  });
  app.get('/passages', { config, schema: { tags, querystring, response: { 200: pageOf(Passage) } } }, async (request) =>
    answerPage(view.records(request).passages(request.query)),
  );
  app.get(
    '/passages/:id',
    { config, schema: { tags, params: IdParam, response: { 200: Passage } } },
    async (request, reply) => {
      const { id } = request.params;
      return tagged(reply, found(view.records(request).passage(id), `passage ${id}`));
    },
  );
  app.get(
    '/spectra/:id',
    { config, schema: { tags, params: IdParam, response: { 200: SpectrumSet } } },
    async ({ params: { id } }) => found(spectra.find(id), `spectra ${id}`),
  );
};
