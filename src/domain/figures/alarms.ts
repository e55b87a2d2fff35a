import type { DispositionClass } from '../alarm.ts';
import { Priority } from '../words.ts';
import type { AlarmFigures, DeviceFigures } from './figures.ts';
import { shareOf } from './shares.ts';

/** Alarms that are alike in what is counted, and how many. */
export interface AlarmTally {
  readonly deviceId: string;
  readonly priority: Priority;
  readonly class: DispositionClass | null;
  readonly detection: boolean;
  readonly historical: boolean;
  readonly alarms: number;
  readonly unanswered: number;
  readonly chattering: number;
  readonly stale: number;
}

export interface Totals extends Pick<AlarmFigures, 'total' | 'historical' | 'chattering' | 'stale' | 'distribution'> {
  readonly unanswered: number;
  /** A condition needs no verdict. */
  readonly undisposed: number;
}

export function totalsOf(tallies: readonly AlarmTally[]): Totals {
  const live = tallies.filter(({ historical }) => !historical);
  const present = sum(live, ({ alarms }) => alarms);
  const total = sum(tallies, ({ alarms }) => alarms);
  return {
    total,
    historical: total - present,
    chattering: sum(live, ({ chattering }) => chattering),
    stale: sum(live, ({ stale }) => stale),
    distribution: Priority.options.map((priority) => {
      const alarms = sum(live, (tally) => (tally.priority === priority ? tally.alarms : 0));
      return { priority, alarms, share: shareOf(alarms, present) };
    }),
    unanswered: sum(live, ({ unanswered }) => unanswered),
    undisposed: sum(live, (tally) => (tally.detection && tally.class === null ? tally.alarms : 0)),
  };
}

/** By device. A verdict is one whenever the alarm was reported: the historical ones count here. */
export function deviceFigures(tallies: readonly AlarmTally[]): readonly DeviceFigures[] {
  const byDevice = Map.groupBy(tallies, ({ deviceId }) => deviceId);
  return [...byDevice]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([deviceId, own]) => {
      const of = (wanted: DispositionClass) => sum(own, (tally) => (tally.class === wanted ? tally.alarms : 0));
      const disposed = sum(own, (tally) => (tally.class === null ? 0 : tally.alarms)) - of('test');
      return {
        deviceId,
        alarms: sum(own, ({ alarms }) => alarms),
        historical: sum(own, (tally) => (tally.historical ? tally.alarms : 0)),
        disposed,
        real: of('real'),
        innocent: of('innocent'),
        false: of('false'),
        innocentShare: shareOf(of('innocent'), disposed),
        falseShare: shareOf(of('false'), disposed),
      };
    });
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
