import { Tinypool } from 'tinypool';
import { LanewatchError, messageOf } from '../errors.ts';
import type { Workers } from '../ports/workers.ts';

const limits = { maxThreads: 2, idleTimeoutMs: 60_000, taskMs: 30_000, heapMb: 512 } as const;

/** Two threads for all devices, started when first needed. A task that takes too long is ended with its thread. */
export function openWorkerPool(): Workers & AsyncDisposable {
  const pool = new Tinypool({
    minThreads: 0,
    maxThreads: limits.maxThreads,
    idleTimeout: limits.idleTimeoutMs,
    execArgv: ['--import', new URL('./worker-priority.ts', import.meta.url).href],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  });
  return {
    run: async (module, name, input, signal) => {
      signal.throwIfAborted();
      const late = AbortSignal.timeout(limits.taskMs);
      try {
        const over = AbortSignal.any([signal, late]);
        return await pool.run(input, { filename: module.href, name, signal: over });
      } catch (cause) {
        signal.throwIfAborted();
        const what = late.aborted ? `took more than ${limits.taskMs / 1000} s` : messageOf(cause);
        throw new LanewatchError('internal', `${name}: ${what}`, { cause });
      }
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}
