import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Alarm } from '../../domain/alarm.ts';
import { DeviceStatus } from '../../domain/device.ts';
import { Examination } from '../../domain/examination.ts';
import { Match } from '../../domain/match.ts';
import { Passage } from '../../domain/passage.ts';
import { Target } from '../../domain/target.ts';
import { Problem } from '../problem.ts';

/** OpenAPI 3.1 from the routes' own schemas, at `/api/v1/openapi.json` and rendered at `/docs`. Register before routes. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  const schemaRegistry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ Alarm, DeviceStatus, Examination, Match, Passage, Problem, Target })) {
    schemaRegistry.add(schema, { id });
  }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lanewatch', version: '1', description: 'Real-time detection integration for border posts.' },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'lanewatch_session' },
        },
      },
    },
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: createJsonSchemaTransformObject({ schemaRegistry }),
  });
  app.addHook('onRoute', (route) => {
    const access = route.config?.access;
    if (route.schema === undefined || access === undefined) return;
    const asks =
      access === 'public' ? {} : { security: [{ token: [] }, { session: [] }], description: `Asks for: ${access}.` };
    const response = { ...(route.schema.response ?? {}), default: Problem };
    route.schema = { ...asks, ...route.schema, response };
  });
  await app.register(swaggerUi, { routePrefix: '/docs', uiConfig: { url: '/api/v1/openapi.json' } });
  app.get(
    '/api/v1/openapi.json',
    { config: { access: 'signed-in' }, schema: { hide: true } },
    async (_request, reply) => reply.send(app.swagger()),
  );
}
