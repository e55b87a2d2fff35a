import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { TcpLink } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import { connectionFault } from './tls-fault.ts';
import { tlsFiles } from './tls-files.ts';

const connectTimeoutMs = 5_000;
const keepAliveMs = 5_000;

/**
 * Connects without Nagle's delay and with keep-alive; with `tls` it resolves when the peer has shown whom it says it is. Rejects
 * with `link-refused` or `link-timeout` naming the address and, where TLS fails, what is to be mended; or with the signal's
 * reason when that aborts first. The caller owns the socket.
 */
export async function connectSocket(
  { host, port, tls }: Pick<TcpLink, 'host' | 'port' | 'tls'>,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted();
  const address = `${host}:${port}`;
  const base = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs };
  const socket = tls === undefined ? connect(base) : connectTls({ ...base, ...tlsFiles(tls, host) });
  const ready = tls === undefined ? 'connect' : 'secureConnect';
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const late = setTimeout(
    () => reject(new LanewatchError('link-timeout', `${address} did not answer within ${connectTimeoutMs / 1000} s`)),
    connectTimeoutMs,
  );
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.once(ready, () => resolve(socket));
  socket.once('error', (error) =>
    reject(new LanewatchError('link-refused', `${address}: ${connectionFault(error)}`, { cause: error })),
  );
  try {
    return await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    socket.removeAllListeners(ready);
  }
}
