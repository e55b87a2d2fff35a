import { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import { apply } from '../../src/domain/desk/apply.ts';
import { decide } from '../../src/domain/desk/decide.ts';
import { contextAt, type DeskInput, type DeskObservation, type DeskSettings } from '../../src/domain/desk/decision.ts';
import { numbered } from '../../src/domain/desk/numbering.ts';
import { type DeskState, emptyState } from '../../src/domain/desk/state.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { ExaminationPolicy } from '../../src/domain/examination-policy.ts';
import { MatchingPolicy } from '../../src/domain/matching-policy.ts';
import { type Lane, Site } from '../../src/domain/site.ts';
import { morningMs } from '../support/desk-bench.ts';
import { englishGuidance } from '../support/guidance.ts';

/** A desk without anything around it, by a clock of its own: what is fed to it is decided, numbered and applied. */
export interface BareDesk {
  readonly state: DeskState;
  nowMs: number;
  feed(input: DeskInput): readonly DomainEvent[];
}

export function bareDesk(keepMs: number, lanes: readonly Lane[]): BareDesk {
  let ids = 0;
  const settings: DeskSettings = {
    newId: () => `id-${++ids}`,
    site: Site.parse({ id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' }),
    lanes: new Map(lanes.map((lane) => [lane.id, lane])),
    deviceIds: new Set(),
    deviceModes: new Map(),
    alarms: AlarmPolicy.parse({}),
    guidance: englishGuidance(),
    matching: MatchingPolicy.parse({}),
    examinations: ExaminationPolicy.parse({}),
  };
  const state = emptyState(keepMs);
  const desk: BareDesk = {
    state,
    nowMs: morningMs,
    feed: (input) => {
      const context = contextAt(settings, desk.nowMs);
      const events = numbered(decide(state, input, context).drafts, state.sequence, context);
      for (const event of events) apply(state, event);
      return events;
    },
  };
  return desk;
}

/** What a device reports now, as it comes from its driver. */
export function seen({ nowMs }: BareDesk, deviceId: string, laneId: string, observation: DeskObservation): DeskInput {
  const raw = { deviceId, receivedAt: new Date(nowMs).toISOString(), sha256: 'a'.repeat(64) };
  return { type: 'observation', deviceId, laneId, raw, receivedAtMs: nowMs, observation };
}

/** Somebody disposes of every alarm that these events raised. */
export function disposeOf(desk: BareDesk, events: readonly DomainEvent[]): readonly DomainEvent[] {
  return events.flatMap((event) => {
    if (event.type !== 'lanewatch.alarm.raised') return [];
    const command = { type: 'dispose', alarmId: event.data.id, class: 'false', code: 'nii-false' } as const;
    return desk.feed({ type: 'command', command, actor: { by: 'anna', role: 'operator' } });
  });
}
