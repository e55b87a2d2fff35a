import type { Alarm, LiveEvent } from '../contract/resources.ts';
import { priorityWords, signalWord } from '../words/alarm-words.ts';
import { isReal, needsAcknowledgement, priorityRank } from './board.ts';
import type { State } from './state.ts';

/**
 * One sentence for all alarms raised in a burst, the worst named; null for none. Historical and non-operational alarms
 * are not announced, nor those of what is out of service: nobody must jump up for them.
 */
export function announce(state: State, events: readonly LiveEvent[]): string | null {
  const raised = events
    .filter((event) => event.type === 'lanewatch.alarm.raised')
    .map((event) => event.data as Alarm)
    .filter((alarm) => isReal(alarm) && needsAcknowledgement(alarm))
    .sort((a, b) => priorityRank(a.priority) - priorityRank(b.priority));
  const worst = raised[0];
  if (worst === undefined) return null;
  const lane = state.lanes.find((candidate) => candidate.id === worst.laneId)?.name ?? worst.laneId;
  const target = worst.matches.length > 0 ? ', target' : '';
  const one = `${priorityWords[worst.priority]}: ${signalWord(worst)}, ${lane}${target}`;
  return raised.length === 1 ? `New alarm. ${one}.` : `${raised.length} new alarms. Worst: ${one}.`;
}
