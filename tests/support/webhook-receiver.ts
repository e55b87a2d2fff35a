import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
/** `hang`: the request is taken, and never answered. */
export type Answering = (received: Received) =>
  | 'hang'
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
      readonly after?: Promise<void>;
    };

/** A webhook's target on a real port, which does to each request what it is told. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** Everything that came, whatever was answered. */
  readonly received: Received[];
  /** What was answered with 2xx, in order. */
  readonly accepted: Received[];
  answering: Answering;
}

const port = 0;

export async function startReceiver(): Promise<Receiver> {
  const made = {
    received: [] as Received[],
    accepted: [] as Received[],
    answering: (() => ({ status: 204 })) as Answering,
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const { id, sequence, type } = JSON.parse(body) as { id: string; sequence: string; type: string };
    const received = { id, sequence: Number(sequence), type, headers: request.headers, body };
    made.received.push(received);
    const answer = made.answering(received);
    if (answer === 'hang') return;
    await answer.after;
    if (answer.status < 300) made.accepted.push(received);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: given } = server.address() as AddressInfo;
  return Object.assign(made, {
    url: `http://127.0.0.1:${given}/in`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** Verifies as any consumer does, with the public library; throws where it does not hold. */
export function verified(secret: string, { headers, body }: Pick<Received, 'headers' | 'body'>): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
