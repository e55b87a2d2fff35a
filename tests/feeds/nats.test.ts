import { expect, it } from 'vitest';
import { NatsFeed } from '../../src/config/feed-config.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { startNats } from '../support/nats-server.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { startFeedBench } from './feed-bench.ts';

const feed = (url: string, change: object = {}) =>
  NatsFeed.parse({
    ...{ id: 'archive', url, subject: 'border.post', stream: 'BORDER', agency: 'tu', purpose: 'targeting' },
    ...{ types: ['lanewatch.occupancy.*'], from: 'beginning', ...change },
  });
const bench = (url: string, secrets: Record<string, { token: string }> = {}) =>
  startFeedBench({
    clock: systemClock,
    configured: { config: { feeds: { mqtt: [], nats: [feed(url)] }, lanes: [] }, secrets },
  });

describeWith(['nats-server'], 'NATS JetStream', () => {
  it('has every event exactly once and in order, though the server is killed in the middle', {
    timeout: 60_000,
  }, async () => {
    await using server = await startNats();
    await using feeds = await bench(server.url);
    const status = () => feeds.feeds().status('archive');
    let recorded = 0;
    for (let kill = 1; kill <= 3; kill += 1) {
      recorded += 1_500;
      await feeds.record(1_500);
      const before = status()?.accepted ?? 0;
      await until('it is under way', () => (status()?.accepted ?? 0) > before + 100, 20_000);
      await server.end('SIGKILL');
      await feeds.record(10);
      recorded += 10;
      await until('it knows', () => status()?.state === 'retrying', 20_000);
      await server.start();
    }
    await until('all of it', () => status()?.lag.events === 0, 30_000);
    const stored = await server.stored('BORDER');
    expect(stored.map(({ event }) => Number(event.sequence))).toEqual(
      Array.from({ length: recorded }, (_, at) => at + 1),
    );
    expect(stored.every(({ messageId, event }) => messageId === event.id)).toBe(true);
    expect(new Set(stored.map(({ subject }) => subject))).toEqual(new Set(['border.post.lanewatch.occupancy.missed']));
  });

  it('gets what it did not acknowledge again after our own restart, and keeps it once', async () => {
    await using server = await startNats();
    await using feeds = await bench(server.url);
    await feeds.record(500);
    await until('some', () => (feeds.feeds().status('archive')?.accepted ?? 0) > 0);
    await feeds.restart();
    await feeds.record(20);
    await until('all', () => feeds.feeds().status('archive')?.lag.events === 0);
    expect((await server.stored('BORDER')).map(({ event }) => Number(event.sequence))).toEqual(
      Array.from({ length: 520 }, (_, at) => at + 1),
    );
  });

  it('is signed in to with a secret, and says what is wrong without it', async () => {
    await using server = await startNats(['--auth', 'secret-token'], 'secret-token');
    await using stranger = await bench(server.url);
    await stranger.record(1);
    const error = await until('the error', () => stranger.feeds().status('archive')?.lastError);
    expect(error.reason).toMatch(/authorization violation/i);
    await using known = await bench(server.url, { archive: { token: 'secret-token' } });
    await known.record(1);
    await until('accepted', () => known.feeds().status('archive')?.accepted === 1);
    expect(await server.stored('BORDER')).toHaveLength(1);
  });
});
