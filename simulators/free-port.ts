import { once } from 'node:events';
import { createServer } from 'node:net';

/** `port`, or where that is 0 one that was free a moment ago, for servers that do not tell which they took. */
export async function freePort(host: string, port = 0): Promise<number> {
  if (port !== 0) return port;
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
