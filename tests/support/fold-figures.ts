import type { Alarm } from '../../src/domain/alarm.ts';
import type { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { Examination } from '../../src/domain/examination.ts';
import { deviceFigures, totalsOf } from '../../src/domain/figures/alarms.ts';
import { examinationFigures } from '../../src/domain/figures/examinations.ts';
import type { PeriodFigures } from '../../src/domain/figures/figures.ts';
import { matchFigures } from '../../src/domain/figures/matches.ts';
import { intervalMs, ratesOf } from '../../src/domain/figures/rates.ts';
import { shareOf, spreadOf } from '../../src/domain/figures/shares.ts';
import type { Passage } from '../../src/domain/passage.ts';

interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly policy: AlarmPolicy;
}

/** Every version that an alarm had, oldest first. */
type Life = { readonly now: Alarm; readonly versions: readonly Alarm[] };

const ms = (time: string) => Date.parse(time);

/** An answer by a clock that was set back in between took no time. */
const sinceRaised = ({ raisedAt }: Alarm, at: string) => Math.max(0, ms(at) - ms(raisedAt));

/** The figures the slow way, from the first event to the last: what the tables of the journal must say. */
export function foldFigures(events: readonly DomainEvent[], period: Period): PeriodFigures {
  const { fromMs, toMs, nowMs, policy } = period;
  const within = (atMs: number) => atMs >= fromMs && atMs < toMs;
  const lives = livesOf(events).filter(({ now }) => within(ms(now.raisedAt)));
  const live = lives.filter(({ now }) => !now.historical);
  const announced = announcementsOf(events).filter(({ atMs }) => within(atMs));
  const tallies = lives.map(({ now, versions }) => ({
    ...{ deviceId: now.deviceId, priority: now.priority, class: now.disposition?.class ?? null, alarms: 1 },
    ...{ detection: now.signal !== 'condition', historical: now.historical },
    unanswered: versions.some(({ acknowledged }) => acknowledged !== null) ? 0 : 1,
    chattering: versions.some(({ marks }) => marks?.includes('chattering')) ? 1 : 0,
    stale: versions.some(({ marks }) => marks?.includes('stale')) ? 1 : 0,
  }));
  const { unanswered, undisposed, ...totals } = totalsOf(tallies);
  const intervals = announced.map(({ laneId, atMs }) => ({
    laneId,
    interval: Math.floor(atMs / intervalMs),
    alarms: 1,
  }));
  const endMs = Math.min(toMs, nowMs);
  const chatterers = live.filter(({ versions }) => versions.some(({ marks }) => marks?.includes('chattering')));
  return {
    alarms: {
      ...totals,
      ...ratesOf(policy, Math.max(0, endMs - fromMs), intervals, floodsOf(events, fromMs, endMs)),
      timeToAcknowledge: {
        ...spreadOf(
          live.flatMap(({ now, versions }) => {
            const first = versions.find(({ acknowledged }) => acknowledged !== null)?.acknowledged;
            return first == null ? [] : [sinceRaised(now, first.at)];
          }),
        ),
        unanswered,
      },
      timeToDispose: {
        ...spreadOf(
          live.flatMap(({ now }) => (now.disposition === null ? [] : [sinceRaised(now, now.disposition.at)])),
        ),
        undisposed,
      },
      topSources: sources(announced)
        .slice(0, 10)
        .map((source) => ({ ...source, share: shareOf(source.alarms, announced.length) })),
      chatteringSources: sources(chatterers.map(({ now }) => ({ deviceId: now.deviceId, what: whatOf(now) }))),
    },
    devices: [...deviceFigures(tallies)],
    examinations: examinationFigures(
      examinationsOf(events).filter(({ atMs }) => within(atMs)),
      nowMs,
    ),
    matches: matchFigures(
      matchesOf(events)
        .filter(({ atMs }) => within(atMs))
        .map((match) => ({ ...match, matches: 1 })),
    ),
  };
}

function livesOf(events: readonly DomainEvent[]): readonly Life[] {
  const versions = new Map<string, Alarm[]>();
  for (const event of events) {
    if (!event.type.startsWith('lanewatch.alarm.')) continue;
    const alarm = event.data as Alarm;
    versions.set(alarm.id, [...(versions.get(alarm.id) ?? []), alarm]);
  }
  return [...versions.values()].flatMap((all) => {
    const now = all.at(-1);
    return now === undefined || now.mode !== 'operational' ? [] : [{ now, versions: all }];
  });
}

function whatOf({ signal, evidence }: Alarm): string {
  return evidence.kind === 'condition' ? `condition:${evidence.code}` : signal;
}

/** What came up before an operator: each detection, and each time that a condition came. */
function announcementsOf(events: readonly DomainEvent[]) {
  const former = new Map<string, Alarm>();
  return events.flatMap((event) => {
    if (!event.type.startsWith('lanewatch.alarm.')) return [];
    const alarm = event.data as Alarm;
    const before = former.get(alarm.id);
    former.set(alarm.id, alarm);
    const again = alarm.signal === 'condition' && before?.active === false && alarm.active;
    if (before !== undefined && !again) return [];
    if (alarm.mode !== 'operational' || alarm.historical) return [];
    if (alarm.state !== 'unacknowledged' && alarm.state !== 'returned') return [];
    return [{ laneId: alarm.laneId, deviceId: alarm.deviceId, what: whatOf(alarm), atMs: ms(alarm.updatedAt) }];
  });
}

function sources(items: readonly { deviceId: string; what: string }[]) {
  const counts = Map.groupBy(items, ({ deviceId, what }) => `${deviceId} ${what}`);
  return [...counts.values()]
    .flatMap((same) => same.slice(0, 1).map(({ deviceId, what }) => ({ deviceId, what, alarms: same.length })))
    .toSorted(
      (one, other) =>
        other.alarms - one.alarms || (`${one.deviceId} ${one.what}` < `${other.deviceId} ${other.what}` ? -1 : 1),
    );
}

function floodsOf(events: readonly DomainEvent[], fromMs: number, endMs: number) {
  const floods = events.flatMap((event, index) => {
    if (event.type !== 'lanewatch.flood.began') return [];
    const { position } = event.data;
    const end = events
      .slice(index)
      .find((later) => later.type === 'lanewatch.flood.ended' && later.data.position === position);
    const endedMs = end === undefined ? endMs : ms((end.data as { at: string }).at);
    return [{ position, ms: Math.min(endedMs, endMs) - Math.max(ms(event.data.at), fromMs) }];
  });
  return floods.filter((flood) => flood.ms > 0);
}

function examinationsOf(events: readonly DomainEvent[]) {
  const known = new Map<string, { now: Examination; criteria: readonly string[] }>();
  const reasons = new Map<string, readonly string[]>();
  for (const event of events) {
    if (event.subject.startsWith('targets/') && 'reasons' in event.data) {
      reasons.set(event.subject, event.data.reasons as string[]);
    }
    if (!event.type.startsWith('lanewatch.examination.')) continue;
    const now = event.data as Examination;
    const criteria = known.get(now.id)?.criteria ?? reasons.get(`targets/${now.targetId}`) ?? [];
    known.set(now.id, { now, criteria });
  }
  return [...known.values()]
    .filter(({ now }) => now.mode === 'operational')
    .map(({ now, criteria }) => ({
      atMs: ms(now.result?.at ?? (['missed', 'cancelled'].includes(now.state) ? now.updatedAt : now.dueAt)),
      ...{ state: now.state, requestedMs: ms(now.requested.at), dueMs: ms(now.dueAt) },
      ...{ resultMs: now.result === null ? null : ms(now.result.at), code: now.result?.code ?? null },
      ...{ deliveryLate: now.overdueAt.delivery !== null, reason: now.reason, laneId: now.laneId },
      ...{ originator: now.target?.originator ?? null, criteria },
    }));
}

/** As the passages show each proposal at last; one that is asked anew, after its target changed, is another proposal. */
function matchesOf(events: readonly DomainEvent[]) {
  const proposals = new Map<string, Passage['matches'][number]>();
  for (const event of events) {
    const passage = event.type.startsWith('lanewatch.passage.') ? (event.data as Passage) : null;
    if (passage?.mode !== 'operational') continue;
    for (const match of passage.matches) proposals.set(`${match.proposedAt} ${match.id}`, match);
  }
  return [...proposals.values()].map(({ proposedAt, method, target, verdict }) => ({
    ...{ atMs: ms(proposedAt), method, originator: target.originator, verdict: verdict?.verdict ?? null },
  }));
}
