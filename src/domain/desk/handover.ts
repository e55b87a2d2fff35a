import { msOf } from '../iso-time.ts';
import type { Passage, PassageIdentity } from '../passage.ts';
import type { IdentifierKind } from '../words.ts';
import { newestRead } from './joining.ts';
import { changePassage, type PassageWork } from './passage-work.ts';

/** Kinds that many subjects share, or that say nothing about which subject this is. */
const saysNothing: ReadonlySet<IdentifierKind> = new Set(['flight', 'other']);

/**
 * A subject that was read in another lane not long ago has come from there: both passages say so, so that whoever works at
 * the secondary sees what the primary saw. Only a valid read hands over; the newest passage that knows it is the one.
 */
export function handOver(work: PassageWork, reads: readonly PassageIdentity[]): void {
  if (work.passage.cameFrom !== undefined) return;
  for (const { kind, value, valid, at } of reads) {
    if (!valid || saysNothing.has(kind)) continue;
    const former = newestElsewhere(work, { kind, value });
    if (former === undefined) continue;
    const how = { kind, value, at };
    changePassage(work, { cameFrom: { passageId: former.id, laneId: former.laneId, ...how } });
    work.others.push({ ...former, wentOn: { passageId: work.passage.id, laneId: work.passage.laneId, ...how } });
    return;
  }
}

function newestElsewhere(
  { state, lane, passage, context }: PassageWork,
  read: Pick<PassageIdentity, 'kind' | 'value'>,
): Passage | undefined {
  return newestRead(state, read, ({ passage: other, startMs, endMs, left }) => {
    if (other.laneId === lane.id) return false;
    const openedMs = msOf(passage.openedAt);
    const sinceMs = Math.min(openedMs, context.nowMs) - lane.join.handoverS * 1000;
    return startMs <= openedMs && (!left || endMs >= sinceMs);
  })?.passage;
}
