import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { guardRoutes } from '../guard.ts';
import type { HttpParts } from '../parts.ts';
import type { EdgeOptions } from './edge-options.ts';
import type { Machines } from './machines.ts';
import { boundNewcomers } from './newcomers.ts';
import { createAccessNotes, togetherMs } from './notes.ts';
import { openRateLimits } from './rate-limits.ts';
import { createSignInThrottle } from './sign-in-throttle.ts';
import { createSigningIn, type SigningIn } from './signing-in.ts';
import { endUnreadBodies } from './unread-bodies.ts';

/** What is answered to who may not; the rest is a fault of the request. */
const refusals: readonly number[] = [401, 403, 429];

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route writes its own refusals down. */
    notesRefusals?: boolean;
  }
}

/** Everything that stands before the routes: who asks, how often, from which page; and what is written down of it. */
export async function openAccessEdge(
  app: FastifyInstance,
  parts: Pick<HttpParts, 'access' | 'audit' | 'clock'> & { readonly edge: EdgeOptions; readonly machines: Machines },
): Promise<SigningIn> {
  const { access, audit, clock, edge, machines } = parts;
  const notes = createAccessNotes(audit, clock);
  await app.register(cookie);
  endUnreadBodies(app, clock);
  const rateLimits = await openRateLimits(app, edge.rateLimit);
  app.addHook('onResponse', async (request, reply) => {
    const { notesRefusals = false } = request.routeOptions.config;
    if (notesRefusals || !refusals.includes(reply.statusCode)) return;
    const route = request.routeOptions.url ?? 'an unknown address';
    notes.denied(request, { action: 'request', detail: `${reply.statusCode} ${request.method} ${route}` });
  });
  const { publicUrl } = edge;
  guardRoutes(app, { access, machines, newcomers: boundNewcomers(app), rateLimits, publicUrl });

  const stopped = new AbortController();
  const settle = (): void => {
    notes.settle();
    clock.sleep(togetherMs, stopped.signal).then(settle, () => undefined);
  };
  settle();
  app.addHook('onClose', async () => {
    stopped.abort();
    notes.settle(true);
  });
  return createSigningIn({ access, notes, throttle: createSignInThrottle(clock), publicUrl });
}
