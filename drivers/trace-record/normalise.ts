import type { TraceFinding } from '../../src/domain/evidence.ts';
import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import { recogniseKind } from '../../src/domain/identifiers/recognise-kind.ts';
import type { Observation, ReadIdentifier, Scan } from '../../src/domain/observation.ts';
import type { TraceRecord } from './record.ts';
import { findSubstance } from './substances.ts';

type Sample = Extract<TraceRecord, { type: 'sample' }>;

/** The unit's newest sample, by its counter and its clock (ms); null until then. */
export interface TraceState {
  readonly number: number | null;
  readonly atMs: number;
}

export const initialState: TraceState = { number: null, atMs: 0 };

const decisions = { ALARM: 'alarm', PASS: 'clear', ERROR: 'aborted' } as const;
/** The worst first. */
const ranking = ['chemical', 'explosive', 'narcotic', 'unknown'] as const;

/** One record → what it means. Pure. */
export function normalise(
  state: TraceState,
  record: TraceRecord,
  receivedAtMs: number,
): { readonly state: TraceState; readonly observations: readonly Observation[] } {
  if (record.type === 'state') return { state, observations: unitState(record, receivedAtMs) };
  const { number, atMs } = record;
  const step = state.number === null ? 1 : number - state.number;
  // A smaller number of an older time comes late; of a newer one it is of a unit that began anew.
  if (step < 0 && atMs <= state.atMs) return { state, observations: [sample(record)] };
  const gap: readonly Observation[] =
    step > 1 ? [{ type: 'occupancy-missed', missed: step - 1, counter: number, observedAtMs: record.atMs }] : [];
  return { state: { number, atMs }, observations: [...gap, sample(record)] };
}

function sample(record: Sample): Scan {
  const { serial, number, atMs, subject } = record;
  const substances = record.substances.map(({ name, peak, threshold, k0 }) => {
    const known = findSubstance(name);
    const hazard = known?.hazard ?? ('unknown' as const);
    return { name: known?.name ?? name, cas: known?.cas ?? null, hazard, amplitude: peak, threshold, k0 };
  });
  const above = substances.filter(
    (substance) => substance.threshold !== null && substance.amplitude >= substance.threshold,
  );
  const present = (above.length > 0 ? above : substances).map((substance) => substance.hazard);
  const hazard = ranking.find((candidate) => present.includes(candidate)) ?? 'unknown';
  const decision = decisions[record.result];
  const finding: TraceFinding = { kind: 'trace', sampleId: `${serial}/${number}`, decision, substances };
  return {
    type: 'scan',
    signal: hazard === 'chemical' ? 'chemical-agent' : 'trace-substance',
    // The counter starts again with the unit: only with its time is a sample itself.
    scanId: `${serial}/${number}/${new Date(atMs).toISOString()}`,
    decision,
    hazard,
    mode: null,
    identifiers: subject === null ? [] : [subjectOf(subject)],
    finding,
    observedAtMs: atMs,
  };
}

/** The subject id as typed or scanned at the unit: recognised by its form. */
function subjectOf(raw: string): ReadIdentifier {
  return readIdentifier(recogniseKind(raw) ?? 'other', raw, { method: 'unknown', confidence: null });
}

/** FAULT is a condition; warming up, calibrating and baking out only show the unit as not available. */
function unitState(
  { state, code, text, serial }: Extract<TraceRecord, { type: 'state' }>,
  observedAtMs: number,
): readonly Observation[] {
  const settings = { serial, state, available: state === 'READY' };
  return [
    { type: 'settings', settings, observedAtMs },
    {
      type: 'condition',
      code: 'device-fault',
      active: state === 'FAULT',
      severity: 'error',
      text: `unit fault ${code} ${text}`.trim(),
      observedAtMs,
    },
  ];
}
