import { z } from 'zod';
import { Priority } from '../words.ts';

const Time = z.iso.datetime();
/** 0 to 1; null of nothing. */
const Share = z.number().nullable();
const Count = z.int();
const Spread = z.object({ samples: Count, medianS: z.number().nullable(), p90S: z.number().nullable() });

/** Alarms put before an operator: the intervals are the ten minutes of the clock, the average is over the whole period. */
const Rate = z.object({ alarms: Count, averagePer10Min: z.number().nullable(), peakPer10Min: Count });

/** One signal, or one condition code (`condition:…`), of one device. */
const Source = z.object({ deviceId: z.string(), what: z.string(), alarms: Count });

export const ExaminationFigures = z.object({
  examinations: Count.describe('Settled in the period; or not settled, and due in it.'),
  results: Count,
  onTime: Count,
  missed: Count,
  cancelled: Count,
  late: Count.describe('Without a result and past their due time.'),
  open: Count,
  onTimeShare: Share.describe('Results by their due time, of all that should have had one: results, missed and late.'),
  timeToResult: Spread.describe('From request to result.'),
  delivered: Count,
  deliveredInTime: Count,
  deliveredInTimeShare: Share.describe('Of those delivered, or late with it.'),
  examined: Count.describe('Results of an examination that took place: not-examined and test are none.'),
  hits: Count.describe('Of these, those that found something.'),
  hitRate: Share,
});
const NamedExaminations = ExaminationFigures.extend({ name: z.string() });

const MatchFigures = z.object({
  proposed: Count,
  confirmed: Count,
  rejected: Count,
  unsure: Count,
  open: Count.describe('No verdict yet.'),
  confirmedShare: Share.describe('Of those confirmed or rejected.'),
});
const NamedMatches = MatchFigures.extend({ name: z.string() });

const DeviceFigures = z.object({
  deviceId: z.string(),
  alarms: Count,
  historical: Count,
  disposed: Count.describe('With a verdict other than test.'),
  real: Count,
  innocent: Count,
  false: Count,
  innocentShare: Share,
  falseShare: Share,
});

const AlarmFigures = z.object({
  total: Count.describe('Raised in the period, the historical ones among them. All that follows is without these.'),
  historical: Count,
  chattering: Count,
  stale: Count,
  positions: z.array(Rate.extend({ position: z.string(), floodShare: Share })),
  lanes: z.array(Rate.extend({ laneId: z.string() })),
  distribution: z.array(z.object({ priority: Priority, alarms: Count, share: Share })),
  timeToAcknowledge: Spread.extend({ unanswered: Count }).describe(
    "From an alarm's beginning to its first answer; who still waits is counted apart.",
  ),
  timeToDispose: Spread.extend({ undisposed: Count }).describe("From an alarm's beginning to its verdict."),
  topSources: z.array(Source.extend({ share: Share })),
  chatteringSources: z.array(Source),
});

/** What a period was like. Nothing of it comes from exercises, tests and training. */
export const PeriodFigures = z.object({
  alarms: AlarmFigures,
  devices: z.array(DeviceFigures),
  examinations: ExaminationFigures.extend({
    byCriterion: z.array(NamedExaminations),
    byOriginator: z.array(NamedExaminations),
    byLane: z.array(NamedExaminations),
    byReason: z.array(NamedExaminations),
    bySelection: z.array(NamedExaminations),
  }),
  matches: MatchFigures.extend({ byMethod: z.array(NamedMatches), byOriginator: z.array(NamedMatches) }),
});

/** How it is now, by the desk's own state. */
export const LiveFigures = z.object({
  at: Time,
  positions: z
    .array(z.object({ position: z.string(), alarms: Count, flood: z.object({ since: Time }).nullable() }))
    .describe(
      "`alarms`: put before the operator within the policy's flood window; `flood`: since when, if there is one.",
    ),
  lanes: z.array(z.object({ laneId: z.string(), alarms: Count })),
  chattering: z.array(z.object({ alarmId: z.string(), deviceId: z.string(), what: z.string() })),
  stale: z.array(z.string()),
});

/** What the figures are to be held against. */
export const FigureTargets = z.object({
  alarmsPer10Min: z.object({ acceptable: z.number(), manageable: z.number() }),
  flood: z.object({ beginsAbove: Count, endsBelow: Count, withinS: z.number(), share: z.number() }),
  chattering: z.object({ count: Count, withinS: z.number() }),
  staleS: z.number(),
  distribution: z
    .object({ low: z.number(), medium: z.number(), high: z.number() })
    .describe('`high` is high and critical together.'),
});

export const Figures = PeriodFigures.extend({ from: Time, to: Time, live: LiveFigures, targets: FigureTargets });

export type Figures = z.infer<typeof Figures>;
export type PeriodFigures = z.infer<typeof PeriodFigures>;
export type LiveFigures = z.infer<typeof LiveFigures>;
export type FigureTargets = z.infer<typeof FigureTargets>;
export type AlarmFigures = z.infer<typeof AlarmFigures>;
export type DeviceFigures = z.infer<typeof DeviceFigures>;
export type ExaminationFigures = z.infer<typeof ExaminationFigures>;
export type MatchFigures = z.infer<typeof MatchFigures>;
