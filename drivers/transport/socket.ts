import { connect, type Socket } from 'node:net';
import { LanewatchError, messageOf } from '../../src/errors.ts';

const connectTimeoutMs = 5_000;
const keepAliveMs = 5_000;

/**
 * Connects to `host`:`port` without Nagle's delay and with keep-alive. Rejects with `link-refused` or `link-timeout`
 * naming the address, or with the signal's reason when that aborts first. The caller owns the socket.
 */
export async function connectSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const address = `${host}:${port}`;
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const late = setTimeout(
    () => reject(new LanewatchError('link-timeout', `${address} did not answer within ${connectTimeoutMs / 1000} s`)),
    connectTimeoutMs,
  );
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  socket.once('connect', () => resolve(socket));
  socket.once('error', (error) =>
    reject(new LanewatchError('link-refused', `${address}: ${messageOf(error)}`, { cause: error })),
  );
  try {
    return await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    socket.removeAllListeners('connect');
  }
}
