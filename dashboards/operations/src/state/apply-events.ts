import type {
  Alarm,
  ConditionFact,
  DeviceFact,
  DeviceState,
  DeviceStatus,
  LiveEvent,
  Match,
  Passage,
} from '../contract/resources.ts';
import type { State } from './state.ts';
import { forget, keepNewer } from './versions.ts';

const mostClosed = 400;

/** The state after events of the live stream. Events at or before the cursor were seen already: skipped. */
export function applyEvents(state: State, events: readonly LiveEvent[]): State {
  const fresh = events.filter((event) => state.cursor === null || event.sequence > state.cursor);
  const last = fresh.at(-1);
  if (last === undefined) return state;

  const about = (noun: string) => fresh.filter((event) => event.type.startsWith(`lanewatch.${noun}.`));
  const alarms = keepNewer(state.alarms, newest(about('alarm').map((event) => event.data as Alarm)));
  const passages = keepNewer(state.passages, newest(about('passage').map((event) => event.data as Passage)));
  const matches = about('match').map((event) => event.data as Match);
  const devices = [...about('device'), ...about('condition')].sort((a, b) => (a.sequence < b.sequence ? -1 : 1));

  const judged = withMatches(alarms, matches, (alarm, match) => alarm.id === match.alarmId);
  const needed = new Set([...judged.values()].filter(isOpen).map((alarm) => alarm.passageId));
  return {
    ...state,
    cursor: last.sequence,
    alarms: forget(judged, isOpen, mostClosed),
    passages: forget(
      withMatches(passages, matches, (passage, match) => passage.id === match.passageId),
      (passage) => passage.closedAt === null || needed.has(passage.id),
      mostClosed,
    ),
    devices: devices.reduce(applyToDevice, state.devices),
  };
}

/** On the board: everything but `normal`. */
export function isOpen(alarm: Alarm): boolean {
  return alarm.state !== 'normal';
}

/** The last of each id: an alarm that is updated ten times in one frame is drawn once. */
function newest<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}

/** A match event carries the match alone: it takes its place in what it belongs to. */
function withMatches<T extends { readonly id: string; readonly matches: readonly Match[] }>(
  known: ReadonlyMap<string, T>,
  matches: readonly Match[],
  belongs: (item: T, match: Match) => boolean,
): ReadonlyMap<string, T> {
  if (matches.length === 0) return known;
  const next = new Map(known);
  for (const match of matches) {
    for (const item of next.values()) {
      const former = item.matches.find((candidate) => candidate.id === match.id);
      const older = former !== undefined && former.version < match.version;
      if (!older && !(former === undefined && belongs(item, match))) continue;
      const others = item.matches.filter((candidate) => candidate.id !== match.id);
      next.set(item.id, { ...item, matches: [...others, { ...match, alarmId: former?.alarmId ?? match.alarmId }] });
    }
  }
  return next;
}

function applyToDevice(
  devices: ReadonlyMap<string, DeviceStatus>,
  event: LiveEvent,
): ReadonlyMap<string, DeviceStatus> {
  const device = devices.get((event.data as DeviceFact).deviceId);
  if (device === undefined) return devices;
  const verb = event.type.slice(event.type.lastIndexOf('.') + 1);
  const next = event.type.startsWith('lanewatch.device.')
    ? { ...device, state: verb as DeviceState, since: event.time }
    : { ...device, conditions: conditionsAfter(device, verb, event.data as ConditionFact) };
  return new Map(devices).set(device.id, next);
}

function conditionsAfter(device: DeviceStatus, verb: string, fact: ConditionFact): DeviceStatus['conditions'] {
  const others = device.conditions.filter((condition) => condition.code !== fact.code);
  if (verb === 'cleared') return others;
  return [...others, { code: fact.code, severity: fact.severity, text: fact.text, since: fact.observedAt }];
}
