import type { DeskInput, DeskObservation } from '../../src/domain/desk/decision.ts';
import type { DomainEvent } from '../../src/domain/event.ts';
import { Lane } from '../../src/domain/site.ts';
import { type BareDesk, bareDesk, disposeOf, seen } from './bare-desk.ts';
import type { Traffic } from './traffic.ts';

const lanes = Array.from({ length: 8 }, (_, number) =>
  Lane.parse({ id: `belt-${number}`, name: `Belt ${number}`, kind: 'baggage', join: { settleS: 1 } }),
);
/** Bags a second: a hundred busy belts. */
export const bagsARound = 100;

/** Bags, each with an alarm of its own, which is disposed of; its passage settles, and the alarm with it. A round is a second. */
export function bagTraffic(keepMs: number): Traffic {
  const desk = bareDesk(keepMs, lanes);
  let bags = 0;
  return {
    desk,
    arrive: () => {
      desk.nowMs += 1_000;
      return Array.from({ length: bagsARound }, () => scanOf(desk, ++bags));
    },
    finish: (raised) => [...disposeOf(desk, raised), ...desk.feed({ type: 'tick' })],
  };
}

/** All that so many bags bring about. */
export function passBags(traffic: Traffic, rounds: number): readonly DomainEvent[] {
  return Array.from({ length: rounds }, () => {
    const raised = traffic.arrive().flatMap((input) => traffic.desk.feed(input));
    return [...raised, ...traffic.finish(raised)];
  }).flat();
}

function scanOf(desk: BareDesk, bag: number): DeskInput {
  const scanId = `s${bag}`;
  const tag = String(1_000_000_000 + bag);
  const read = { valid: true, issuer: null, method: 'barcode', confidence: null } as const;
  const lane = bag % lanes.length;
  const observation: DeskObservation = {
    type: 'scan',
    signal: 'xray-object',
    scanId,
    decision: 'alarm',
    hazard: 'anomaly',
    mode: null,
    identifiers: [{ kind: 'bag-tag', value: tag, raw: tag, ...read }],
    finding: { kind: 'xray', scanId, decision: 'alarm', source: 'MACHINE', reason: null, objects: [], imageUri: null },
    observedAtMs: desk.nowMs,
  };
  return seen(desk, `xray-${lane}`, `belt-${lane}`, observation);
}
