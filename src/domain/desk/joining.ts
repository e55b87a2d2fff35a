import type { ReadIdentifier } from '../observation.ts';
import type { Passage } from '../passage.ts';
import type { Lane } from '../site.ts';
import type { LaneKind } from '../words.ts';
import { type Place, validKindsOf } from './place.ts';
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
  readonly identifiers: readonly Pick<ReadIdentifier, 'kind' | 'value' | 'valid'>[];
}

/**
 * The passage a frame belongs to, by the lane's window [start − before, end + after]: first the one that already knows
 * the subject, else the newest that does not contradict it. Undefined: it opens its own.
 */
export function findPassage(state: DeskState, lane: Lane, seeking: Seeking): Passage | undefined {
  const known = seeking.what === 'occupancy' ? undefined : knownSubject(state, lane, seeking);
  if (known !== undefined) return known;
  const places = state.lanePlaces.get(lane.id) ?? [];
  const alone = perSubject.has(lane.kind);
  const kinds = validKindsOf(seeking.identifiers.filter(({ kind }) => !sharedByMany.has(kind)));
  for (let at = places.length - 1; at >= Math.max(0, places.length - lookBack); at -= 1) {
    const place = places[at];
    if (place === undefined || !takes(place, lane, seeking.atMs)) continue;
    const fits =
      seeking.what === 'occupancy'
        ? takesOccupancy(place, seeking.deviceId)
        : !contradicts(place, alone, seeking, kinds);
    if (fits) return place.passage;
  }
  return undefined;
}

/** The newest passage of the lane in which one of the identifiers was read. */
function knownSubject(state: DeskState, lane: Lane, { identifiers, atMs }: Seeking): Passage | undefined {
  let newest: Place | undefined;
  for (const read of identifiers) {
    if (sharedByMany.has(read.kind)) continue;
    const place = newestRead(state, read, (place) => place.passage.laneId === lane.id && takes(place, lane, atMs));
    if (place !== undefined && isNewer(place, newest)) newest = place;
  }
  return newest?.passage;
}

/** Of the passages in which an identifier was read, and that fit, the one that began last. */
export function newestRead(
  { passageIndex, places }: DeskState,
  { kind, value }: Pick<ReadIdentifier, 'kind' | 'value'>,
  fits: (place: Place) => boolean,
): Place | undefined {
  let newest: Place | undefined;
  for (const id of passageIndex.keys.find(kind, value)) {
    const place = places.get(id);
    if (place === undefined || !isNewer(place, newest) || !fits(place)) continue;
    // The index finds look-alikes and corrections, too.
    if (place.passage.identities.some((read) => read.kind === kind && read.value === value)) newest = place;
  }
  return newest;
}

/** Where two began at once, the one that was opened later is newer. */
function isNewer(place: Place, than: Place | undefined): boolean {
  if (than === undefined || place.startMs !== than.startMs) return than === undefined || place.startMs > than.startMs;
  return place.opened > than.opened;
}

/** Within the lane's window, and not full. */
function takes({ startMs, endMs, joined }: Place, { join }: Lane, atMs: number): boolean {
  return joined < maxJoined && atMs >= startMs - join.beforeS * 1000 && atMs <= endMs + join.afterS * 1000;
}

/** One occupancy a passage, but two portals of a lane may see the same subject at once. */
function takesOccupancy({ passage: { closedAt, occupancy }, left }: Place, deviceId: string): boolean {
  return closedAt === null && (occupancy === null || (!left && occupancy.deviceId !== deviceId));
}

/** Many subjects share it: it says nothing about which one this is. */
const sharedByMany: ReadonlySet<string> = new Set(['flight']);

/**
 * Is the frame of another subject than the passage's? A read of another value of a kind already read says so where
 * subjects stand alone, where the subject has left, and for scans, which carry the subject they were made of. A second
 * scan by the same device says so where subjects stand alone.
 */
function contradicts(place: Place, alone: boolean, { what, deviceId }: Seeking, kinds: number): boolean {
  const readElse = (place.validKinds & kinds) !== 0;
  if (readElse && (what === 'scan' || alone || place.left)) return true;
  return what === 'scan' && alone && wasScannedBy(place.passage, deviceId);
}

function wasScannedBy({ scans, samples }: Passage, deviceId: string): boolean {
  return scans.some((scan) => scan.deviceId === deviceId) || samples.some((sample) => sample.deviceId === deviceId);
}

/** Do vehicles pass here, so that a passage opened by a read still waits for its occupancy? */
export function isConveyance(lane: Pick<Lane, 'kind'>): boolean {
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
