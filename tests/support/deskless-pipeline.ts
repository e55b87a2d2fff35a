import { emptyState } from '../../src/domain/desk/state.ts';
import type { Desk } from '../../src/runtime/desk.ts';
import type { Pipeline } from '../../src/runtime/pipeline.ts';
import { createReadingStore } from '../../src/runtime/readings.ts';

/** A pipeline that ends before the desk: `take` hears what the desk would have been told, and nothing is kept. */
export function desklessPipeline(take: Desk['take']): Pipeline {
  const noCommands = () => Promise.reject(new Error('no commands here'));
  return {
    desk: { take, command: noCommands, commands: noCommands, answered: noCommands, state: emptyState(0) },
    committer: {
      events: { subscribe: () => ({ [Symbol.dispose]: () => undefined }) },
      add: () => undefined,
      durable: async () => undefined,
      failure: () => null,
      settled: () => true,
      [Symbol.asyncDispose]: async () => undefined,
    },
    readings: createReadingStore(),
    spectra: { keep: () => '' },
  };
}
