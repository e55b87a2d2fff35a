import type { Passage } from '../passage.ts';
import { IdentifierKind } from '../words.ts';

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
}

export function placeOf(passage: Passage): Place {
  const { identities, scans, samples, reports = [], occupancy, closedAt } = passage;
  const startMs = Date.parse(occupancy?.startedAt ?? passage.openedAt);
  const scanned = [...scans, ...samples];
  return {
    passageId: passage.id,
    laneId: passage.laneId,
    startMs,
    endMs: occupancy === null ? lastOf(startMs, [...identities, ...scanned]) : endOf(occupancy.endedAt),
    closedMs: endOf(closedAt),
    left: closedAt !== null || (occupancy !== null && occupancy.endedAt !== null),
    occupiedBy: occupancy?.deviceId ?? null,
    joined: identities.length + scanned.length + reports.length,
    validKinds: validKindsOf(identities),
    scannedBy: scanned.map(({ deviceId }) => deviceId),
  };
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
