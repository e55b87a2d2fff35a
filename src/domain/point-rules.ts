import { z } from 'zod';
import type { RadiationFinding } from './evidence.ts';
import { emptyProfile, type GrowingProfile, pointsOf, topOf, withSample } from './growing-profile.ts';
import type { Detection, Observation, OccupancyClosed } from './observation.ts';
import { Hazard, Severity } from './words.ts';

/** Rules over named values, for devices that are described as data (sheet maps). */
const name = z.string().regex(/^[A-Za-z][\w-]{0,39}$/, 'must be a short name');
const ms = z.int().min(0).max(3_600_000);

export const Rule = z.strictObject({
  when: z
    .strictObject({
      point: name,
      /** `set` is not 0, `clear` is 0. */
      op: z.enum(['>', '>=', '<', '<=', '==', '!=', 'set', 'clear']),
      value: z.number().optional(),
      /** Once true, a comparison stays so until the value has gone back by this much. */
      deadband: z.number().min(0).default(0),
    })
    .refine(({ op, value }) => (op === 'set' || op === 'clear') === (value === undefined), {
      message: 'set and clear take no value, the others need one',
    }),
  /** It must hold so long before it counts, and be over so long before it ends. */
  forMs: ms.default(0),
  clearForMs: ms.default(0),
  tell: z.discriminatedUnion('report', [
    z.strictObject({ report: z.literal('occupancy') }),
    z.strictObject({
      report: z.literal('detection'),
      signal: z.enum(['gamma', 'neutron']),
      hazard: Hazard.default('radiological'),
      /** Where the level is, and what it is compared with. */
      level: name,
      background: name.optional(),
      threshold: name.optional(),
    }),
    z.strictObject({
      report: z.literal('condition'),
      code: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be a code in kebab case'),
      severity: Severity,
      text: z.string().min(1).max(200),
    }),
  ]),
});
export type Rule = z.infer<typeof Rule>;

interface Hold {
  readonly active: boolean;
  /** Since when it has been the other way round; null while it is not. */
  readonly turningSinceMs: number | null;
}
interface Occupancy {
  readonly startedAtMs: number;
  readonly profile: Readonly<Record<'gamma' | 'neutron', GrowingProfile>>;
  readonly alarms: Readonly<Record<'gamma' | 'neutron', number>>;
}
export interface RuleState {
  readonly holds: readonly Hold[];
  readonly occupancy: Occupancy | null;
  readonly values: ReadonlyMap<string, number>;
}

/** Units by point, for the evidence. */
export interface RuleSettings {
  readonly rules: readonly Rule[];
  readonly units: ReadonlyMap<string, string>;
}

export const initialRules: RuleState = { holds: [], occupancy: null, values: new Map() };
const idle: Hold = { active: false, turningSinceMs: null };

/** New values of some points → what they mean. A point without a new value leaves its rules as they are. Pure. */
export function runRules(
  before: RuleState,
  fresh: ReadonlyMap<string, number>,
  { rules, units }: RuleSettings,
  atMs: number,
): { readonly state: RuleState; readonly observations: readonly Observation[] } {
  const values = new Map([...before.values, ...fresh]);
  const holds = rules.map((rule, at) => held(rule, before.holds[at] ?? idle, fresh.get(rule.when.point), atMs));
  const active = (at: number) => holds[at]?.active === true;
  const observations: Observation[] = [];
  for (const [at, { tell, when }] of rules.entries()) {
    if (tell.report !== 'condition' || !fresh.has(when.point)) continue;
    const { code, severity, text } = tell;
    observations.push({ type: 'condition', code, severity, text, active: active(at), observedAtMs: atMs });
  }
  const marked = rules.some(({ tell }, at) => tell.report === 'occupancy' && active(at));
  const detecting = rules.flatMap(({ tell }, at) => (tell.report === 'detection' && active(at) ? [tell] : []));
  let { occupancy } = before;
  if (occupancy === null && (marked || detecting.length > 0)) {
    // Its beginning was seen when the device was seen before, and says itself that it begins.
    const complete = marked && before.holds.length > 0;
    observations.push({ type: 'occupancy-opened', complete, observedAtMs: atMs });
    const profile = { gamma: emptyProfile, neutron: emptyProfile };
    occupancy = { startedAtMs: atMs, profile, alarms: { gamma: 0, neutron: 0 } };
  }
  if (occupancy !== null) {
    occupancy = sampled(occupancy, rules, fresh, detecting, atMs);
    const lasting = occupancy;
    for (const { tell } of rules) {
      if (tell.report !== 'detection' || lasting.alarms[tell.signal] === 0) continue;
      const alarming = detecting.includes(tell);
      const over = !marked && detecting.length === 0;
      if (alarming || over) observations.push(detectionOf(tell, lasting, values, units, alarming, atMs));
    }
    if (!marked && detecting.length === 0) {
      observations.push(closedAt(lasting, 'device', atMs));
      occupancy = null;
    }
  }
  return { state: { holds, occupancy, values }, observations };
}

/** The link is lost in mid-occupancy: what was seen ends here, its alarms with their last word, and says why. */
export function abandonRules(
  { occupancy, values }: RuleState,
  { rules, units }: RuleSettings,
  atMs: number,
): readonly Observation[] {
  if (occupancy === null) return [];
  const ended = rules.flatMap(({ tell }) =>
    tell.report === 'detection' && occupancy.alarms[tell.signal] > 0
      ? [detectionOf(tell, occupancy, values, units, false, atMs)]
      : [],
  );
  return [...ended, closedAt(occupancy, 'link-lost', atMs)];
}

function held(rule: Rule, before: Hold, value: number | undefined, atMs: number): Hold {
  if (value === undefined) return before;
  if (holds(rule.when, value, before.active) === before.active) return { ...before, turningSinceMs: null };
  const sinceMs = before.turningSinceMs ?? atMs;
  const waitMs = before.active ? rule.clearForMs : rule.forMs;
  return atMs - sinceMs >= waitMs
    ? { active: !before.active, turningSinceMs: null }
    : { ...before, turningSinceMs: sinceMs };
}

function holds({ op, value: limit = 0, deadband }: Rule['when'], value: number, active: boolean): boolean {
  const slack = active ? deadband : 0;
  switch (op) {
    case '>':
      return value > limit - slack;
    case '>=':
      return value >= limit - slack;
    case '<':
      return value < limit + slack;
    case '<=':
      return value <= limit + slack;
    case '==':
      return Math.abs(value - limit) <= slack;
    case '!=':
      return value !== limit;
    case 'set':
      return value !== 0;
    case 'clear':
      return value === 0;
    default:
      return op satisfies never;
  }
}

type DetectionRule = Extract<Rule['tell'], { report: 'detection' }>;

function sampled(
  occupancy: Occupancy,
  rules: readonly Rule[],
  fresh: ReadonlyMap<string, number>,
  detecting: readonly DetectionRule[],
  atMs: number,
): Occupancy {
  const t = secondsSince(occupancy, atMs);
  const grown = (signal: 'gamma' | 'neutron') => {
    const profile = occupancy.profile[signal];
    const rule = rules.find(({ tell }) => tell.report === 'detection' && tell.signal === signal)?.tell;
    const value = rule?.report === 'detection' ? fresh.get(rule.level) : undefined;
    return value === undefined ? profile : withSample(profile, { t, value });
  };
  const counted = (signal: 'gamma' | 'neutron') =>
    occupancy.alarms[signal] + (detecting.some((rule) => rule.signal === signal) ? 1 : 0);
  return {
    ...occupancy,
    profile: { gamma: grown('gamma'), neutron: grown('neutron') },
    alarms: { gamma: counted('gamma'), neutron: counted('neutron') },
  };
}

function detectionOf(
  rule: DetectionRule,
  occupancy: Occupancy,
  values: ReadonlyMap<string, number>,
  units: ReadonlyMap<string, string>,
  active: boolean,
  atMs: number,
): Detection {
  const profile = occupancy.profile[rule.signal];
  const top = topOf(profile) ?? { t: 0, value: 0 };
  const durationS = secondsSince(occupancy, atMs);
  const finding: RadiationFinding = {
    kind: 'radiation',
    channel: rule.signal,
    unit: units.get(rule.level) ?? '',
    background: values.get(rule.background ?? '') ?? null,
    threshold: values.get(rule.threshold ?? '') ?? null,
    peak: top.value,
    // Of a level in any unit no count statistics are known.
    sigma: null,
    durationS,
    positionRatio: durationS > 0 ? Math.min(1, top.t / durationS) : null,
    profile: [...pointsOf(profile)],
  };
  const { signal, hazard } = rule;
  return { type: 'detection', signal, hazard, active, count: occupancy.alarms[signal], finding, observedAtMs: atMs };
}

function closedAt(occupancy: Occupancy, reason: OccupancyClosed['reason'], atMs: number): OccupancyClosed {
  const { gamma, neutron } = occupancy.profile;
  const profile = { gamma: pointsOf(gamma), neutron: pointsOf(neutron) };
  const durationS = secondsSince(occupancy, atMs);
  const unknown = { counter: null, speedKmh: null, direction: null };
  return { type: 'occupancy-closed', reason, ...unknown, durationS, profile, observedAtMs: atMs };
}

/** Messages out of order and a clock that was set back make no time negative. */
function secondsSince({ startedAtMs }: Occupancy, atMs: number): number {
  return Math.max(0, (atMs - startedAtMs) / 1000);
}

/** A point of a profile names itself once, and rules name points that are there. */
export function nameFaults(points: readonly string[], rules: readonly Rule[]): readonly string[] {
  const repeated = points.filter((point, at) => points.indexOf(point) !== at);
  const asked = rules.flatMap(({ when, tell }) => [
    when.point,
    ...(tell.report === 'detection' ? [tell.level, tell.background, tell.threshold] : []),
  ]);
  const missing = asked.filter((point) => point !== undefined && !points.includes(point));
  return [
    ...repeated.map((point) => `the point ${point} is there twice`),
    ...missing.map((point) => `a rule names the point ${point}, which is not there`),
  ];
}
