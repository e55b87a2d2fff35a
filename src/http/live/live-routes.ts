import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { LanewatchError } from '../../errors.ts';
import type { AccessStore } from '../../ports/access.ts';
import { identify, principalOf } from '../guard.ts';
import { type LiveConnection, type LiveParts, openLiveConnection } from './connection.ts';

/** GET `/live`: the WebSocket of contract.md, "Live stream". At the stop clients are closed with 1001. */
export async function liveRoutes(app: FastifyInstance, parts: LiveParts & { readonly access: AccessStore }) {
  const { clock, limits } = parts;
  const connections = new Set<LiveConnection>();
  const stopped = new AbortController();

  const beat = (): void => {
    for (const connection of connections) connection.beat();
    nextBeat();
  };
  const nextBeat = (): void => {
    clock.sleep(limits.heartbeatMs, stopped.signal).then(beat, () => undefined);
  };
  const stop = async (): Promise<void> => {
    stopped.abort();
    const inTime = new AbortController();
    const late = clock.sleep(limits.closeWithinMs, inTime.signal).then(
      () => {
        for (const connection of connections) connection.terminate();
      },
      () => undefined,
    );
    await Promise.race([late, Promise.all([...connections].map((connection) => connection.goAway()))]);
    inTime.abort();
  };

  await app.register(websocket, {
    options: { maxPayload: limits.messageBytes, perMessageDeflate: false },
    preClose: (done) => void stop().then(() => done()),
  });
  nextBeat();

  app.route({
    method: 'GET',
    url: '/live',
    config: { access: 'read-events' },
    schema: { hide: true },
    handler: () => {
      throw new LanewatchError('invalid-request', 'this address speaks WebSocket (RFC 6455)');
    },
    wsHandler: (socket, request) => {
      const connection = openLiveConnection(socket, parts, principalOf(request), () => identify(parts.access, request));
      connections.add(connection);
      socket.on('close', () => connections.delete(connection));
    },
  });
}
