import { seesEvent } from '../access.ts';
import type { Fact } from '../event.ts';
import type { Examination } from '../examination.ts';
import type { ExaminationSummary } from '../examination-summary.ts';
import type { Match } from '../match.ts';
import type { Target } from '../target.ts';
import type { Tlp } from '../words.ts';
import { isWithin, type Viewer } from './viewer.ts';

/** Whose a target is and who may have it. */
interface Owned {
  readonly originator: string;
  readonly tlp: Tlp;
  readonly release: readonly string[];
}

/**
 * May the viewer know of the target at all? Their own always. Else within their TLP ceiling and, since the originator controls it:
 * sent to the post, released to them, or marked for everybody (TLP:CLEAR) or the whole community (TLP:GREEN).
 */
export function seesTarget(viewer: Viewer, { originator, tlp, release }: Owned): boolean {
  const { agency } = viewer;
  if (agency === originator) return true;
  if (!isWithin(tlp, viewer.tlp)) return false;
  return agency === null || isWithin(tlp, 'green') || release.includes(agency);
}

export function ownerOf({ originator, handling }: Target): Owned {
  return { originator, tlp: handling.tlp, release: handling.release };
}

/** Recorded before it said who may see it: as closed as can be. */
export function ownerOfSummary({ originator, tlp, release }: NonNullable<Examination['target']>): Owned {
  return { originator, tlp: tlp ?? 'red', release: release ?? [] };
}

export function visibleMatches(viewer: Viewer, matches: readonly Match[]): Match[] {
  return matches.filter(({ target }) => seesTarget(viewer, ownerOfSummary(target)));
}

/** An examination is known to have been asked for; for which target only to those who may know of it. */
export function summariesFor(viewer: Viewer, summaries: readonly ExaminationSummary[], seen: readonly Match[]) {
  return summaries.map((summary) => {
    const known = viewer.agency === null || seen.some(({ targetId }) => targetId === summary.targetId);
    return known ? summary : { ...summary, targetId: null };
  });
}

/** Is it of a kind, a lane and a mode that the viewer gets? What is of no lane or mode is everybody's. */
export function isFor(viewer: Viewer, { type, data }: Fact): boolean {
  const { laneId = null, mode = 'operational' } = data as { laneId?: string | null; mode?: string };
  if (!seesEvent(viewer, type)) return false;
  if (viewer.lanes !== null && laneId !== null && !viewer.lanes.includes(laneId)) return false;
  return viewer.nonOperational || mode === 'operational';
}
