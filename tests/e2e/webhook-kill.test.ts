import { expect, test } from 'vitest';
import { openPublisher } from '../../simulators/publisher.ts';
import type { FeedStatus } from '../../src/domain/feed.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { pullAll, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { startReceiver, verified } from '../support/webhook-receiver.ts';

const read = (id: number) => ({
  ...{ readId: `read-${id}`, kind: 'plate', value: `AB${id}`, country: 'NL', confidence: 0.9, method: 'plate-reader' },
  ...{ readAt: new Date().toISOString(), imageUri: null },
});
const site = (broker: string) => ({
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  mqtt: { brokers: { yard: { url: broker } } },
  webhooks: { allow: ['127.0.0.0/8'] },
  lanes: [{ id: 'trucks', name: 'Trucks', kind: 'vehicle' }],
  devices: [
    {
      ...{ id: 'anpr', lane: 'trucks', driver: 'identity-reader' },
      link: { type: 'mqtt', broker: 'yard', topic: 'readers/anpr' },
    },
  ],
});

describeWith(['mosquitto'], 'kill -9 in the middle of delivery', () => {
  test('no event is missing at the webhook, and each is signed by the secret from before', {
    timeout: 60_000,
  }, async () => {
    await using mosquitto = await startMosquitto();
    await using service = await startService(site(mosquitto.url));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard' });
    await using target = await startReceiver();
    const { body: made, status } = await service.request<Subscription & { secret: string }>('POST', '/subscriptions', {
      ...{ url: target.url, types: ['lanewatch.passage.*'], agency: 'tu', purpose: 'targeting' },
    });
    expect(status).toBe(201);
    const sending = Array.from({ length: 600 }, (_, id) => yard.publish('readers/anpr', read(id)));
    for (let kill = 1; kill <= 3; kill += 1) {
      const before = target.accepted.length;
      await until('it is under way', () => target.accepted.length > before + 40, 20_000);
      await service.end('SIGKILL');
      await service.start();
    }
    await Promise.all(sending);
    await until(
      'everything read',
      async () => {
        const events = await pullAll(service, 'lanewatch.passage.*');
        return new Set(JSON.stringify(events).match(/read-\d+/g)).size === 600;
      },
      30_000,
    );
    await until(
      'everything delivered',
      async () => {
        const { body } = await service.request<{ items: FeedStatus[] }>('GET', '/feeds');
        return body.items[0]?.lag.events === 0;
      },
      30_000,
    );
    const expected = (await pullAll(service, 'lanewatch.passage.*')).filter(({ sequence }) => sequence > made.after);
    // At least once, and in order: a repeat goes back, and then on without a gap.
    const firsts = [...new Map(target.accepted.map((event) => [event.id, event])).values()];
    expect(firsts.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    for (const received of target.accepted.slice(-20)) verified(made.secret, received);
    expect(target.accepted.length - firsts.length).toBeLessThan(200);
    const metrics = await fetch(`${service.address()}/metrics`, {
      headers: { authorization: 'Bearer end-to-end-admin-token-0123456789abcdef' },
    });
    const text = await metrics.text();
    expect(text).toContain(`lanewatch_feed_lag_events{feed="${made.id}",kind="webhook",agency="tu"} 0`);
    expect(text).toMatch(/lanewatch_feed_accepted_total\{[^}]+\} [1-9]/);
  });
});
