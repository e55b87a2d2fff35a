import type { ExaminationFigures, Figures, MatchFigures } from '../../../domain/figures/figures.ts';
import { ids } from './ids.ts';

const examined: ExaminationFigures = {
  examinations: 8,
  results: 6,
  onTime: 5,
  missed: 1,
  cancelled: 1,
  late: 0,
  open: 0,
  onTimeShare: 0.714,
  timeToResult: { samples: 6, medianS: 1_260, p90S: 2_940 },
  delivered: 6,
  deliveredInTime: 6,
  deliveredInTimeShare: 1,
  examined: 6,
  hits: 2,
  hitRate: 0.333,
};
const matched: MatchFigures = { proposed: 9, confirmed: 6, rejected: 2, unsure: 0, open: 1, confirmedShare: 0.75 };
const rate = { alarms: 31, averagePer10Min: 0.22, peakPer10Min: 4 };
const source = { deviceId: 'rpm-1', what: 'gamma', alarms: 19 };

/** A day of the post. */
export const figures: Figures = {
  from: '2026-11-22T10:00:00.000Z',
  to: '2026-11-23T10:00:00.000Z',
  alarms: {
    total: 32,
    historical: 1,
    chattering: 0,
    stale: 0,
    positions: [{ position: 'post', ...rate, floodShare: 0 }],
    lanes: [{ laneId: 'container-import', ...rate }],
    distribution: [
      { priority: 'critical', alarms: 1, share: 0.032 },
      { priority: 'high', alarms: 19, share: 0.613 },
      { priority: 'medium', alarms: 7, share: 0.226 },
      { priority: 'low', alarms: 4, share: 0.129 },
    ],
    timeToAcknowledge: { samples: 31, medianS: 12, p90S: 41, unanswered: 0 },
    timeToDispose: { samples: 30, medianS: 610, p90S: 2_300, undisposed: 1 },
    topSources: [{ ...source, share: 0.613 }],
    chatteringSources: [],
  },
  devices: [
    {
      deviceId: 'rpm-1',
      alarms: 19,
      historical: 0,
      disposed: 18,
      real: 1,
      innocent: 14,
      false: 3,
      innocentShare: 0.778,
      falseShare: 0.167,
    },
  ],
  examinations: {
    ...examined,
    byCriterion: [{ name: 'declared empty, weighs 12 t', ...examined }],
    byOriginator: [{ name: 'freight-targeting', ...examined }],
    byLane: [{ name: 'container-import', ...examined }],
    byReason: [{ name: 'targeting-recommendation', ...examined }],
    bySelection: [{ name: 'targeted', ...examined }],
  },
  matches: {
    ...matched,
    byMethod: [{ name: 'exact', ...matched }],
    byOriginator: [{ name: 'freight-targeting', ...matched }],
  },
  live: {
    at: '2026-11-23T10:00:00.000Z',
    positions: [{ position: 'post', alarms: 2, flood: null }],
    lanes: [{ laneId: 'container-import', alarms: 2 }],
    chattering: [],
    stale: [ids.alarm],
  },
  targets: {
    alarmsPer10Min: { acceptable: 1, manageable: 2 },
    flood: { beginsAbove: 10, endsBelow: 5, withinS: 600, share: 0.01 },
    chattering: { count: 3, withinS: 60 },
    staleS: 86_400,
    distribution: { low: 0.8, medium: 0.15, high: 0.05 },
  },
};
