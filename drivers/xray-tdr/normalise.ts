import type { XrayFinding } from '../../src/domain/evidence.ts';
import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import { recogniseKind } from '../../src/domain/identifiers/recognise-kind.ts';
import type { ReadIdentifier, Scan } from '../../src/domain/observation.ts';
import type { Hazard, IdentifierKind, ReadMethod, ScanDecision } from '../../src/domain/words.ts';
import type { ThreatReport } from './schema.ts';

type Threat = ThreatReport['threats'][number];
type Subject = NonNullable<ThreatReport['ooi']>;

/** Worst first. Any other category says what it looks like, not what it may do. */
const hazards: readonly (readonly [Threat['category'], Hazard])[] = [
  ['EXPLOSIVE', 'explosive'],
  ['PI', 'weapon'],
  ['CONTRABAND', 'contraband'],
  ['ANOMALY', 'anomaly'],
];
const decisions = { ALARM: 'alarm', CLEAR: 'clear', UNKNOWN: 'unknown' } as const satisfies Record<
  ThreatReport['alarmDecision'],
  ScanDecision
>;
const methods = { BARCODE: 'barcode', RFID: 'rfid', MRP: 'mrz', TEXT: 'manual' } as const satisfies Record<
  Subject['idType'],
  ReadMethod
>;

/** One report → one scan. An aborted scan decided nothing, unless it alarmed before: an abort never lowers an alarm. */
export function normalise(report: ThreatReport): Scan {
  const { scanId, abort, alarmDecision, alarmDecisionTime, scanType } = report;
  const decision = abort === null || alarmDecision === 'ALARM' ? decisions[alarmDecision] : 'aborted';
  return {
    type: 'scan',
    signal: 'xray-object',
    scanId,
    decision,
    hazard: hazardOf(report.threats),
    mode: scanType === 'NON_OPERATIONAL' ? 'test' : null,
    identifiers: identifiersOf(report),
    finding: findingOf(report, decision),
    observedAtMs: alarmDecisionTime,
  };
}

function hazardOf(threats: readonly Threat[]): Hazard {
  const present = new Set(
    threats.filter(({ assessment }) => assessment !== 'NO_THREAT').map(({ category }) => category),
  );
  return hazards.find(([category]) => present.has(category))?.[1] ?? 'unknown';
}

function findingOf(
  { scanId, tdrType, abort, threats, imageUri, operator, algorithm }: ThreatReport,
  decision: ScanDecision,
): XrayFinding {
  const objects = threats.map(({ ptoId: number, polygon: region, ...threat }) => ({ number, ...threat, region }));
  return { kind: 'xray', scanId, decision, source: tdrType, reason: abort, objects, imageUri, operator, algorithm };
}

function identifiersOf({ ooi, boardingPassId, carrierId }: ThreatReport): readonly ReadIdentifier[] {
  const reads: ReadIdentifier[] = [];
  const add = (kind: IdentifierKind, raw: string, method: ReadMethod) =>
    reads.push(readIdentifier(kind, raw, { method, confidence: null }));
  if (ooi !== null) add(kindOf(ooi), ooi.id, methods[ooi.idType]);
  if (boardingPassId !== null) add('boarding-pass', boardingPassId, 'unknown');
  if (carrierId !== null) add('other', carrierId, 'unknown');
  return reads;
}

/** What the scanner calls its subject narrows what its id can be. */
const kinds: Readonly<Partial<Record<Subject['type'], readonly IdentifierKind[]>>> = {
  CARGO: ['container', 'awb'],
  BAGGAGE: ['bag-tag'],
};

function kindOf({ id, type }: Subject): IdentifierKind {
  const kind = recogniseKind(id);
  return kind !== null && kinds[type]?.includes(kind) === true ? kind : 'other';
}
