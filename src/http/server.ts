import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { openAccessEdge } from './access/access-edge.ts';
import { usualEdge } from './access/edge-options.ts';
import { createListener } from './access/listener.ts';
import { createMachines } from './access/machines.ts';
import { asyncApiRoute } from './asyncapi/asyncapi-route.ts';
import { createCommander } from './commander.ts';
import { readJson } from './json-body.ts';
import { liveLimits } from './live/limits.ts';
import { openLiveStream } from './live/live-stream.ts';
import { describeRoutes } from './openapi/describe-routes.ts';
import type { HttpParts } from './parts.ts';
import { recordPersonalAccess } from './personal-access.ts';
import { answerProblem } from './problem.ts';
import { alarmRoutes } from './routes/alarms.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { auditRoutes } from './routes/audit.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { eventStreamRoutes } from './routes/event-stream.ts';
import { eventRoutes } from './routes/events.ts';
import { examinationRoutes } from './routes/examinations.ts';
import { figureRoutes } from './routes/figures.ts';
import { healthRoutes } from './routes/health.ts';
import { matchRoutes } from './routes/matches.ts';
import { passageRoutes } from './routes/passages.ts';
import { readingRoutes } from './routes/readings.ts';
import { schemaRoutes } from './routes/schemas.ts';
import { serviceRoutes } from './routes/services.ts';
import { sessionRoutes } from './routes/session.ts';
import { setUpRoutes } from './routes/set-up.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { signInOidcRoutes } from './routes/sign-in-oidc.ts';
import { siteRoutes } from './routes/site.ts';
import { replayRoutes } from './routes/subscription-replay.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { targetEdifactRoutes } from './routes/target-edifact.ts';
import { targetImportRoutes } from './routes/target-import.ts';
import { targetRoutes } from './routes/targets.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { unmaskingRoutes } from './routes/unmaskings.ts';
import { userRoutes } from './routes/users.ts';
import { limitStop } from './stop-deadline.ts';
import { createView } from './view.ts';

const bodyLimitBytes = 1_048_576;
/**
 * A request that has not arrived by then is cut off, so that slow senders hold no connection for ever; a list of a million
 * targets takes a minute or two. Who has no credential is answered before the body.
 */
const requestTimeoutMs = 900_000;

/** A name of a hundred characters, each of which may be escaped as four bytes. */
const longestParam = 1_200;

const stopWithinMs = 2_000;

/** The HTTP edge of contract.md, ready to `listen`; `close` ends live clients with 1001. */
export async function buildHttp(parts: HttpParts): Promise<FastifyInstance> {
  const onProblem = answerProblem(parts.log);
  const edge = { ...usualEdge, ...parts.edge };
  const app = createListener(
    {
      logger: false,
      bodyLimit: bodyLimitBytes,
      requestTimeout: requestTimeoutMs,
      routerOptions: { maxParamLength: longestParam },
      frameworkErrors: (error, request, reply) => {
        // No hook runs for an address that cannot be read, so an upgrade to it must be ended here.
        reply.raw.once('finish', () => request.raw.socket.end());
        onProblem(error, request, reply);
      },
    },
    edge,
  );
  app.setErrorHandler(onProblem);
  app.setValidatorCompiler(validatorCompiler);
  // What we answer is ours and typed; the schemas describe it, nothing is checked or stripped again.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  readJson(app);

  const personal = recordPersonalAccess(parts.audit, parts.clock);
  const seeing = { ...parts, view: createView({ ...parts, personal }) };
  limitStop(app, parts.clock, stopWithinMs);
  const machines = createMachines(edge.certificates);
  const limits = { ...liveLimits, ...parts.liveLimits };
  const live = await openLiveStream(app, { ...seeing, machines, limits });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    // Browsers heed it over TLS only: ours, or that of a proxy before us.
    strictTransportSecurity: edge.tls !== null || edge.trustProxy.length > 0,
  });
  const signingIn = await openAccessEdge(app, { ...parts, edge, machines });
  const entering = { ...parts, ...signingIn, machines };
  await describeRoutes(app);
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });

  await app.register(healthRoutes, parts);
  await app.register(signInRoutes, entering);
  await app.register(setUpRoutes, entering);
  await app.register(signInOidcRoutes, entering);
  await app.register(
    async (base) => {
      const api = base.withTypeProvider<ZodTypeProvider>();
      const commanding = { ...seeing, commander: createCommander(parts.commands, parts.journal, seeing.view) };
      await api.register(siteRoutes, seeing);
      await api.register(serviceRoutes, commanding);
      await api.register(alarmRoutes, commanding);
      await api.register(passageRoutes, seeing);
      await api.register(targetRoutes, commanding);
      await api.register(targetImportRoutes, commanding);
      await api.register(targetEdifactRoutes, commanding);
      await api.register(matchRoutes, commanding);
      await api.register(examinationRoutes, commanding);
      await api.register(attachmentRoutes, seeing);
      await api.register(eventRoutes, seeing);
      await api.register(eventStreamRoutes, { ...seeing, machines, limits });
      await api.register(auditRoutes, parts);
      await api.register(unmaskingRoutes, commanding);
      await api.register(schemaRoutes);
      await api.register(asyncApiRoute);
      await api.register(subscriptionRoutes, commanding);
      await api.register(replayRoutes, commanding);
      await api.register(readingRoutes, seeing);
      await api.register(figureRoutes, seeing);
      await api.register(sessionRoutes, entering);
      await api.register(userRoutes, entering);
      await api.register(tokenRoutes, entering);
      live.route(base);
    },
    { prefix: '/api/v1' },
  );
  await dashboardRoutes(app, parts.dashboardDir);
  return app;
}

/** Only what we serve ourselves. Mantine and the API documentation set styles in place. */
const contentPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};
