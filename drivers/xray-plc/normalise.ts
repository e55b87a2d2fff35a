import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import type { Observation, Scan } from '../../src/domain/observation.ts';
import type { ScanDecision, Severity } from '../../src/domain/words.ts';
import type { Inputs, Result, ScanBlock } from './decode.ts';

const counterRange = 2 ** 32;

const decisions: Readonly<Record<Result, ScanDecision>> = {
  none: 'unknown',
  clear: 'clear',
  reject: 'alarm',
  unknown: 'unknown',
  timeout: 'unknown',
};

/** How many scans the counter has gone on; 0 for a PLC that began anew: its counter is far behind. Pure. */
export function stepOf(before: number, after: number): number {
  const step = (after - before + counterRange) % counterRange;
  return step < counterRange / 2 ? step : 0;
}

/**
 * A poll → the scan that is new in it. The counter as first found is nobody's scan; a step of more than one leaves out the scans
 * before the last. Pure.
 */
export function scansOf(before: number | null, block: ScanBlock, nowMs: number): readonly Observation[] {
  const step = before === null ? 0 : stepOf(before, block.counter);
  if (step === 0) return [];
  const missed: readonly Observation[] =
    step > 1 ? [{ type: 'occupancy-missed', missed: step - 1, counter: block.counter, observedAtMs: nowMs }] : [];
  return [...missed, scan(block, nowMs)];
}

function scan({ counter, result, bagTag }: ScanBlock, observedAtMs: number): Scan {
  // The counter begins anew with the PLC: only with its time is a scan itself.
  const scanId = `${counter}/${new Date(observedAtMs).toISOString()}`;
  const decision = decisions[result];
  const reason = decision === 'unknown' ? result : null;
  return {
    type: 'scan',
    signal: 'xray-object',
    scanId,
    decision,
    hazard: 'unknown',
    mode: null,
    identifiers: bagTag === null ? [] : [readIdentifier('bag-tag', bagTag, { method: 'barcode', confidence: null })],
    finding: { kind: 'xray', scanId, decision, source: 'PLC', reason, objects: [], imageUri: null },
    observedAtMs,
  };
}

const conditions: readonly (readonly [string, (inputs: Inputs) => boolean, Severity, string])[] = [
  ['not-ready', ({ ready }) => !ready, 'warning', 'the scanner is not ready'],
  ['scanner-fault', ({ fault }) => fault, 'error', 'the scanner reports a fault'],
  ['emergency-stop', ({ emergencyStop }) => emergencyStop, 'fatal', 'the emergency stop is pressed'],
  ['handling-fault', ({ handlingFault }) => handlingFault, 'error', 'the handling system reports a fault'],
  ['interlock-open', ({ interlockOpen }) => interlockOpen, 'error', 'an interlock is open'],
];

/** The inputs of one poll: conditions, and what the lights show. */
export function statesOf(inputs: Inputs, nowMs: number): readonly Observation[] {
  return conditions.map(([code, isActive, severity, text]) => ({
    type: 'condition',
    code,
    active: isActive(inputs),
    severity,
    text,
    observedAtMs: nowMs,
  }));
}

/** For the technician: what is on, by name, and the light a screening system would show (sheet xray-plc). */
export function settingsOf(inputs: Inputs): Readonly<Record<string, string>> {
  const on = Object.entries(inputs).flatMap(([name, value]) => (value ? [name] : []));
  const light = inputs.rejected ? 'red' : inputs.cleared ? 'green' : 'amber';
  return { inputs: on.join(' '), light };
}
