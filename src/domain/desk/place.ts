import type { Passage } from '../passage.ts';
import { IdentifierKind } from '../words.ts';
import { keyOf } from './state.ts';

/** What joining asks of a passage, worked out once when the passage changes: it is asked for every frame of its lane. */
export interface Place {
  readonly passageId: string;
  readonly laneId: string;
  /** The occupancy's interval where there is one, else from the first read to the last; milliseconds. */
  readonly startMs: number;
  /** Infinite while occupied. */
  readonly endMs: number;
  /** Infinity while open. */
  readonly closedMs: number;
  /** Its subject has gone: closed, or its occupancy has ended. */
  readonly left: boolean;
  readonly occupiedBy: string | null;
  /** Reads, scans, samples and reports so far. */
  readonly joined: number;
  /** Kinds of identifier of which a valid one has been read, as bits (`validKindsOf`). */
  readonly validKinds: number;
  readonly scannedBy: readonly string[];
  /** Keys of the identifiers read, and of the device messages it holds, each under its device's own id. */
  readonly readKeys: readonly string[];
  readonly messageKeys: readonly string[];
}

/** `former`: of the same passage before, whose keys need not be made again: what has joined only grows. */
export function placeOf(passage: Passage, former?: Place): Place {
  const { identities, scans, samples, reports = [], occupancy, closedAt } = passage;
  const startMs = Date.parse(occupancy?.startedAt ?? passage.openedAt);
  const scanned = [...scans, ...samples];
  const joined = identities.length + scanned.length + reports.length;
  return {
    passageId: passage.id,
    laneId: passage.laneId,
    startMs,
    endMs: occupancy === null ? lastOf(startMs, [...identities, ...scanned]) : endOf(occupancy.endedAt),
    closedMs: endOf(closedAt),
    left: closedAt !== null || (occupancy !== null && occupancy.endedAt !== null),
    occupiedBy: occupancy?.deviceId ?? null,
    joined,
    validKinds: validKindsOf(identities),
    scannedBy: scanned.map(({ deviceId }) => deviceId),
    readKeys: grown(former?.readKeys, identities, ({ kind, value }) => keyOf(kind, value)),
    messageKeys: former?.joined === joined ? former.messageKeys : messagesOf(passage),
  };
}

function messagesOf({ identities, scans, samples, reports = [] }: Passage): readonly string[] {
  return [
    ...identities.map(({ deviceId, source }) => keyOf(deviceId, source)),
    ...[...scans, ...samples, ...reports].map(({ deviceId, id }) => keyOf(deviceId, id)),
  ];
}

function grown<T>(former: readonly string[] = [], items: readonly T[], key: (item: T) => string): readonly string[] {
  return former.length === items.length ? former : [...former, ...items.slice(former.length).map(key)];
}

const bits = new Map<string, number>(IdentifierKind.options.map((kind, at) => [kind, 1 << at]));

/** The kinds of the valid ones among these, as bits: what two sets share is asked for every passage in sight of a frame. */
export function validKindsOf(reads: readonly { readonly kind: string; readonly valid: boolean }[]): number {
  return reads.reduce((mask, { kind, valid }) => (valid ? mask | (bits.get(kind) ?? 0) : mask), 0);
}

function endOf(endedAt: string | null): number {
  return endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt);
}

function lastOf(startMs: number, joined: readonly { readonly at: string }[]): number {
  return joined.reduce((last, { at }) => Math.max(last, Date.parse(at)), startMs);
}
