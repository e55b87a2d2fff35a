import type { z } from 'zod';
import type { Alarm } from '../../src/domain/alarm.ts';
import { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import type { Actor, Command } from '../../src/domain/command.ts';
import { apply } from '../../src/domain/desk/apply.ts';
import { decide } from '../../src/domain/desk/decide.ts';
import { contextAt, type DeskInput, type DeskObservation, type Refusal } from '../../src/domain/desk/decision.ts';
import { numbered } from '../../src/domain/desk/numbering.ts';
import { type DeskState, emptyState } from '../../src/domain/desk/state.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import type { RadiationFinding } from '../../src/domain/evidence.ts';
import { ExaminationRequest } from '../../src/domain/examination.ts';
import { ExaminationPolicy } from '../../src/domain/examination-policy.ts';
import type { ReadIdentifier } from '../../src/domain/observation.ts';
import type { Passage } from '../../src/domain/passage.ts';
import { Lane, MatchingPolicy, Site } from '../../src/domain/site.ts';
import { type Target, TargetInput } from '../../src/domain/target.ts';
import type { Mode } from '../../src/domain/words.ts';
import { englishGuidance } from './guidance.ts';

/** 2026-11-23T09:00:00Z, the morning on which all desk tests play. */
export const morningMs = Date.UTC(2026, 10, 23, 9);
export const keepMs = 3_600_000;

const lanes = (['vehicle', 'container', 'pedestrian', 'baggage'] as const).map((kind) =>
  Lane.parse({ id: kind, name: kind, kind }),
);
const guidance = englishGuidance();
const site = Site.parse({ id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' });

const anna: Actor = { by: 'anna', role: 'operator' };

/** The pure desk with a hand-turned clock: what goes in, which events come out, what the state is. */
export interface DeskBench {
  readonly events: DomainEvent[];
  state: DeskState;
  /** Seconds since the morning began. */
  atS: number;
  examinations: ExaminationPolicy;
  feed(input: DeskInput): readonly DomainEvent[];
  see(
    laneId: string,
    deviceId: string,
    observation: DeskObservation,
    parts?: { sha256?: string; receivedAtMs?: number },
  ): readonly DomainEvent[];
  tell(command: Command, actor?: Actor): readonly DomainEvent[];
  /** The refusal of a command that must be refused. */
  refusal(command: Command, actor?: Actor): Refusal;
  nowMs(): number;
  alarms(): readonly Alarm[];
  passages(): readonly Passage[];
  targets(): readonly Target[];
}

/** What is other than the default. */
export interface BenchPolicy {
  readonly alarms?: z.input<typeof AlarmPolicy>;
  readonly laneModes?: Readonly<Record<string, Mode>>;
  readonly deviceModes?: Readonly<Record<string, Mode>>;
}

export function deskBench({ alarms = {}, laneModes = {}, deviceModes = {} }: BenchPolicy = {}): DeskBench {
  let ids = 0;
  const settings = {
    newId: () => `id-${++ids}`,
    site,
    lanes: new Map(lanes.map((lane) => [lane.id, { ...lane, mode: laneModes[lane.id] }])),
    deviceModes: new Map(Object.entries(deviceModes)),
    deviceIds: new Set(['rpm', 'ocr', 'anpr', 'xray', 'reader']),
    alarms: AlarmPolicy.parse(alarms),
    guidance,
    matching: MatchingPolicy.parse({}),
  };
  const now = () => contextAt({ ...settings, examinations: bench.examinations }, bench.nowMs());
  const bench: DeskBench = {
    events: [],
    state: emptyState(keepMs),
    atS: 0,
    examinations: ExaminationPolicy.parse({}),
    nowMs: () => morningMs + bench.atS * 1000,
    feed: (input) => {
      const context = now();
      const decision = decide(bench.state, input, context);
      if (decision.refusal !== undefined) throw new Error(`refused: ${decision.refusal.detail}`);
      const events = numbered(decision.drafts, bench.events.length, context);
      bench.events.push(...events);
      for (const event of events) apply(bench.state, event);
      return events;
    },
    see: (laneId, deviceId, observation, parts = {}) => {
      const receivedAtMs = parts.receivedAtMs ?? bench.nowMs();
      const raw = {
        deviceId,
        receivedAt: new Date(receivedAtMs).toISOString(),
        sha256: parts.sha256 ?? 'a'.repeat(64),
      };
      return bench.feed({ type: 'observation', laneId, deviceId, observation, raw, receivedAtMs });
    },
    tell: (command, actor = anna) => bench.feed({ type: 'command', command, actor }),
    refusal: (command, actor = anna) => {
      const { refusal } = decide(bench.state, { type: 'command', command, actor }, now());
      if (refusal === undefined) throw new Error(`${command.type} was not refused`);
      return refusal;
    },
    alarms: () => [...bench.state.alarms.values()],
    passages: () => [...bench.state.passages.values()],
    targets: () => [...bench.state.targets.values()],
  };
  return bench;
}

export function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`expected one, got ${items.length}`);
  return item;
}

export function typesOf(events: readonly DomainEvent[]): readonly string[] {
  return events.map((event) => event.type.replace('lanewatch.', ''));
}

export function gammaFinding(change: Partial<RadiationFinding> = {}): RadiationFinding {
  const empty = { background: 900, threshold: 1110, peak: 1500, sigma: 20, durationS: 1, positionRatio: 0.5 };
  return { kind: 'radiation', channel: 'gamma', unit: 'cps', ...empty, profile: [{ t: 0, value: 1500 }], ...change };
}

/** A gamma sample in alarm, as the portal's driver reports it. */
export function gamma(atMs: number, count: number, active = true): Extract<DeskObservation, { type: 'detection' }> {
  const finding = gammaFinding({ peak: 1500 + count });
  return { type: 'detection', signal: 'gamma', hazard: 'radiological', active, count, finding, observedAtMs: atMs };
}

export function closing(atMs: number): Extract<DeskObservation, { type: 'occupancy-closed' }> {
  const profile = { gamma: [{ t: 0, value: 300 }], neutron: [] };
  return {
    type: 'occupancy-closed',
    observedAtMs: atMs,
    reason: 'device',
    counter: 7,
    durationS: 4,
    speedKmh: 9,
    direction: null,
    profile,
  };
}

export function read(
  kind: ReadIdentifier['kind'],
  value: string,
  change: Partial<ReadIdentifier> = {},
): ReadIdentifier {
  return { kind, value, raw: value, valid: true, issuer: null, method: 'ocr', confidence: 0.9, ...change };
}

export function identity(
  readId: string,
  identifiers: readonly ReadIdentifier[],
  atMs: number,
): Extract<DeskObservation, { type: 'identity' }> {
  return { type: 'identity', readId, identifiers, imageUri: null, observedAtMs: atMs };
}

export function xray(
  scanId: string,
  decision: 'alarm' | 'clear' | 'unknown' | 'aborted',
  atMs: number,
  identifiers: readonly ReadIdentifier[] = [],
  source = 'MACHINE',
): Extract<DeskObservation, { type: 'scan' }> {
  const finding = { kind: 'xray', scanId, decision, source, reason: null, objects: [], imageUri: null } as const;
  return {
    type: 'scan',
    signal: 'xray-object',
    scanId,
    decision,
    hazard: 'anomaly',
    mode: null,
    identifiers,
    finding: { ...finding, objects: [] },
    observedAtMs: atMs,
  };
}

export function targetInput(change: Partial<TargetInput> = {}): TargetInput {
  return TargetInput.parse({
    originator: 'freight-targeting',
    reference: 'FT-1',
    kind: 'container',
    identifiers: [{ kind: 'container', value: 'CSQU 305438-3' }],
    risk: 'high',
    requestedAction: 'examine',
    ...change,
  });
}

/** A request due in an hour of the desk's morning. */
export function examinationRequest(about: Partial<ExaminationRequest>): ExaminationRequest {
  return ExaminationRequest.parse({
    reason: 'radiation-alarm',
    kind: 'riid',
    unit: 'yard',
    dueAt: new Date(morningMs + 3_600_000).toISOString(),
    ...about,
  });
}
