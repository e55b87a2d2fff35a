import type { FigureTargets, LiveFigures, PeriodFigures } from '../domain/figures/figures.ts';

/** Performance figures. */
export interface FigureBook {
  /** From `fromMs`, before `toMs`. Computed off the main thread; rejects with `internal` when that takes too long. */
  over(period: { readonly fromMs: number; readonly toMs: number }): Promise<PeriodFigures>;
  live(): LiveFigures;
  readonly targets: FigureTargets;
}
