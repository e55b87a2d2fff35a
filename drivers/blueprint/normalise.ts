import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import { recogniseKind } from '../../src/domain/identifiers/recognise-kind.ts';
import type { Observation, Scan } from '../../src/domain/observation.ts';
import type { Hazard } from '../../src/domain/words.ts';
import type { BlueprintRecord } from './decode.ts';

/** The unit's newest scan, by its counter and its clock (ms); null until then. */
export interface BlueprintState {
  readonly number: number | null;
  readonly atMs: number;
}

/** One record → what it means, and the state after it. Pure: all it knows comes in as values. */
export function normalise(
  state: BlueprintState,
  record: BlueprintRecord,
  { receivedAtMs, hazard }: { readonly receivedAtMs: number; readonly hazard: Hazard },
): { readonly state: BlueprintState; readonly observations: readonly Observation[] } {
  if (record.type === 'cover') {
    // The line has no time: it is of when it arrived.
    const level = { active: record.open, severity: 'error', text: 'cover open', observedAtMs: receivedAtMs } as const;
    return { state, observations: [{ type: 'condition', code: 'tamper', ...level }] };
  }
  const { number, atMs } = record;
  // A smaller number of an older time comes late; of a newer one it is of a unit that began anew.
  if (state.number !== null && number < state.number && atMs <= state.atMs)
    return { state, observations: [scanOf(record, hazard)] };
  // The same number is a repeat, which the desk recognises by scanId.
  const missed = state.number === null ? 0 : number - state.number - 1;
  const gap = { type: 'occupancy-missed', missed, counter: number, observedAtMs: record.atMs } as const;
  return {
    state: { number, atMs },
    observations: missed > 0 ? [gap, scanOf(record, hazard)] : [scanOf(record, hazard)],
  };
}

function scanOf({ number, atMs, decision, subject }: Extract<BlueprintRecord, { type: 'scan' }>, hazard: Hazard): Scan {
  // The counter begins anew with the unit: only with its time is a scan itself.
  const scanId = `${number}/${new Date(atMs).toISOString()}`;
  const told = { source: 'MACHINE', reason: null, objects: [], imageUri: null };
  return {
    type: 'scan',
    signal: 'xray-object',
    scanId,
    decision,
    hazard,
    mode: null,
    identifiers: subject === null ? [] : [identifierOf(subject)],
    finding: { kind: 'xray', scanId, decision, ...told },
    observedAtMs: atMs,
  };
}

function identifierOf(raw: string) {
  return readIdentifier(recogniseKind(raw) ?? 'other', raw, { method: 'barcode', confidence: null });
}
