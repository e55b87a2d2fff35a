import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../src/domain/event.ts';
import { sequenceText } from '../../src/domain/event.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { until } from '../support/until.ts';
import { containerTarget } from './container-target.ts';
import { startHttpBench } from './http-bench.ts';
import { connectLive, subscribeTo } from './live-client.ts';

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Fills a journal with small events, as if a post had run for days. */
async function fill(journal: Journal, count: number): Promise<void> {
  const data = { deviceId: 'rpm-1', laneId: 'lane-1', reason: null };
  const time = '2026-01-01T00:00:00.000Z';
  for (let made = 0; made < count; made += 1_000) {
    const first = journal.head().sequence + 1;
    const events = upTo(first + 999, first).map((sequence): DomainEvent => {
      const id = `e${sequence}`;
      return { type: 'lanewatch.device.online', data, id, sequence, subject: 'devices/rpm-1', time, recordedAt: time };
    });
    await journal.append(events, []);
  }
}

describe('the live stream', () => {
  it('carries a backfill over into what happens meanwhile, each event once and in order', async () => {
    await using bench = await startHttpBench();
    for (let n = 0; n < 100; n += 1) await bench.raise(`before-${n}`);
    using client = await connectLive(bench.address, subscribeTo({ after: sequenceText(0) }));
    for (let n = 0; n < 100; n += 1) await bench.raise(`during-${n}`);
    await until('caught up', client.caughtUp);
    await bench.raise('after');
    const { sequence } = bench.journal.head();
    await until('the newest event', () => client.sequences().at(-1) === sequence);
    expect(client.sequences()).toEqual(upTo(sequence));
    expect(client.frames.filter((frame) => frame.caughtUp !== undefined)).toHaveLength(1);
  });

  it('begins now without a cursor, and sends the events of one commit in one frame', async () => {
    await using bench = await startHttpBench();
    await bench.raise('old');
    const types = ['lanewatch.alarm.*', 'lanewatch.passage.*'];
    using client = await connectLive(bench.address, subscribeTo({ after: null, types }));
    await until('caught up', client.caughtUp);
    const alarm = await bench.raise('new');
    await until('the alarm', () => client.frames.length === 2);
    await bench.call(`/api/v1/alarms/${alarm.id}/acknowledge`, { method: 'POST' });
    await until('the answer', () => client.frames.length === 3);
    expect(client.frames).toMatchObject([
      { caughtUp: { sequence: expect.stringMatching(/^\d{20}$/) } },
      {
        events: [{ type: 'lanewatch.passage.updated' }, { type: 'lanewatch.alarm.raised', data: { deviceId: 'new' } }],
      },
      { event: { type: 'lanewatch.alarm.acknowledged', subject: `alarms/${alarm.id}` } },
    ]);
  });

  it('resumes after the sequence it is given, with the types it is asked for', async () => {
    await using bench = await startHttpBench();
    const alarms = [await bench.raise('rpm-1'), await bench.raise('rpm-2'), await bench.raise('rpm-3')];
    const after = alarms[0]?.sequence;
    using client = await connectLive(bench.address, subscribeTo({ after, types: ['lanewatch.alarm.*'] }));
    await until('caught up', client.caughtUp);
    expect(client.events().map((event) => event.type)).toEqual(['lanewatch.alarm.raised', 'lanewatch.alarm.raised']);
    expect(client.sequences()).toEqual(alarms.slice(1).map((alarm) => Number(alarm.sequence)));
  });

  it('replaces the subscription with a later one', async () => {
    await using bench = await startHttpBench();
    using client = await connectLive(bench.address, subscribeTo({ after: null, types: ['lanewatch.alarm.*'] }));
    await until('the first', client.caughtUp);
    client.socket.send(JSON.stringify(subscribeTo({ after: null, types: ['lanewatch.passage.*'] })));
    await until('the second', () => client.frames.length === 2);
    await bench.raise('rpm-1');
    await until('its event', () => client.events().length > 0);
    expect(client.events().map((event) => event.type)).toEqual(['lanewatch.passage.opened']);
  });

  it('shows a role only what it may see', async () => {
    await using bench = await startHttpBench();
    await bench.raise('rpm-1');
    await bench.call('/api/v1/targets', { method: 'POST', json: containerTarget });
    const typesFor = async (role: 'operator' | 'technician' | 'targeting') => {
      const headers = { authorization: `Bearer ${bench.tokenOf(role)}` };
      using client = await connectLive(bench.address, subscribeTo({ after: '0' }), { headers });
      await until('caught up', client.caughtUp);
      return client.events().map((event) => event.type.split('.')[1]);
    };
    expect(await typesFor('targeting')).toEqual(['passage', 'alarm', 'target']);
    expect(await typesFor('operator')).toEqual(['passage', 'alarm']);
    expect(await typesFor('technician')).toEqual([]);
    const headers = { authorization: `Bearer ${bench.tokenOf('targeting')}` };
    using client = await connectLive(bench.address, subscribeTo({ readings: ['lane-1'] }), { headers });
    expect(await client.closed).toBe(1008);
    expect(client.frames).toMatchObject([{ error: { code: 'not-allowed' } }]);
  });

  it('sends the latest readings of the lanes asked for, at most ten frames a second', async () => {
    await using bench = await startHttpBench();
    const put = (laneId: string, value: number) =>
      bench.readings.put({
        deviceId: `rpm-${laneId}`,
        laneId,
        quantity: 'gamma',
        value,
        unit: 'cps',
        quality: 'good',
        atMs: Date.now(),
      });
    put('lane-1', -1);
    using client = await connectLive(bench.address, subscribeTo({ readings: ['lane-1'] }));
    const begun = Date.now();
    await until('the latest value at once', () => client.frames.some((frame) => frame.readings?.[0]?.value === -1));
    let value = 0;
    await until('the last of many', () => {
      for (let n = 0; n < 50; n += 1) put('lane-1', ++value);
      put('lane-2', value);
      return Date.now() - begun > 500;
    });
    await until('the last value', () => client.frames.at(-1)?.readings?.[0]?.value === value);
    const frames = client.frames.filter((frame) => frame.readings !== undefined);
    expect(frames.length).toBeLessThanOrEqual(Math.ceil((Date.now() - begun) / 100));
    expect(frames.length).toBeGreaterThan(2);
    expect(frames.flatMap((frame) => frame.readings?.map((reading) => reading.deviceId))).toEqual(
      frames.map(() => 'rpm-lane-1'),
    );
  });

  it('closes a reader that falls behind with 4408; it resumes from its cursor without gap or repeat', async () => {
    await using bench = await startHttpBench();
    const alarm = await bench.raise('rpm-1');
    const comment = () =>
      bench.desk.command(
        { type: 'comment', alarmId: alarm.id, text: 'x'.repeat(2_000) },
        { by: 'anna', role: 'operator' },
      );
    using slow = await connectLive(bench.address, subscribeTo({ after: '0' }));
    using other = await connectLive(bench.address, subscribeTo({ after: '0' }));
    await until('both live', () => slow.caughtUp() && other.caughtUp());
    slow.socket.pause();
    // Each comment's event carries the whole alarm, so the sizes grow until no buffer on the way holds them.
    for (let comments = 0; comments < 200; comments += 1) await comment();
    slow.socket.resume();
    expect(await slow.closed).toBe(4408);
    expect(slow.frames.at(-1)).toMatchObject({ error: { code: 'behind' } });

    const { sequence } = bench.journal.head();
    await until('the fast reader has all', () => other.sequences().at(-1) === sequence);
    expect(other.sequences()).toEqual(upTo(sequence));
    const cursor = slow.events().at(-1)?.sequence;
    expect(Number(cursor)).toBeLessThan(sequence);
    using again = await connectLive(bench.address, subscribeTo({ after: cursor }));
    await until('caught up', again.caughtUp);
    expect([...slow.sequences(), ...again.sequences()]).toEqual(upTo(sequence));
  });

  it('reads back 100,000 events without holding up the event loop', async () => {
    await using bench = await startHttpBench();
    await fill(bench.journal, 100_000);
    using delay = Object.assign(monitorEventLoopDelay({ resolution: 5 }), { [Symbol.dispose]: () => delay.disable() });
    delay.enable();
    const begun = Date.now();
    using client = await connectLive(bench.address, subscribeTo({ after: '0' }));
    await until('caught up', client.caughtUp, 15_000);
    const worstMs = delay.max / 1e6;
    console.info(`100,000 events in ${Date.now() - begun} ms, longest turn ${worstMs.toFixed(0)} ms (client included)`);
    expect(client.sequences()).toEqual(upTo(100_000));
    expect(worstMs).toBeLessThan(250);
  });
});
