import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { formatProblems, pathText } from '../src/config/problem.ts';
import { schemaFindings } from '../src/config/schema-findings.ts';
import { readYaml } from '../src/config/yaml-source.ts';
import { TargetInput } from '../src/domain/target.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Simulator } from './simulator.ts';

/** What happens at a post: at `atS` seconds the device plays the action. With `loopS` all of it again, that often. */
export const Scenario = z.strictObject({
  seed: z.int(),
  loopS: z.number().positive().optional(),
  targets: z.array(TargetInput).default([]),
  steps: z.array(
    z.strictObject({ atS: z.number().min(0), device: z.string(), action: z.record(z.string(), z.unknown()) }),
  ),
});
export type Scenario = z.infer<typeof Scenario>;

/** Reads a scenario file (YAML). Throws with every problem, a line each; the actions are for their simulators to judge. */
export function loadScenario(file: string): Scenario {
  const { value, faults, placeOf } = readYaml(readFileSync(file, 'utf8'));
  const parsed = Scenario.safeParse(value);
  if (parsed.success && faults.length === 0) return parsed.data;
  const findings = value === undefined ? [] : schemaFindings(parsed.error, value);
  throw new Error(
    formatProblems([
      ...faults.map(({ place, path, message }) => ({ file, ...place, path, message })),
      ...findings.map(({ path, message }) => ({ file, ...placeOf(path), path: pathText(path), message })),
    ]),
  );
}

/**
 * Plays the steps: those of one device in order, each when the one before it is played out; different devices at the same
 * time. Times count from the beginning, so they do not drift. Resolves when all is played, or the signal aborts; rejects when a
 * device fails, and stops the others.
 */
export async function playScenario(
  scenario: Scenario,
  simulators: ReadonlyMap<string, Simulator>,
  signal: AbortSignal,
  clock: Clock,
): Promise<void> {
  const startMs = clock.now();
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);

  const playDevice = async (device: string, steps: Scenario['steps']) => {
    const simulator = simulators.get(device);
    if (simulator === undefined) throw new Error(`the scenario has a device ${device}, the post has not`);
    let loop = 0;
    do {
      for (const { atS, action } of steps) {
        const dueMs = startMs + (loop * (scenario.loopS ?? 0) + atS) * 1000;
        await clock.sleep(Math.max(0, dueMs - clock.now()), stop);
        await simulator.play(action, stop);
      }
      loop += 1;
    } while (scenario.loopS !== undefined);
  };

  const inOrder = scenario.steps.toSorted((a, b) => a.atS - b.atS);
  const devices = Map.groupBy(inOrder, ({ device }) => device);
  const playing = [...devices].map(([device, steps]) =>
    playDevice(device, steps).catch((error: unknown) => {
      if (stop.aborted) return;
      failed.abort(error);
      throw error;
    }),
  );
  const results = await Promise.allSettled(playing);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
