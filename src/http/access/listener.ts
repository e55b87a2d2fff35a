import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { type EdgeOptions, secureOptionsOf } from './edge-options.ts';

/** How long a client may take; checked every few seconds. Node's own half a minute would let half-open requests pile up. */
const timing = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 } as const;
const handshakeTimeoutMs = 10_000;

/** The server, with or without TLS of its own, and with the proxies whose word it takes. */
export function createListener(options: FastifyServerOptions, { tls, trustProxy }: EdgeOptions): FastifyInstance {
  const common = { ...options, ...(trustProxy.length > 0 && { trustProxy: [...trustProxy] }) };
  if (tls === null) return fastify({ ...common, http: timing });
  const https = { ...timing, ...secureOptionsOf(tls), handshakeTimeout: handshakeTimeoutMs };
  // The routes need not know which of the two kinds of server carries them: the option that tells is left out of the type.
  return fastify({ ...common, https } as FastifyServerOptions);
}
