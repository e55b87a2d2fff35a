import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LanewatchEvent } from '../../docs/targeting/api.ts';
import { type Client, createClient, LanewatchProblem } from '../../docs/targeting/client.ts';
import { describe as described, follow, type Kept, pullAll, webhookReceiver } from '../../docs/targeting/consumer.ts';
import { runCommand, type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

let service: Service;
let token: string;
beforeAll(async () => {
  const lanes = [{ id: 'lane-1', name: 'Lane 1', kind: 'container' }];
  const site = { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' };
  service = await startService({ version: 1, site, lanes, devices: [], webhooks: { allow: ['127.0.0.1'] } });
  const args = ['token', 'create', '--data', service.dataDir, '--role', 'targeting', '--name', 'freight-targeting'];
  token = (await runCommand(args)).stdout.trim();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

/** The service is started twice or more. */
const overAKill = { timeout: 60_000 };

/** A consumer's own store. */
function memory(): Kept & { readonly events: LanewatchEvent[] } {
  const events: LanewatchEvent[] = [];
  let cursor = '0';
  return {
    events,
    cursor: () => cursor,
    keep: async (more, next) => {
      events.push(...more);
      cursor = next;
    },
  };
}

const send = (client: Client, reference: string) =>
  client.call('POST /targets', {
    headers: { 'idempotency-key': reference },
    body: {
      originator: 'freight-targeting',
      reference,
      kind: 'container',
      identifiers: [{ kind: 'container', value: 'CSQU3054383' }],
      risk: 'high',
      requestedAction: 'examine',
    },
  });

test(
  'the consumer sends targets and pulls what became of them, each event once over a kill -9',
  overAKill,
  async () => {
    const kept = memory();
    const first = createClient(service.address(), token);
    const target = await send(first, 'FT-1');
    expect(target).toMatchObject({ state: 'active', reference: 'FT-1' });
    await pullAll(first, kept, ['lanewatch.target.*']);
    await service.end('SIGKILL');
    await service.start();

    const client = createClient(service.address(), token);
    await send(client, 'FT-2');
    await pullAll(client, kept, ['lanewatch.target.*']);
    expect(kept.events.map(({ type, data }) => [type, 'reference' in data && data.reference])).toEqual([
      ['lanewatch.target.added', 'FT-1'],
      ['lanewatch.target.added', 'FT-2'],
    ]);
    expect(kept.events.map(described)[0]).toBe(`lanewatch.target.added targets/${target.id}`);
    const { items } = await client.call('GET /targets', { query: { limit: 1 } });
    expect(items).toMatchObject([{ reference: 'FT-2' }]);
    const list = JSON.stringify({ ...target, reference: 'FT-L', id: undefined });
    const report = await client.call('POST /targets/import', {
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${list}\n`,
    });
    expect(report).toMatchObject({ lines: 1, refused: 1 });
    const refused = await client
      .call('GET /targets/{id}', { path: { id: 'none/at all' } })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(LanewatchProblem);
    expect(refused).toMatchObject({ problem: { code: 'not-found', status: 404 } });
  },
);

test(
  'the consumer follows the stream as it happens, and goes on from its cursor over a kill -9',
  overAKill,
  async () => {
    const kept = memory();
    const following = async (references: readonly string[]) => {
      const client = createClient(service.address(), token);
      const stop = new AbortController();
      const ended = follow(client, kept, stop.signal, ['lanewatch.target.added']);
      for (const reference of references) {
        await send(client, reference);
        await until(reference, () =>
          kept.events.some(({ data }) => 'reference' in data && data.reference === reference),
        );
      }
      await service.end('SIGKILL');
      await service.start();
      stop.abort();
      await ended;
    };
    await following(['FT-11', 'FT-12']);
    const before = kept.events.length;
    await following(['FT-13']);
    expect(kept.events.slice(before).map(({ data }) => 'reference' in data && data.reference)).toEqual(['FT-13']);
    expect(new Set(kept.events.map(({ id }) => id)).size).toBe(kept.events.length);
    const refused = follow(createClient(service.address(), 'no-token'), kept, new AbortController().signal);
    await expect(refused).rejects.toMatchObject({ problem: { code: 'not-authenticated' } });
  },
);

test('the consumer is sent by webhook what it subscribed, over a kill -9', overAKill, async () => {
  const kept = memory();
  let receive: ReturnType<typeof webhookReceiver> | null = null;
  const server = createServer((request, response) => void receive?.(request, response)).listen(0, '127.0.0.1');
  await until('the receiver', () => server.listening);
  const client = createClient(service.address(), token);
  const made = await client.call('POST /subscriptions', {
    body: {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
      types: ['lanewatch.target.*'],
      agency: 'freight-targeting',
      purpose: 'targeting',
    },
  });
  receive = webhookReceiver(made.secret ?? '', kept);
  await send(client, 'FT-3');
  await until('the first event', () => kept.events.length > 0);
  await service.end('SIGKILL');
  await service.start();
  await send(createClient(service.address(), token), 'FT-4');
  await until('both targets', () => new Set(kept.events.map(({ id }) => id)).size === 2);
  expect(kept.events.map(({ type }) => type)).toContain('lanewatch.target.added');
  server.close();
});

test('the consumer takes what is signed by its secret, and nothing else', async () => {
  const secret = `whsec_${Buffer.from('a secret of twenty-four!').toString('base64')}`;
  const kept = memory();
  const server = createServer((request, response) => void webhookReceiver(secret, kept)(request, response)).listen(
    0,
    '127.0.0.1',
  );
  await until('the receiver', () => server.listening);
  const [event] = await service.request<LanewatchEvent[]>('GET', '/events?limit=1').then(({ body }) => body);
  if (event === undefined) throw new Error('there is no event');
  const body = JSON.stringify(event);
  const post = (signedBy: string, at: Date, sent = body) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
      method: 'POST',
      headers: {
        'webhook-id': event.id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(signedBy).sign(event.id, at, body),
      },
      body: sent,
    });
  const now = new Date();
  expect((await post(secret, now)).status).toBe(204);
  expect((await post(`whsec_${Buffer.from('another one altogether!!').toString('base64')}`, now)).status).toBe(400);
  expect((await post(secret, now, body.replace('post', 'p0st'))).status).toBe(400);
  expect((await post(secret, new Date(now.getTime() - 3_600_000))).status).toBe(400);
  expect(kept.events).toEqual([event]);
  server.close();
});
