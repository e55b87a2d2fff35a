import type { Passage } from '../passage.ts';
import type { Lane } from '../site.ts';
import type { LaneKind } from '../words.ts';
import type { DeskState } from './state.ts';

/** Lanes on which each subject stands alone, so that two ids of one kind are two subjects, never one conveyance. */
const perSubject: ReadonlySet<LaneKind> = new Set(['pedestrian', 'baggage', 'parcel']);

/** A passage takes no more reads, scans or samples than this; a flooding reader opens the next one instead. */
export const maxJoined = 32;

/** How far back in a lane's passages a frame may look for its own. */
const lookBack = 100;

export interface Seeking {
  readonly what: 'occupancy' | 'identity' | 'scan';
  readonly atMs: number;
  readonly deviceId: string;
  readonly identifiers: readonly { readonly kind: string; readonly value: string; readonly valid: boolean }[];
}

/**
 * The passage a frame belongs to, by the lane's window [start − before, end + after]: first the one that already knows
 * the subject, else the newest that does not contradict it. Undefined: it opens its own.
 */
export function findPassage(state: DeskState, lane: Lane, seeking: Seeking): Passage | undefined {
  const ids = state.lanePassages.get(lane.id) ?? [];
  let newest: Passage | undefined;
  for (let at = ids.length - 1; at >= Math.max(0, ids.length - lookBack); at -= 1) {
    const passage = state.passages.get(ids[at] ?? '');
    if (passage === undefined || !inWindow(passage, lane, seeking.atMs) || isFull(passage)) continue;
    if (seeking.what === 'occupancy') {
      if (!takesOccupancy(passage, seeking.deviceId)) continue;
    } else if (sharesIdentifier(passage, seeking)) {
      return passage;
    } else if (contradicts(passage, lane, seeking)) {
      continue;
    }
    newest ??= passage;
  }
  return newest;
}

/** Start and end: the occupancy's where there is one, else from the first read to the last. */
function inWindow(passage: Passage, lane: Lane, atMs: number): boolean {
  const { occupancy } = passage;
  const joined = [...passage.identities, ...passage.scans, ...passage.samples].map((item) => Date.parse(item.at));
  const start = occupancy === null ? Date.parse(passage.openedAt) : Date.parse(occupancy.startedAt);
  const ended = occupancy === null ? Math.max(start, ...joined) : Date.parse(occupancy.endedAt ?? '9999-12-31');
  return atMs >= start - lane.join.beforeS * 1000 && atMs <= ended + lane.join.afterS * 1000;
}

function isFull(passage: Passage): boolean {
  const { identities, scans, samples, reports = [] } = passage;
  return identities.length + scans.length + samples.length + reports.length >= maxJoined;
}

/** One occupancy a passage, but two portals of a lane may see the same subject at once. */
function takesOccupancy(passage: Passage, deviceId: string): boolean {
  if (passage.closedAt !== null) return false;
  const { occupancy } = passage;
  return occupancy === null || (occupancy.endedAt === null && occupancy.deviceId !== deviceId);
}

/** Many subjects share it: it says nothing about which one this is. */
const sharedByMany: ReadonlySet<string> = new Set(['flight']);

function sharesIdentifier(passage: Passage, { identifiers }: Seeking): boolean {
  return identifiers.some(
    ({ kind, value }) =>
      !sharedByMany.has(kind) && passage.identities.some((known) => known.kind === kind && known.value === value),
  );
}

/**
 * Is the frame of another subject than the passage's? A read of another value of a kind already read says so where
 * subjects stand alone, where the subject has left, and for scans, which carry the subject they were made of. A second
 * scan by the same device says so where subjects stand alone.
 */
function contradicts(passage: Passage, lane: Lane, seeking: Seeking): boolean {
  const alone = perSubject.has(lane.kind);
  const left = passage.closedAt !== null || (passage.occupancy !== null && passage.occupancy.endedAt !== null);
  const scanned = [...passage.scans, ...passage.samples].some((scan) => scan.deviceId === seeking.deviceId);
  if (seeking.what === 'scan' && alone && scanned) return true;
  if (seeking.what === 'identity' && !alone && !left) return false;
  return seeking.identifiers.some(
    (read) =>
      read.valid &&
      !sharedByMany.has(read.kind) &&
      passage.identities.some((known) => known.kind === read.kind && known.valid),
  );
}

/** Does the lane have portals, so that a passage opened by a read still waits for its occupancy? */
export function expectsOccupancy(lane: Lane): boolean {
  return lane.kind === 'vehicle' || lane.kind === 'container' || lane.kind === 'rail';
}

export const subjectOf: Readonly<Record<LaneKind, Passage['subject']>> = {
  vehicle: 'vehicle',
  container: 'container',
  rail: 'vehicle',
  pedestrian: 'person',
  baggage: 'bag',
  parcel: 'parcel',
  cargo: 'consignment',
};
