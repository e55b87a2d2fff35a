import { connectAsync } from 'mqtt';
import { expect, it } from 'vitest';
import type { FeedStatus } from '../../src/domain/feed.ts';
import { freePort } from '../support/free-port.ts';
import { startNats } from '../support/nats-server.ts';
import { pullAll, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

const target = (number: number) => ({
  ...{ originator: 'customs', reference: `C-${number}`, kind: 'vehicle', risk: 'low', requestedAction: 'notify' },
  identifiers: [{ kind: 'plate', value: `XX${number}` }],
});

describeWith(['nats-server'], 'feeds of the configuration', () => {
  it('carry out what is for them, from the first event on, and let the service stop though a server hangs', {
    timeout: 60_000,
  }, async () => {
    await using nats = await startNats();
    const port = await freePort();
    const terms = { types: ['*'], agency: 'customs', purpose: 'archive' };
    await using service = await startService({
      version: 1,
      site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      mqtt: { embedded: { port } },
      lanes: [{ id: 'trucks', name: 'Trucks', kind: 'vehicle' }],
      devices: [],
      feeds: {
        mqtt: [{ id: 'out', broker: 'embedded', topic: 'border/post', ...terms, types: ['lanewatch.target.*'] }],
        nats: [{ id: 'archive', url: nats.url, subject: 'border.post', stream: 'BORDER', ...terms }],
      },
    });
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0, protocolVersion: 4 });
    const got: string[] = [];
    client.on('message', (topic) => got.push(topic));
    await client.subscribeAsync('border/post/#', { qos: 1 });
    for (let number = 1; number <= 20; number += 1) await service.request('POST', '/targets', target(number));
    const feeds = async () => (await service.request<{ items: FeedStatus[] }>('GET', '/feeds')).body.items;
    await until('both', async () => (await feeds()).every(({ lag }) => lag.events === 0), 20_000);
    expect((await feeds()).map(({ id, kind, state }) => [id, kind, state])).toEqual([
      ['out', 'mqtt', 'running'],
      ['archive', 'nats', 'running'],
    ]);
    await until('the messages', () => got.filter((topic) => topic.endsWith('target.added')).length === 20);
    // Who was let in is for the post's own auditors.
    const entitled = (await pullAll(service)).filter(({ type }) => !type.startsWith('lanewatch.access.'));
    const ids = new Set((await nats.stored('BORDER')).map(({ event }) => event.id));
    expect(entitled.filter(({ id }) => !ids.has(id)).map(({ type }) => type)).toEqual([]);
    await client.endAsync(true);

    nats.freeze();
    await service.request('POST', '/targets', target(21));
    await until('it hangs', async () => (await feeds()).some(({ state }) => state === 'retrying'), 20_000);
    const begun = Date.now();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});
