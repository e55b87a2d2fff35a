import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Link } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DriverBench } from '../support/driver-bench.ts';
import { until } from '../support/until.ts';
import { contracted, named, type Post, type Rig, rigs, runRig, startRig } from './rigs.ts';
import { expectOwnTimes } from './times.ts';

const { signal } = new AbortController();
/** What the supervisor grants (src/runtime/supervisor.ts). */
const stopDeadlineMs = 3_000;

/** Plays until the driver has something new to say. */
async function hears({ alive }: Rig, post: Post, bench: DriverBench): Promise<void> {
  const before = bench.frames.length;
  await post.simulator.play(alive, signal);
  await until('a good frame', () => bench.frames.length > before, 10_000);
}

it('covers every driver', () => {
  expect(new Set(rigs.map(({ driver }) => driver))).toEqual(new Set(contracted.keys()));
});

describe.each(named)('%s', (_, rig) => {
  it('starts, goes online once, reports, and stops in time without a word', async () => {
    await using post = await startRig(rig);
    await using bench = runRig(rig, post);
    await until('online', () => bench.onlineCount() === 1);
    await hears(rig, post, bench);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
    expect(await bench.ended).toBeUndefined();
    expect(bench.onlineCount()).toBe(1);
  });

  it('stops at once when it is told before it has begun', async () => {
    await using post = await startRig(rig);
    const bench = runRig(rig, post);
    const began = performance.now();
    await bench.stop();
    expect(performance.now() - began).toBeLessThan(stopDeadlineMs);
    expect(bench.reports).toEqual([]);
  });

  it('ends its attempt with a reason when the device goes away', async () => {
    await using post = await startRig(rig);
    await using bench = runRig(rig, post);
    await until('online', () => bench.onlineCount() === 1);
    await post.unplug();
    const ended = await until('the end', async () => Promise.race([bench.ended, wait(20).then(() => null)]), 10_000);
    expect(ended).toBeInstanceOf(LanewatchError);
    expect(ended).toMatchObject({ code: expect.stringMatching(/^link-(lost|timeout|refused)$/) });
  });

  it('follows the clock where it is put, and never gives a value the time of another', async () => {
    await using post = await startRig(rig);
    let offsetMs = 0;
    const clock: Clock = {
      now: () => Date.now() + offsetMs,
      sleep: (ms, until_) => wait(ms, undefined, { signal: until_ }),
    };
    // A message has been stamped before a driver sees it.
    const now = rig.link.type === 'mqtt' ? Date.now : clock.now;
    await using bench = runRig(rig, post, { clock });
    await until('online', () => bench.onlineCount() === 1);
    for (const hours of [0, -1, 2]) {
      // What was asked before the clock was put may be answered after.
      await hears(rig, post, bench);
      offsetMs += hours * 3_600_000;
      await hears(rig, post, bench);
      const [from, before] = [bench.frames.length, now()];
      await hears(rig, post, bench);
      for (const { receivedAtMs } of bench.frames.slice(from)) {
        expect(receivedAtMs).toBeGreaterThanOrEqual(before);
        expect(receivedAtMs).toBeLessThanOrEqual(now());
      }
    }
    expectOwnTimes(post.definition, bench.reports);
  });

  it('leaves nothing open', async () => {
    const before = resources();
    {
      await using post = await startRig(rig);
      await using bench = runRig(rig, post);
      await until('online', () => bench.onlineCount() === 1);
      await hears(rig, post, bench);
      await bench.stop();
    }
    await until('everything is closed', () => resources() <= before);
  });

  it('a link the driver does not speak is a fault of the configuration', async () => {
    await using post = await startRig(rig);
    const speaksText = ['serial', 'tcp'].some((type) => post.definition.links.some((link) => link === type));
    const wrong: Link = speaksText
      ? { type: 'modbus-tcp', host: '127.0.0.1', port: 1, unit: 1 }
      : { type: 'tcp', host: '127.0.0.1', port: 1 };
    await using bench = runRig(rig, post, { link: wrong });
    expect(await bench.ended).toMatchObject({ code: 'configuration-fault' });
  });
});

describe.each(named.filter(([, { implausible }]) => implausible !== undefined))('%s', (_, rig) => {
  it('refuses a value that cannot be, with its bytes and reason, and goes on over the same link', async () => {
    const [spoil, mend] = rig.implausible ?? [];
    await using post = await startRig(rig);
    await using bench = runRig(rig, post);
    await until('online', () => bench.onlineCount() === 1);
    await post.simulator.play(spoil, signal);
    const refusal = await until('the refusal', () => bench.refusals[0]);
    expect(refusal.code).toMatch(/^[a-z0-9-]+$/);
    expect(refusal.reason.length).toBeGreaterThan(5);
    expect(refusal.bytes.length).toBeGreaterThan(0);
    await post.simulator.play(mend, signal);
    await hears(rig, post, bench);
    expect(bench.onlineCount()).toBe(1);
  });
});

/** Sockets, servers, pipes and threads that are open now. */
function resources(): number {
  return process.getActiveResourcesInfo().filter((one) => /TCP|Pipe|MessagePort|Worker|FSEvent|Process/.test(one))
    .length;
}
