import { expect, test } from 'vitest';
import { z } from 'zod';
import { desklessPipeline } from '../../tests/support/deskless-pipeline.ts';
import { noWorkers, silentLog, wireOf } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import type { DeskInput } from '../domain/desk/decision.ts';
import { LanewatchError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { DriverContext, DriverDefinition } from '../ports/driver.ts';
import { createDeviceMonitor } from './device-monitor.ts';
import { defaultTiming, supervise } from './supervisor.ts';

/** A clock whose sleeps last no real time: each one is written down and moves it on. */
function leapingClock() {
  const slept: number[] = [];
  let nowMs = 0;
  const clock: Clock & { readonly slept: number[] } = {
    slept,
    now: () => nowMs,
    sleep: async (ms, signal) => {
      // A turn of the event loop passes, so that whoever else is due has his.
      await new Promise<void>((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      slept.push(ms);
      nowMs += ms;
    },
  };
  return clock;
}

type Run = (context: DriverContext, signal: AbortSignal) => Promise<void>;

/** One supervised device whose driver does what the test says, attempt by attempt. */
function superviseOne(
  run: Run,
  parts: { readonly clock?: Clock; readonly silenceMs?: number; readonly stopMs?: number } = {},
) {
  const clock = parts.clock ?? leapingClock();
  const told: DeskInput[] = [];
  const definition: DriverDefinition = {
    name: 'test',
    title: 'test',
    links: ['tcp'],
    options: z.unknown(),
    silenceMs: () => parts.silenceMs ?? null,
    run,
  };
  const link = { type: 'tcp', host: 'h', port: 1 } as const;
  const monitor = createDeviceMonitor(
    { id: 'd', laneId: 'l', driver: 'test', link, silenceMs: parts.silenceMs ?? null, enabled: true },
    clock,
  );
  const pipeline = desklessPipeline((input) => void told.push(input));
  const stopper = new AbortController();
  const timing = { ...defaultTiming, stopMs: parts.stopMs ?? defaultTiming.stopMs };
  const done = supervise(
    {
      definition,
      options: {},
      profile: undefined,
      timeZone: 'UTC',
      workers: noWorkers,
      kept: new Map(),
      board: { standing: () => ({ alarms: [], occupied: false, blind: false }) },
      monitor,
      pipeline,
      wire: wireOf(link),
      clock,
      random: () => 1,
      timing,
      log: silentLog,
    },
    stopper.signal,
  );
  const states = () => told.flatMap((input) => (input.type === 'link' ? [input.state] : []));
  return {
    monitor,
    states,
    done,
    stop: () => stopper.abort(),
    stopped: async () => {
      stopper.abort();
      await done;
    },
  };
}

const frame = (receivedAtMs: number) => ({ bytes: new Uint8Array([1]), receivedAtMs });
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('the delay between attempts doubles from half a second to half a minute, drawn from nought to it', async () => {
  const clock = leapingClock();
  let attempts = 0;
  const device = superviseOne(
    async () => {
      attempts += 1;
      throw new LanewatchError('link-refused', 'nobody there');
    },
    { clock },
  );
  await until('ten attempts', () => attempts >= 10);
  await device.stopped();
  expect(clock.slept.slice(0, 9)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(device.states(), 'told once, not at each attempt').toEqual(['offline']);
  expect(device.monitor.status([]).lastError).toMatchObject({ code: 'link-refused', text: 'nobody there' });
});

test('an attempt that stood a minute makes the next delay the first again', async () => {
  const clock = leapingClock();
  let attempts = 0;
  const device = superviseOne(
    async (context, signal) => {
      attempts += 1;
      context.online();
      if (attempts === 3) await clock.sleep(60_000, signal);
      throw new LanewatchError('link-lost', 'gone');
    },
    { clock },
  );
  await until('four attempts', () => attempts >= 4);
  await device.stopped();
  expect(clock.slept.slice(0, 4)).toEqual([500, 1_000, 60_000, 500]);
  expect(device.states().slice(0, 4)).toEqual(['online', 'offline', 'online', 'offline']);
});

test('a configuration that cannot work is tried once and said', async () => {
  let attempts = 0;
  const device = superviseOne(async () => {
    attempts += 1;
    throw new LanewatchError('configuration-fault', 'there is no broker yard');
  });
  await device.done;
  expect(attempts).toBe(1);
  expect(device.monitor.status([])).toMatchObject({ state: 'fault', lastError: { text: 'there is no broker yard' } });
});

test('silence makes it stale; a socket that opens does not bring it back, a good frame does', async () => {
  const clock = leapingClock();
  let attempts = 0;
  const device = superviseOne(
    async (context, signal) => {
      attempts += 1;
      context.online();
      if (attempts === 3) context.report(frame(clock.now()), []);
      await untilAborted(signal);
    },
    { clock, silenceMs: 12_000 },
  );
  await until('three attempts', () => attempts >= 3);
  await until('back', () => device.states().length >= 3);
  await device.stopped();
  expect(device.states().slice(0, 3)).toEqual(['online', 'stale', 'online']);
  expect(device.monitor.status([]).lastError?.text).toMatch(/nothing heard for 12 s/);
});

test.each([
  ['back', -3_600_000],
  ['forward', 3_600_000],
])('a clock that is set an hour %s neither hides a silence nor makes one', async (_, jumpMs) => {
  const base = leapingClock();
  let offsetMs = 0;
  const clock = { slept: base.slept, now: () => base.now() + offsetMs, sleep: base.sleep };
  let speaks = true;
  const device = superviseOne(
    async (context, signal) => {
      context.online();
      for (let turn = 0; !signal.aborted; turn += 1) {
        if (speaks && turn % 5 === 0) context.report(frame(clock.now()), []);
        await base.sleep(1_000, signal).catch(() => undefined);
      }
    },
    { clock, silenceMs: 12_000 },
  );
  await until('it has spoken', () => device.monitor.heardFrames() > 3);
  offsetMs = jumpMs;
  const heard = device.monitor.heardFrames();
  await until('it has spoken on', () => device.monitor.heardFrames() > heard + 5);
  expect(device.states()).toEqual(['online']);
  speaks = false;
  const sinceMs = clock.now();
  await until('the silence', () => device.states().includes('stale'));
  // Driver and watch both move this clock on.
  expect(Date.parse(device.monitor.status([]).since) - sinceMs).toBeLessThan(40_000);
  await device.stopped();
});

test('a device that takes the link and gives no answer is told offline once, and is back when it answers', async () => {
  let attempts = 0;
  const device = superviseOne(async (context, signal) => {
    attempts += 1;
    context.online();
    if (attempts < 5) throw new LanewatchError('link-timeout', 'no answer');
    context.report(frame(0), []);
    await untilAborted(signal);
  });
  await until('the answer', () => device.monitor.heardFrames() === 1);
  await device.stopped();
  expect(device.states()).toEqual(['online', 'offline', 'online']);
});

test('what a driver reports while it is told to stop is no sign of life', async () => {
  const clock = leapingClock();
  let attempts = 0;
  const device = superviseOne(
    async (context, signal) => {
      attempts += 1;
      context.online();
      await untilAborted(signal);
      context.report(frame(0), []);
    },
    { clock, silenceMs: 12_000 },
  );
  await until('two attempts', () => attempts >= 2);
  await device.stopped();
  expect(device.states().slice(0, 2)).toEqual(['online', 'stale']);
  expect(device.states()).not.toContain('offline');
});

test('a driver that does not stop is left behind in time, and what it says then counts for nothing', async () => {
  let late: DriverContext | undefined;
  const device = superviseOne(async (context) => {
    context.online();
    late = context;
    await new Promise(() => undefined);
  });
  await until('running', () => late !== undefined);
  await device.stopped();
  const { frames } = device.monitor.status([]).counters;
  late?.report(frame(0), []);
  late?.refuse(frame(0), 'x', 'y');
  expect(device.monitor.status([]).counters).toMatchObject({ frames, refused: 0 });
  await expect(late?.commit()).rejects.toThrow(/over/);
});

test('a desk that can take no more ends the attempt instead of losing what was said', async () => {
  let attempts = 0;
  const device = superviseOne(async (context, signal) => {
    attempts += 1;
    context.report(frame(0), [
      { type: 'reading', quantity: 'gamma', value: 1, unit: 'cps', quality: 'good', observedAtMs: Number.NaN },
    ]);
    await untilAborted(signal);
  });
  await until('a second attempt', () => attempts >= 2);
  await device.stopped();
  expect(device.monitor.status([]).lastError?.code).toBe('internal');
});
