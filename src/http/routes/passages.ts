import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Passage } from '../../domain/passage.ts';
import { SpectrumSet } from '../../domain/spectrum.ts';
import { answerPage, IdParam, PageParams, pageOf, TimeParam } from '../lists.ts';
import type { HttpParts } from '../parts.ts';
import { found, tagged } from '../versions.ts';

/** Who passed, with identities, scans, count profile, alarms and matches. */
export const passageRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'records' | 'spectra'>> = async (
  app,
  { records, spectra },
) => {
  const config = { access: 'read-board' } as const;
  const tags = ['passages'];
  const querystring = PageParams.extend({
    lane: z.string().max(100).optional(),
    q: z.string().max(200).optional(),
    from: TimeParam.optional(),
    to: TimeParam.optional(),
    open: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
  });
  app.get(
    '/passages',
    { config, schema: { tags, querystring, response: { 200: pageOf(Passage) } } },
    async ({ query }) => answerPage(records.passages(query)),
  );
  app.get(
    '/passages/:id',
    { config, schema: { tags, params: IdParam, response: { 200: Passage } } },
    async ({ params: { id } }, reply) => tagged(reply, found(records.passage(id), `passage ${id}`)),
  );
  app.get(
    '/spectra/:id',
    { config, schema: { tags, params: IdParam, response: { 200: SpectrumSet } } },
    async ({ params: { id } }) => found(spectra.find(id), `spectra ${id}`),
  );
};
