import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { AccessStore } from '../../ports/access.ts';
import type { Machines } from '../access/machines.ts';
import { identify, principalOf } from '../guard.ts';
import type { View } from '../view.ts';
import { type LiveConnection, openLiveConnection } from './connection.ts';
import { closeCode } from './limits.ts';
import type { LiveParts } from './subscription.ts';

/** The WebSocket of contract.md, "Live stream". */
export interface LiveStream {
  /** Adds GET `/live`. */
  route(app: FastifyInstance): void;
}

/**
 * Prepares the server for WebSockets; to be called before any hook that may refuse a request, since only then the
 * socket of a refused upgrade is closed. When the server closes, clients are closed with 1001.
 */
export async function openLiveStream(
  app: FastifyInstance,
  parts: LiveParts & { readonly access: AccessStore; readonly machines: Machines; readonly view: View },
): Promise<LiveStream> {
  const { clock, limits, log } = parts;
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
    // A broken frame: ws has closed the connection with the code that says so.
    errorHandler: (error, socket) => {
      log.debug({ error: messageOf(error) }, 'a live client broke off');
      socket.close(closeCode.internal);
    },
    preClose: (done) => void stop().then(() => done()),
  });
  nextBeat();
  const watching = parts.access.onEnded(() => {
    for (const connection of connections) connection.recheck();
  });
  app.addHook('onClose', async () => watching[Symbol.dispose]());

  return {
    route: (routes) => {
      routes.route({
        method: 'GET',
        url: '/live',
        config: { access: 'read-events' },
        schema: { hide: true },
        handler: () => {
          throw new LanewatchError('invalid-request', 'this address speaks WebSocket (RFC 6455)');
        },
        wsHandler: (socket, request) => {
          const recheck = () => identify(parts, request);
          parts.view.follows(request, 'live-stream');
          const connection = openLiveConnection(socket, parts, principalOf(request), recheck);
          connections.add(connection);
          socket.on('close', () => connections.delete(connection));
        },
      });
    },
  };
}
