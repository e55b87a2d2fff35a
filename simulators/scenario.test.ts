import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../src/ports/clock.ts';
import { loadScenario, playScenario, Scenario } from './scenario.ts';
import type { Simulator } from './simulator.ts';

/** A clock that jumps to the next wake-up. */
function jumpingClock(): Clock {
  let nowMs = 1_000_000;
  let turn = Promise.resolve();
  return {
    now: () => nowMs,
    sleep: (ms, signal) => {
      const dueMs = nowMs + ms;
      // Those who sleep wake in the order they were laid down, which suffices for one device.
      turn = turn.then(() => {
        nowMs = Math.max(nowMs, dueMs);
      });
      return turn.then(() => signal.throwIfAborted());
    },
  };
}

describe('a scenario', () => {
  const steps = [
    { atS: 5, device: 'a', action: { do: 'second' } },
    { atS: 1, device: 'a', action: { do: 'first' } },
  ];

  /** Plays until `most` actions, each of which takes `playMs`; returns what was played and when, in seconds. */
  async function play(scenario: Scenario, { playMs = 0, most = Number.POSITIVE_INFINITY } = {}): Promise<string[]> {
    const clock = jumpingClock();
    const stop = new AbortController();
    const startMs = clock.now();
    const played: string[] = [];
    const device: Simulator = {
      deviceId: 'a',
      link: { type: 'tcp', host: '127.0.0.1', port: 1 },
      play: async (action, signal) => {
        played.push(`${(clock.now() - startMs) / 1000} ${JSON.stringify(action)}`);
        if (played.length >= most) stop.abort();
        else await clock.sleep(playMs, signal);
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
    await playScenario(scenario, new Map([['a', device]]), stop.signal, clock);
    return played;
  }

  it('plays the steps of a device in the order of their times', async () => {
    const scenario = Scenario.parse({ seed: 1, steps });
    expect(await play(scenario)).toEqual(['1 {"do":"first"}', '5 {"do":"second"}']);
  });

  it('loops without drift, however long the actions take', async () => {
    const scenario = Scenario.parse({ seed: 1, loopS: 10, steps });
    expect(await play(scenario, { playMs: 2_500, most: 6 })).toEqual([
      '1 {"do":"first"}',
      '5 {"do":"second"}',
      '11 {"do":"first"}',
      '15 {"do":"second"}',
      '21 {"do":"first"}',
      '25 {"do":"second"}',
    ]);
  });

  it('begins a step late when the one before takes longer, and catches up', async () => {
    const scenario = Scenario.parse({ seed: 1, loopS: 10, steps });
    const times = (await play(scenario, { playMs: 4_500, most: 4 })).map((line) => Number.parseFloat(line));
    expect(times).toEqual([1, 5.5, 11, 15.5]);
  });

  it('with a device the post has not, ends with that said', async () => {
    const scenario = Scenario.parse({ seed: 1, steps: [{ atS: 0, device: 'z', action: {} }] });
    await expect(play(scenario)).rejects.toThrow('the scenario has a device z, the post has not');
  });
});

describe('a scenario file', () => {
  it('that is wrong is refused with every problem and its line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lanewatch-scenario-'));
    try {
      const file = join(folder, 'wrong.yaml');
      writeFileSync(
        file,
        'seed: 1\nsteps:\n  - { atS: -1, device: a, action: {} }\n  - { atS: 1, action: {}, do: x }\n',
      );
      expect(() => loadScenario(file)).toThrow(
        [
          `${file}:3: steps[0].atS: must be at least 0`,
          `${file}:4: steps[1].device: is missing`,
          `${file}:4: steps[1].do: is not a known key`,
        ].join('\n'),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
