import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ptyLink } from '../support/pty-link.ts';
import { describeWith } from '../support/services.ts';
import type { SupervisedBench } from '../support/supervised-bench.ts';
import { until } from '../support/until.ts';
import { named, type Post, type Rig, rigs, startRig, superviseRig } from './rigs.ts';
import { expectOwnTimes } from './times.ts';

const { signal } = new AbortController();

/** A driver under the supervisor with its device, which has been heard. */
async function watched(rig: Rig) {
  await using opened = new AsyncDisposableStack();
  const post = opened.use(await startRig(rig));
  const bench = opened.use(superviseRig(rig, post));
  await until('online', () => bench.states.includes('online'));
  await hears(rig, post, bench);
  const owned = opened.move();
  return {
    bench,
    fault: (fault: object, until_ = signal) => post.simulator.play(fault, until_),
    alive: () => post.simulator.play(rig.alive, signal),
    hears: () => hears(rig, post, bench),
    [Symbol.asyncDispose]: async () => {
      // Whatever a fault did: no value has another time than that of its own frame.
      expectOwnTimes(post.definition, bench.reports);
      await owned.disposeAsync();
    },
  };
}

/** Plays until the driver has read something new; again where the device was not listened to. */
async function hears(rig: Rig, { simulator }: Post, { reports }: SupervisedBench): Promise<void> {
  const before = reports.length;
  await until(
    'a good frame',
    async () => {
      await simulator.play(rig.alive, signal);
      // What was asked before is no answer to it.
      const enough = before + (isAsked(rig) ? 4 : 1);
      for (let turn = 0; turn < 150 && reports.length < enough; turn += 1) await wait(10);
      return reports.length >= enough;
    },
    10_000,
  );
}

/** It says nothing by itself: we ask. */
function isAsked({ link }: Rig): boolean {
  return link.type.startsWith('modbus');
}

function idsOf({ reports }: SupervisedBench, from = 0): readonly string[] {
  return reports.slice(from).flatMap(({ observations }) =>
    observations.flatMap((one) => {
      if (one.type === 'scan') return [one.scanId];
      if (one.type === 'identity') return [one.readId];
      return one.type === 'occupancy-report' ? [one.reportId] : [];
    }),
  );
}

function missedIn({ reports }: SupervisedBench): number {
  const observations = reports.flatMap((report) => report.observations);
  return observations.reduce((sum, one) => sum + (one.type === 'occupancy-missed' ? one.missed : 0), 0);
}

describe.concurrent.each(named)('%s', (_, rig) => {
  const asks = isAsked(rig);
  /** An answer that is none costs the link; a frame that is none costs itself. */
  const overBadFrame = asks ? ['online', 'offline', 'online'] : ['online'];

  it('garbled: refuses the frame with its bytes and reason, and reads the next one', async () => {
    await using post = await watched(rig);
    await post.fault({ do: 'garble' });
    await post.alive();
    const refusal = await until('the refusal', () => post.bench.refusals[0]);
    expect(refusal.code).toMatch(/^[a-z0-9-]+$/);
    expect(refusal.reason.length).toBeGreaterThan(5);
    expect(refusal.bytes).toContain(0xff);
    await post.hears();
    expect(post.bench.states).toEqual(overBadFrame);
  });

  it('cut in the middle: nothing is made of half a frame, and the one after it is read', async () => {
    await using post = await watched(rig);
    const ids = idsOf(post.bench).length;
    await post.fault({ do: 'cut' });
    await post.alive();
    if (rig.bare !== true) {
      // Without its end a line goes on into the next one, which is lost with it.
      if (rig.link.type === 'tcp') await post.alive();
      const refusal = await until('the refusal', () => post.bench.refusals[0]);
      expect(refusal.bytes.length).toBeGreaterThan(0);
      if (!asks && rig.driver !== 'n42') expect(idsOf(post.bench)).toHaveLength(ids);
    }
    await post.hears();
    expect(post.bench.states).toEqual(overBadFrame);
  });

  it('frozen: stale after its limit or without an answer, however often the link is made, and back when it speaks', async () => {
    await using post = await watched(rig);
    const { bench } = post;
    const thaw = new AbortController();
    const frozen = post.fault({ do: 'freeze', durationS: 600 }, thaw.signal);
    const gone = asks ? 'offline' : 'stale';
    if (!asks) bench.hurry(50);
    if (bench.silenceMs === null) await wait(500);
    else await until(gone, () => bench.states.at(-1) === gone, 10_000);
    const heard = bench.reports.length;
    // Time enough for more attempts: a link is no word.
    await wait(300);
    expect(bench.reports).toHaveLength(heard);
    bench.hurry(1);
    thaw.abort();
    await frozen;
    await post.hears();
    expect(bench.states).toEqual(bench.silenceMs === null ? ['online'] : ['online', gone, 'online']);
    expect(bench.refusals).toEqual([]);
  });

  it('dropped: back by itself', async () => {
    await using post = await watched(rig);
    await post.fault({ do: 'drop' });
    await post.hears();
    const { bench } = post;
    // Over a broker the device is gone, our link is not.
    if (rig.link.type !== 'mqtt') await until('back', () => bench.states.length === 3, 10_000);
    expect(bench.states).toEqual(rig.link.type === 'mqtt' ? ['online'] : ['online', 'offline', 'online']);
    expect(bench.refusals).toEqual([]);
  });

  it('repeated: the same again is the same, and nothing new', async () => {
    await using post = await watched(rig);
    const { bench } = post;
    const from = bench.reports.length;
    await post.alive();
    await until('it', () => bench.reports.length > from);
    await post.fault({ do: 'repeat' });
    await until('more', () => bench.reports.length > from + 1);
    if (asks) await post.hears();
    if (!asks) {
      const [first, second] = bench.reports.slice(from);
      expect(second?.frame.bytes).toEqual(first?.frame.bytes);
      if (rig.bare !== true) expect(new Set(idsOf(bench, from)).size).toBe(idsOf(bench, from).length / 2);
    }
    await post.hears();
    expect(missedIn(bench)).toBe(0);
    expect(bench.refusals).toEqual([]);
    expect(bench.states).toEqual(['online']);
  });

  it('late: what it says keeps its own time, and is of when it came where it has none', async () => {
    await using post = await watched(rig);
    const { bench } = post;
    await post.fault({ do: 'late', byS: 0.2 });
    const from = bench.reports.length;
    const saidMs = Date.now();
    await post.alive();
    const report = await until('the late frame', () => bench.reports[from + (asks ? 1 : 0)]);
    if (!asks) expect(report.frame.receivedAtMs - saidMs).toBeGreaterThanOrEqual(195);
    await post.fault({ do: 'late', byS: 0 });
    await post.hears();
    expect(bench.states).toEqual(['online']);
    expect(bench.refusals).toEqual([]);
  });

  it('out of order: each frame is what it is, and none is lost or invented', async () => {
    await using post = await watched(rig);
    const { bench } = post;
    const from = bench.reports.length;
    await post.fault({ do: 'out-of-order' });
    await post.alive();
    await post.alive();
    if (!asks) {
      await until('both', () => bench.reports.length >= from + 2);
      const ids = idsOf(bench, from);
      expect(new Set(ids).size).toBe(ids.length);
    }
    await post.hears();
    // The one that came first had left a gap, when it came; nothing more.
    if (!asks) expect(missedIn(bench)).toBeLessThanOrEqual(1);
    expect(bench.states).toEqual(overBadFrame);
  });

  it('counting from the beginning again: nothing was missed', async () => {
    await using post = await watched(rig);
    await post.hears();
    await post.fault({ do: 'restart-counter' });
    await post.hears();
    await post.hears();
    expect(missedIn(post.bench)).toBe(0);
    expect(post.bench.refusals).toEqual([]);
    expect(post.bench.states).toEqual(['online']);
  });
});

describe.concurrent.each(named.filter(([, rig]) => isAsked(rig)))('%s', (_, rig) => {
  it('later than an answer may be: offline until it answers in time, and never read as another answer', async () => {
    await using post = await watched(rig);
    const { bench } = post;
    await post.fault({ do: 'late', byS: 1 });
    await until('offline', () => bench.states.at(-1) === 'offline');
    const heard = bench.reports.length;
    await wait(2_000);
    expect(bench.reports.slice(heard), 'an answer that came too late').toEqual([]);
    await post.fault({ do: 'late', byS: 0 });
    await post.hears();
    expect(bench.states).toEqual(['online', 'offline', 'online']);
  });
});

describeWith(['socat'], 'on a line of its own', () => {
  const rtu = { type: 'modbus-rtu', baudRate: 19_200, dataBits: 8, parity: 'none', stopBits: 1, unit: 5 } as const;

  it.each(['trace-record', 'aspect-rpm'])('%s unplugged: back by itself', async (driver) => {
    using place = ptyLink();
    const rig = rigs.find((one) => one.driver === driver);
    if (rig === undefined) throw new Error(`no rig for ${driver}`);
    const link = isAsked(rig) ? { ...rtu, path: place.link.path, timeoutMs: 800 } : place.link;
    await using post = await watched({ ...rig, link });
    for (const fault of ['drop', 'garble']) {
      await post.fault({ do: fault });
      await post.alive();
      await post.hears();
    }
    expect(post.bench.states).toEqual(['online', 'offline', 'online']);
    expect(post.bench.refusals[0]?.bytes).toContain(0xff);
  });
});
