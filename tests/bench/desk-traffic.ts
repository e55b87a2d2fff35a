import { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import { apply } from '../../src/domain/desk/apply.ts';
import { decide } from '../../src/domain/desk/decide.ts';
import { contextAt, type DeskInput, type DeskSettings } from '../../src/domain/desk/decision.ts';
import { numbered } from '../../src/domain/desk/numbering.ts';
import { type DeskState, emptyState } from '../../src/domain/desk/state.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { ExaminationPolicy } from '../../src/domain/examination-policy.ts';
import { MatchingPolicy } from '../../src/domain/matching-policy.ts';
import { Lane, Site } from '../../src/domain/site.ts';
import { morningMs } from '../support/desk-bench.ts';
import { englishGuidance } from '../support/guidance.ts';

const lanes = Array.from({ length: 8 }, (_, number) =>
  Lane.parse({ id: `belt-${number}`, name: `Belt ${number}`, kind: 'baggage', join: { settleS: 1 } }),
);
/** Bags a second: a hundred busy belts. */
const perSecond = 100;

/** A desk without anything around it, fed with bags that each raise an alarm, which is answered and disposed of. */
export interface Traffic {
  readonly state: DeskState;
  /** Lets so many bags pass; each is at least five decisions' share: opened, raised, disposed of, cleared, closed. */
  pass(bags: number, taken: (event: DomainEvent) => void): void;
}

export function deskTraffic(keepMs: number): Traffic {
  const state = emptyState(keepMs);
  let nowMs = morningMs;
  let ids = 0;
  let bags = 0;
  const fixed: DeskSettings = {
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
  const feed = (input: DeskInput, taken: (event: DomainEvent) => void): void => {
    const context = contextAt(fixed, nowMs);
    for (const event of numbered(decide(state, input, context).drafts, state.sequence, context)) {
      apply(state, event);
      taken(event);
    }
  };
  const answer = (event: DomainEvent, taken: (event: DomainEvent) => void): void => {
    if (event.type !== 'lanewatch.alarm.raised') return;
    const command = { type: 'dispose', alarmId: event.data.id, class: 'false', code: 'nii-false' } as const;
    feed({ type: 'command', command, actor: { by: 'anna', role: 'operator' } }, taken);
  };
  return {
    state,
    pass: (count, taken) => {
      for (let bag = 0; bag < count; bag += 1) {
        bags += 1;
        if (bags % perSecond === 0) {
          nowMs += 1_000;
          feed({ type: 'tick' }, taken);
        }
        const raised: DomainEvent[] = [];
        feed(scanOf(bags, nowMs), (event) => {
          raised.push(event);
          taken(event);
        });
        for (const event of raised) answer(event, taken);
      }
    },
  };
}

function scanOf(bag: number, nowMs: number): DeskInput {
  const scanId = `s${bag}`;
  const tag = String(1_000_000_000 + bag);
  const read = { valid: true, issuer: null, method: 'barcode', confidence: null } as const;
  const deviceId = `xray-${bag % lanes.length}`;
  return {
    type: 'observation',
    deviceId,
    laneId: lanes[bag % lanes.length]?.id ?? '',
    raw: { deviceId, receivedAt: new Date(nowMs).toISOString(), sha256: 'a'.repeat(64) },
    receivedAtMs: nowMs,
    observation: {
      type: 'scan',
      signal: 'xray-object',
      scanId,
      decision: 'alarm',
      hazard: 'anomaly',
      mode: null,
      identifiers: [{ kind: 'bag-tag', value: tag, raw: tag, ...read }],
      finding: {
        kind: 'xray',
        scanId,
        decision: 'alarm',
        source: 'MACHINE',
        reason: null,
        objects: [],
        imageUri: null,
      },
      observedAtMs: nowMs,
    },
  };
}
