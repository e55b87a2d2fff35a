import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { CloudEvent } from '../../domain/cloud-event.ts';
import { Figures } from '../../domain/figures/figures.ts';
import { forReaders } from '../../domain/json-schema.ts';
import { nameResources } from '../../domain/resources.ts';
import { Lane, Site } from '../../domain/site.ts';
import { SpectrumSet } from '../../domain/spectrum.ts';
import { sessionCookieName } from '../access/session-cookie.ts';
import { Problem } from '../problem.ts';
import type { Document } from './document.ts';
import { type DescribedRoute, finish } from './finish.ts';
import { impliedProblems } from './problems.ts';
import { docOf } from './route-docs.ts';

/** OpenAPI 3.1 from the routes' own schemas and docs, at `/api/v1/openapi.json` and rendered at `/docs`. Register before routes. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  const schemaRegistry = nameResources();
  for (const [id, schema] of Object.entries({ CloudEvent, Figures, Lane, Problem, Site, SpectrumSet })) {
    schemaRegistry.add(schema, { ...schemaRegistry.get(schema), id });
  }
  const zodToJsonConfig = { override: forReaders };
  const name = createJsonSchemaTransformObject({ schemaRegistry, zodToJsonConfig });
  const routes: DescribedRoute[] = [];

  app.addHook('onRoute', (route) => {
    const { config, schema = {} } = route;
    const access = config?.access;
    if (access === undefined || schema.hide === true) return;
    for (const method of [route.method].flat()) {
      const doc = docOf(method, route.url);
      const problems = [...impliedProblems(route), ...(doc?.problems ?? [])];
      const consumes = schema.body === undefined ? (schema.consumes ?? []) : [];
      routes.push({ method, url: route.url.replace(/:(\w+)/g, '{$1}'), doc, problems, consumes });
      const asks = access === 'public' ? 'Open to everybody.' : `Asks for: ${access}.`;
      route.schema = {
        ...schema,
        security: access === 'public' ? [] : [{ token: [] }, { session: [] }],
        description: [doc?.description, schema.description, asks].filter(Boolean).join('\n\n'),
        ...(doc && { summary: doc.summary }),
      };
    }
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Lanewatch',
        version: '1',
        description:
          'Real-time detection integration for border posts. Live streams, webhooks and messages: `/api/v1/asyncapi.json`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: sessionCookieName },
        },
      },
    },
    transform: createJsonSchemaTransform({ schemaRegistry, zodToJsonConfig }),
    transformObject: (document) => finish(name(document) as Document, routes) as ReturnType<typeof name>,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { url: '/api/v1/openapi.json' } });
  app.get(
    '/api/v1/openapi.json',
    { config: { access: 'signed-in' }, schema: { tags: ['documents'] } },
    async (_request, reply) => reply.send(app.swagger()),
  );
}
