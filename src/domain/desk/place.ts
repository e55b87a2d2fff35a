import { msOf } from '../iso-time.ts';
import type { Passage, PassageIdentity, PassageReport, PassageScan } from '../passage.ts';
import { IdentifierKind } from '../words.ts';

/** What joining asks of a passage, brought up to date when the passage changes: it is asked for every frame of its lane. */
export interface Place {
  passage: Passage;
  /** Number of the event that opened it. */
  readonly opened: number;
  /** When something last joined, in recorded time. */
  activityMs: number;
  /** The occupancy's interval where there is one, else from the first read to the last; milliseconds. */
  startMs: number;
  /** Infinity while occupied. */
  endMs: number;
  /** Infinity while open. */
  closedMs: number;
  /** Its subject has gone: closed, or its occupancy has ended. */
  left: boolean;
  /** Reads, scans, samples and reports so far. */
  joined: number;
  /** Kinds of identifier of which a valid one has been read, as bits (`validKindsOf`). */
  validKinds: number;
}

/** What has joined a passage. */
export interface Joined {
  readonly reads: readonly PassageIdentity[];
  readonly scans: readonly PassageScan[];
  readonly reports: readonly PassageReport[];
}

/** What has joined since the passage was as `former`; what has joined never goes. */
export function joinedSince(passage: Passage, former: Passage | undefined): Joined {
  const { identities, scans, samples, reports = [] } = passage;
  return {
    reads: behind(identities, former?.identities.length),
    scans: behind(scans, former?.scans.length).concat(behind(samples, former?.samples.length)),
    reports: behind(reports, former?.reports?.length),
  };
}

function behind<T>(items: readonly T[], known = 0): readonly T[] {
  return known === 0 ? items : items.slice(known);
}

/** The messages it came with: each device's own ids. */
export function eachMessage({ reads, scans, reports }: Joined, act: (deviceId: string, id: string) => void): void {
  for (const { deviceId, source } of reads) act(deviceId, source);
  for (const { deviceId, id } of scans) act(deviceId, id);
  for (const { deviceId, id } of reports) act(deviceId, id);
}

export function placeOf(passage: Passage, opened: number): Place {
  const startMs = msOf(startOf(passage));
  return {
    passage,
    opened,
    activityMs: startMs,
    startMs,
    endMs: startMs,
    closedMs: Number.POSITIVE_INFINITY,
    left: false,
    joined: 0,
    validKinds: 0,
  };
}

/** Brings the place to what it is with the passage as it is now; `joined`: what is new in it. */
export function follow(place: Place, passage: Passage, { reads, scans, reports }: Joined): void {
  const { occupancy, closedAt } = passage;
  if (startOf(passage) !== startOf(place.passage)) place.startMs = msOf(startOf(passage));
  place.passage = passage;
  place.joined += reads.length + scans.length + reports.length;
  place.validKinds |= validKindsOf(reads);
  if (occupancy !== null) {
    place.endMs = endOf(occupancy.endedAt);
  } else {
    for (const { at } of reads) place.endMs = Math.max(place.endMs, msOf(at));
    for (const { at } of scans) place.endMs = Math.max(place.endMs, msOf(at));
  }
  place.closedMs = endOf(closedAt);
  place.left = closedAt !== null || (occupancy !== null && occupancy.endedAt !== null);
}

const bits = new Map<string, number>(IdentifierKind.options.map((kind, at) => [kind, 1 << at]));

/** The kinds of the valid ones among these, as bits: what two sets share is asked for every passage in sight of a frame. */
export function validKindsOf(reads: readonly { readonly kind: string; readonly valid: boolean }[]): number {
  return reads.reduce((mask, { kind, valid }) => (valid ? mask | (bits.get(kind) ?? 0) : mask), 0);
}

function startOf({ occupancy, openedAt }: Passage): string {
  return occupancy?.startedAt ?? openedAt;
}

function endOf(endedAt: string | null): number {
  return endedAt === null ? Number.POSITIVE_INFINITY : msOf(endedAt);
}
