import { constants } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { EdgeOptions } from './edge-options.ts';

/** How long a client may take; checked every few seconds. Node's own half a minute would let half-open requests pile up. */
const timing = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 } as const;
const handshakeTimeoutMs = 10_000;

/** The server, with or without TLS of its own, and with the proxies whose word it takes. */
export function createListener(options: FastifyServerOptions, { tls, trustProxy }: EdgeOptions): FastifyInstance {
  const common = { ...options, ...(trustProxy.length > 0 && { trustProxy: [...trustProxy] }) };
  if (tls === null) return fastify({ ...common, http: timing });
  const { cert, key, clientCa } = tls;
  const https = {
    ...timing,
    cert,
    key,
    minVersion: 'TLSv1.2',
    handshakeTimeout: handshakeTimeoutMs,
    // Asked for, not demanded: people have none. A resumed session would be without the certificate: none is resumed.
    ...(clientCa !== null && {
      ca: clientCa,
      requestCert: true,
      rejectUnauthorized: false,
      secureOptions: constants.SSL_OP_NO_TICKET,
    }),
  };
  // The routes need not know which of the two kinds of server carries them: the option that tells is left out of the type.
  return fastify({ ...common, https } as FastifyServerOptions);
}
