import type { AlarmPolicy } from '../../domain/alarm-policy.ts';
import type { LiveFigures, PeriodFigures } from '../../domain/figures/figures.ts';
import { figureTargets } from '../../domain/figures/targets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FigureBook } from '../../ports/figures.ts';
import type { Workers } from '../../ports/workers.ts';

const reader = new URL('./figures.ts', import.meta.url);

export interface FigureBookParts {
  readonly dataDir: string;
  readonly policy: AlarmPolicy;
  readonly workers: Workers;
  readonly clock: Clock;
  live(): LiveFigures;
}

/**
 * Figures from the journal's database, read by a worker with a connection of its own, one period after the other: however
 * many ask, the other worker stays free for the devices.
 */
export function openFigureBook({ dataDir, policy, workers, clock, live }: FigureBookParts): FigureBook {
  let last: Promise<unknown> = Promise.resolve();
  const read = (period: { fromMs: number; toMs: number }): Promise<PeriodFigures> => {
    const input = { dataDir, query: { ...period, nowMs: clock.now(), policy } };
    return workers.run<PeriodFigures>(reader, 'readFigures', input, new AbortController().signal);
  };
  return {
    targets: figureTargets(policy),
    live,
    over: (period) => {
      const figures = last.then(() => read(period));
      last = figures.catch(() => undefined);
      return figures;
    },
  };
}
