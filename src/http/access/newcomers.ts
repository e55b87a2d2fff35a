import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Connections at most; beyond them the system refuses. */
const mostConnections = 10_000;
/** Connections at most from which no valid credential has come yet. */
export const mostNewcomers = 1_000;

/**
 * Bounds the connections that have shown no credential: half-open ones, slow ones, idle ones. When there are too many, the oldest
 * goes, so that an honest client, which shows its credential within a round trip, always finds room.
 */
export interface Newcomers {
  /** A valid credential came by the request's connection. */
  vouchFor(request: FastifyRequest): void;
}

export function boundNewcomers(app: FastifyInstance, most = mostNewcomers): Newcomers {
  /** By the far end, which is the same for a connection and the TLS in it; the oldest first. */
  const newcomers = new Map<string, Socket>();
  const { server } = app;
  server.maxConnections = mostConnections;
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    newcomers.set(key, socket);
    socket.once('close', () => {
      if (newcomers.get(key) === socket) newcomers.delete(key);
    });
    if (newcomers.size <= most) return;
    const [oldest] = newcomers;
    if (oldest === undefined) return;
    newcomers.delete(oldest[0]);
    oldest[1].destroy();
  });
  return { vouchFor: ({ raw }) => void newcomers.delete(keyOf(raw.socket)) };
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
