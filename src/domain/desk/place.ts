import type { Passage } from '../passage.ts';

/** What joining asks of a passage, worked out once when the passage changes: it is asked for every frame of its lane. */
export interface Place {
  readonly passageId: string;
  readonly laneId: string;
  /** The occupancy's interval where there is one, else from the first read to the last; milliseconds. */
  readonly startMs: number;
  /** Infinite while occupied. */
  readonly endMs: number;
  readonly closed: boolean;
  /** Its subject has gone: closed, or its occupancy has ended. */
  readonly left: boolean;
  readonly occupiedBy: string | null;
  /** Reads, scans, samples and reports so far. */
  readonly joined: number;
  /** Kinds of identifier of which a valid one has been read. */
  readonly validKinds: ReadonlySet<string>;
  readonly scannedBy: ReadonlySet<string>;
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
    closed: closedAt !== null,
    left: closedAt !== null || (occupancy !== null && occupancy.endedAt !== null),
    occupiedBy: occupancy?.deviceId ?? null,
    joined: identities.length + scanned.length + reports.length,
    validKinds: new Set(identities.flatMap(({ valid, kind }) => (valid ? kind : []))),
    scannedBy: new Set(scanned.map(({ deviceId }) => deviceId)),
  };
}

function endOf(endedAt: string | null): number {
  return endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(endedAt);
}

function lastOf(startMs: number, joined: readonly { readonly at: string }[]): number {
  return joined.reduce((last, { at }) => Math.max(last, Date.parse(at)), startMs);
}
