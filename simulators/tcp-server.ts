import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface TcpServer extends AsyncDisposable {
  /** The real port. */
  readonly port: number;
  /** Who is connected now. */
  readonly clients: ReadonlySet<Socket>;
  /** Cuts every connection; the next is taken as before. */
  drop(): void;
}

/** Listens; a client that goes away is no fault of the device's. */
export async function openTcpServer(
  { host, port }: { readonly host: string; readonly port: number },
  greet: (client: Socket) => void = () => undefined,
): Promise<TcpServer> {
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    clients.add(client);
    client.on('error', () => clients.delete(client)).on('close', () => clients.delete(client));
    client.resume();
    greet(client);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const drop = () => {
    for (const client of clients) client.destroy();
  };
  return {
    port: address.port,
    clients,
    drop,
    [Symbol.asyncDispose]: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}
