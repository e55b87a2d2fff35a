import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AccessFact } from '../../domain/facts.ts';
import { answerPage, PageParams, pageOf, TimeParam } from '../lists.ts';
import type { HttpParts } from '../parts.ts';

const AuditQuery = PageParams.extend({
  by: z.string().max(200).optional().describe('Of one person or token, by name.'),
  action: z.string().max(200).optional().describe('E.g. `sign-in`, `read`, `dispose`.'),
  subject: z.string().max(200).optional().describe('E.g. `targets/{id}`: who saw or changed it.'),
  granted: z
    .stringbool({ truthy: ['true'], falsy: ['false'] })
    .optional()
    .describe('Only what was granted, or only what was denied.'),
  from: TimeParam.optional().describe('At this time or later.'),
  to: TimeParam.optional().describe('Before this time.'),
});
const AuditEntry = AccessFact.extend({ sequence: z.int(), at: z.iso.datetime(), granted: z.boolean() });
const Head = z.object({
  sequence: z.int().describe('Of the newest event; 0 when there is none.'),
  sha256: z.string().describe('Its hash: a journal that was cut short, or written anew, has another.'),
});

/** The record of access, and the head of the chain that it is part of. */
export const auditRoutes: FastifyPluginAsyncZod<Pick<HttpParts, 'accessLog' | 'journal'>> = async (
  app,
  { accessLog, journal },
) => {
  const tags = ['audit'];
  app.get(
    '/audit',
    {
      config: { access: 'read-audit' },
      schema: {
        tags,
        querystring: AuditQuery,
        response: { 200: pageOf(AuditEntry) },
      },
    },
    async ({ query }) => answerPage(accessLog.page(query)),
  );
  app.get(
    '/journal/head',
    {
      config: { access: 'read-events' },
      schema: {
        tags,
        response: { 200: Head },
      },
    },
    async () => journal.head(),
  );
};
