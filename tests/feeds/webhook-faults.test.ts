import { describe, expect, it, onTestFinished } from 'vitest';
import type { FeedStatus } from '../../src/domain/feed.ts';
import { turnedClock } from '../support/turned-clock.ts';
import { until } from '../support/until.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { startFeedBench } from './feed-bench.ts';

const morningMs = Date.UTC(2026, 10, 23, 9);
const hourMs = 3_600_000;

async function setUp() {
  const clock = turnedClock(morningMs);
  const bench = await startFeedBench({ clock });
  const target = await startReceiver();
  onTestFinished(async () => {
    await bench[Symbol.asyncDispose]();
    await target[Symbol.asyncDispose]();
  });
  const { id, secret } = await bench.subscribe(target.url);
  await until('the feed', () => bench.feeds().status(id)?.state === 'running');
  const status = () => bench.feeds().status(id) as FeedStatus;
  /** Time passes until the next attempt is due, and that attempt is made. */
  const nextAttempt = async () => {
    const at = await until('a time for the next attempt', () => status().nextAttemptAt);
    const before = target.received.length;
    clock.turn(Date.parse(at) - clock.now());
    await until('the next attempt', () => target.received.length > before);
    await until('its end', () => status().nextAttemptAt !== at);
  };
  return { clock, bench, target, id, secret, status, nextAttempt };
}
const sequences = (events: readonly { readonly sequence: number }[]) => events.map(({ sequence }) => sequence);
const oneTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('a webhook', () => {
  it('gets every event it is entitled to, in order, signed', async () => {
    const { bench, target, status } = await setUp();
    const last = await bench.record(120);
    await until('all', () => target.accepted.length === 120);
    expect(sequences(target.accepted)).toEqual(oneTo(2, last));
    const [first] = target.received;
    expect(first?.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(first?.headers['webhook-id']).toBe(first?.id);
    expect(first?.headers['webhook-timestamp']).toBe(String(morningMs / 1_000));
    await until('the cursor', () => status().lag.events === 0);
    expect(status()).toMatchObject({ state: 'running', accepted: 120, retries: 0, lastError: null });
  });

  it('that was down for a day gets all of it when it is back, in order', async () => {
    const { clock, bench, target, status, nextAttempt } = await setUp();
    target.answering = () => ({ status: 503 });
    await bench.record(40);
    for (let attempt = 1; clock.now() < morningMs + 24 * hourMs; attempt += 1) {
      if (attempt > 1) await nextAttempt();
      await until('it is put down', () => status().attempts === attempt);
      await bench.record(3);
      expect(status()).toMatchObject({ state: 'retrying', lastError: { reason: 'HTTP 503' } });
      expect(status().lag.seconds).toBeCloseTo((clock.now() - morningMs) / 1_000, 0);
    }
    expect(new Set(sequences(target.received))).toEqual(new Set([2]));
    target.answering = () => ({ status: 200 });
    await nextAttempt();
    const { sequence } = bench.journal.head();
    await until('all of it', () => target.accepted.length === sequence - 1);
    expect(sequences(target.accepted)).toEqual(oneTo(2, sequence));
    await until('the state', () => status().state === 'running');
  });

  it('that answers 500 is tried as the schedule says, then the event is parked, shown, and the next goes on', async () => {
    const { bench, target, id, status, nextAttempt } = await setUp();
    target.answering = ({ sequence }) => ({ status: sequence === 2 ? 500 : 204, body: 'no\nsuch\u0007column' });
    await bench.record(2);
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await until('it is put down', () => status().attempts === attempt);
      await nextAttempt();
    }
    await until('the next event', () => sequences(target.accepted).includes(3));
    await until('the state', () => status().state === 'parked');
    expect(sequences(target.received)).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]);
    const { items } = bench.feeds().parked(id);
    expect(items).toMatchObject([{ attempts: 10, reason: 'HTTP 500: no such column' }]);
    // By hand, once it is mended.
    target.answering = () => ({ status: 204 });
    bench.feeds().replay(id, 'parked');
    await until('the parked one', () => sequences(target.accepted).join() === '3,2');
    await until('the state', () => status().state === 'running');
    expect(bench.feeds().parked(id)).toEqual({ total: 0, items: [] });
  });

  it('gets what was parked by itself once it has been away and is back, and a parked one holds up nothing', async () => {
    const { bench, target, id, status, nextAttempt } = await setUp();
    target.answering = ({ sequence }) => ({ status: sequence === 3 ? 204 : 500 });
    await bench.record(3);
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await until('it is put down', () => status().attempts === attempt);
      await nextAttempt();
    }
    await until('the third fails', () => status().attempts === 1 && status().parked === 1);
    target.answering = ({ sequence }) => ({ status: sequence === 2 ? 500 : 204 });
    await nextAttempt();
    await until('one attempt more, in vain', () => sequences(target.received).at(-1) === 2);
    expect(bench.feeds().parked(id).total).toBe(1);
    await bench.record(1);
    await until('the fourth', () => sequences(target.accepted).includes(5));
    target.answering = ({ sequence }) => ({ status: sequence === 6 ? 500 : 204 });
    await bench.record(1);
    await until('it fails', () => status().attempts === 1);
    target.answering = () => ({ status: 204 });
    await nextAttempt();
    await until('all', () => status().parked === 0);
    expect(sequences(target.accepted)).toEqual([3, 4, 5, 6, 2]);
  });

  it('that answers 410 is stopped on record, and goes on there when it is enabled again', async () => {
    const { bench, target, id, status } = await setUp();
    target.answering = () => ({ status: 410, body: 'moved away' });
    await bench.record(2);
    await until('it is stopped', () => status().state === 'stopped');
    expect(bench.desk.state.subscriptions.get(id)).toMatchObject({ state: 'stopped', detail: 'HTTP 410: moved away' });
    expect(bench.feeds().deliveries(id, 10)).toMatchObject([
      { outcome: 'gone', status: 410, sequence: '2'.padStart(20, '0') },
    ]);
    await bench.record(2);
    expect(target.received).toHaveLength(1);
    target.answering = () => ({ status: 200 });
    const stopped = bench.desk.state.subscriptions.get(id);
    if (stopped === undefined) throw new Error('gone');
    const { url, types, agency, purpose } = stopped;
    const subscription = { url, types, agency, purpose, includeNonOperational: false, enabled: true };
    await bench.desk.command({ type: 'put-subscription', subscriptionId: id, subscription }, { by: 'x', role: 'x' });
    await until('all', () => target.accepted.length === 4);
    expect(sequences(target.accepted)).toEqual([2, 3, 5, 6]);
  });

  it.each([
    ['seconds', '17', 17_000],
    ['an HTTP date', new Date(morningMs + 90_000).toUTCString(), 90_000],
    ['a year of seconds, but no longer than a day', '31536000', 24 * hourMs],
  ])('that answers 429 with Retry-After in %s is tried again then', async (_what, header, afterMs) => {
    const { bench, target, status } = await setUp();
    target.answering = () => ({ status: 429, headers: { 'retry-after': header } });
    await bench.record(1);
    const at = await until('the time', () => status().nextAttemptAt);
    expect(Date.parse(at) - morningMs).toBe(afterMs);
    expect(status().attempts).toBe(0);
  });

  it('that hangs is given up after 15 s, and one that answers late gets the event twice under one id', async () => {
    const { clock, bench, target, status, nextAttempt } = await setUp();
    const late = Promise.withResolvers<void>();
    target.answering = () => ({ status: 200, after: late.promise });
    await bench.record(1);
    await until('the request', () => target.received.length === 1);
    clock.turn(14_999);
    expect(status().attempts).toBe(0);
    clock.turn(1);
    await until('it is given up', () => status().attempts === 1);
    expect(status().lastError?.reason).toBe('no answer within 15 s');
    late.resolve();
    await until('the late answer', () => target.accepted.length === 1);
    await nextAttempt();
    await until('again', () => target.accepted.length === 2);
    const [first, second] = target.accepted;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
  });

  it('that redirects to the metadata of a cloud is not followed', async () => {
    const { bench, target, status } = await setUp();
    target.answering = () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } });
    await bench.record(1);
    await until('it fails', () => status().attempts === 1);
    expect(status().lastError?.reason).toBe('HTTP 302, a redirect, which is not followed');
  });

  it('whose answer never ends is done all the same', async () => {
    const { bench, target, status } = await setUp();
    target.answering = () => ({ status: 200, body: 'x'.repeat(5_000_000) });
    await bench.record(3);
    await until('all', () => status().accepted === 3);
  });

  it('that is stuck delays no other', async () => {
    const { bench, target } = await setUp();
    await using fast = await startReceiver();
    await bench.subscribe(fast.url);
    target.answering = () => 'hang';
    await bench.record(200);
    await until('the fast one', () => fast.accepted.length === 200);
    expect(target.received).toHaveLength(1);
  });

  it('goes on with its schedule after a restart', async () => {
    const { clock, bench, target, status, nextAttempt } = await setUp();
    target.answering = () => ({ status: 500 });
    await bench.record(1);
    await until('one attempt', () => status().attempts === 1);
    await nextAttempt();
    await until('two', () => status().attempts === 2);
    const at = status().nextAttemptAt;
    await bench.restart();
    await until('it runs', () => status().state === 'retrying');
    expect(status()).toMatchObject({ attempts: 2, nextAttemptAt: at });
    clock.turn(60_000);
    expect(target.received).toHaveLength(2);
    target.answering = () => ({ status: 200 });
    await nextAttempt();
    await until('accepted', () => status().accepted === 1);
  });

  it('verifies by the old secret and by the new until the time of grace is over', async () => {
    const { clock, bench, target, id, secret, status } = await setUp();
    await bench.record(1);
    await until('one', () => target.accepted.length === 1);
    const rotated = { type: 'change-subscription', subscriptionId: id, change: 'rotated' } as const;
    const { resource } = await bench.desk.command(rotated, { by: 'x', role: 'x' });
    const next = bench.feeds().secretFor(resource, hourMs) ?? '';
    expect(next).not.toBe(secret);
    await bench.record(1);
    // Not only sent: an answer on its way would be late once the clock is turned.
    await until('both', () => status().accepted === 2);
    clock.turn(hourMs);
    await bench.record(1);
    await until('three', () => target.accepted.length === 3);
    const signatures = target.accepted.map(({ headers }) => String(headers['webhook-signature']).split(' ').length);
    expect(signatures).toEqual([1, 2, 1]);
  });
});
