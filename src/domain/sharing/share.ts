import { about, type Fact } from '../event.ts';
import { isFor, ownerOf, ownerOfSummary, seesTarget, summariesFor, visibleMatches } from './entitled.ts';
import { byProfile, mask } from './masking.ts';
import { mapPersonal, type OfPersonal } from './personal.ts';
import { datedMs, keptAs, type RetentionPolicy, retainedAs } from './retention.ts';
import type { Viewer } from './viewer.ts';

/** What besides the viewer decides how much is shown. */
export interface SharingContext {
  readonly retention: RetentionPolicy;
  readonly nowMs: number;
}

/**
 * What of a fact a viewer may have: the same with less in it, or null. The only rule for whatever leaves, whichever way. First
 * whether at all (kind, lane, mode), then without the targets they may not know of, then personal data by their profile and by
 * its age: what the retention policy has masked, nobody gets whole.
 */
export function share<F extends Fact>(viewer: Viewer, fact: F, recordedAt: string, context: SharingContext): F | null {
  if (!isFor(viewer, fact)) return null;
  const entitled = withoutForeign(viewer, fact);
  if (entitled === null) return null;
  return mapPersonal({ ...fact, data: entitled }, ofAge(viewer, fact, recordedAt, context));
}

/** What is old enough is masked, or gone; the rest as the profile has it. Two persons may lift what masks. */
function ofAge(viewer: Viewer, fact: Fact, recordedAt: string, { retention, nowMs }: SharingContext): OfPersonal {
  const dated = datedMs(fact, recordedAt);
  const unmasked = viewer.unmasked?.includes(subjectOf(fact)) ?? false;
  const of = byProfile(unmasked ? 'full' : viewer.personalData);
  return (kind, value) => {
    const kept = keptAs(retention, retainedAs[kind], dated, nowMs);
    if (kept === 'deleted') return null;
    const given = of(kind, value);
    return kept === 'masked' && given !== null && !unmasked ? mask(kind, given) : given;
  };
}

const plurals: Readonly<Record<string, string>> = { match: 'matches' };

function subjectOf(fact: Fact): string {
  const { noun, data } = about(fact);
  return 'id' in data ? `${plurals[noun] ?? `${noun}s`}/${data.id}` : '';
}

/** The fact without what is of targets that the viewer may not know of; null where it is about nothing else. */
function withoutForeign(viewer: Viewer, fact: Fact): Fact['data'] | null {
  const { noun, data } = about(fact);
  switch (noun) {
    case 'target':
      return seesTarget(viewer, ownerOf(data)) ? data : null;
    case 'match':
      return seesTarget(viewer, ownerOfSummary(data.target)) ? data : null;
    case 'interdiction':
      return seesTarget(viewer, ownerOfSummary(data.match.target)) ? data : null;
    case 'examination':
      if (data.target === null || seesTarget(viewer, ownerOfSummary(data.target))) return data;
      return { ...data, target: null, targetId: null, instructions: null };
    case 'alarm':
    case 'passage': {
      const matches = visibleMatches(viewer, data.matches);
      const { examinations } = data;
      const summaries = examinations && { examinations: summariesFor(viewer, examinations, matches) };
      return { ...data, matches, ...summaries };
    }
    case 'message':
    case 'equipment':
      return fact.data;
    default:
      return noun satisfies never;
  }
}
