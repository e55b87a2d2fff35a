import type { ProfilePoint } from './evidence.ts';
import { thinned } from './radiation.ts';

/** A profile is told with so many points at most; at 5 Hz the first two minutes stand as they came. */
const mostTold = 600;
/** And grows to twice as many before its stretches are joined two by two. */
const mostKept = 2 * mostTold;

interface Link {
  readonly point: ProfilePoint;
  readonly before: Link | null;
}

/**
 * The profile of an occupancy while it lasts. Adding to it copies nothing, and however long it lasts it stays bounded: then a
 * point stands for a stretch of samples and is the highest of them, so that no peak is lost.
 */
export interface GrowingProfile {
  /** All that were added. */
  readonly samples: number;
  /** How many of them each point stands for. */
  readonly stretch: number;
  readonly points: number;
  readonly newest: Link | null;
}

export const emptyProfile: GrowingProfile = { samples: 0, stretch: 1, points: 0, newest: null };

export function withSample(profile: GrowingProfile, point: ProfilePoint): GrowingProfile {
  const { samples, stretch, points, newest } = profile;
  if (newest !== null && samples % stretch !== 0) {
    const { point: standing, before } = newest;
    return { ...profile, samples: samples + 1, newest: { point: higher(standing, point), before } };
  }
  const longer = { samples: samples + 1, stretch, points: points + 1, newest: { point, before: newest } };
  return longer.points > mostKept ? joined(longer) : longer;
}

/** Oldest first, at most 600. */
export function pointsOf(profile: GrowingProfile): readonly ProfilePoint[] {
  return thinned(allOf(profile), mostTold);
}

/** The highest, the first of equals; undefined while there is none. */
export function topOf(profile: GrowingProfile): ProfilePoint | undefined {
  return allOf(profile).reduce<ProfilePoint | undefined>(
    (best, point) => (best ? higher(best, point) : point),
    undefined,
  );
}

function allOf({ newest }: GrowingProfile): ProfilePoint[] {
  const points: ProfilePoint[] = [];
  for (let link = newest; link !== null; link = link.before) points.push(link.point);
  return points.reverse();
}

/** The same with stretches twice as long. */
function joined(profile: GrowingProfile): GrowingProfile {
  const points = allOf(profile);
  let newest: Link | null = null;
  for (let at = 0; at < points.length; at += 2) {
    const [first, second] = points.slice(at, at + 2);
    if (first !== undefined) newest = { point: second === undefined ? first : higher(first, second), before: newest };
  }
  return { ...profile, stretch: profile.stretch * 2, points: Math.ceil(points.length / 2), newest };
}

function higher(one: ProfilePoint, other: ProfilePoint): ProfilePoint {
  return other.value > one.value ? other : one;
}
