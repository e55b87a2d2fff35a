import type { Alarm } from '../domain/alarm.ts';
import type { Fact } from '../domain/event.ts';
import type { Examination } from '../domain/examination.ts';
import type { Match } from '../domain/match.ts';
import type { Passage } from '../domain/passage.ts';
import type { Sharer } from '../domain/sharing/sharer.ts';
import type { Viewer } from '../domain/sharing/viewer.ts';
import type { Target } from '../domain/target.ts';
import type { Page, PageQuery, Records } from '../ports/journal.ts';

type ListQuery = PageQuery & { readonly q?: string | undefined };

/** A resource that is about to be shown, as a fact. */
export interface Shown {
  readonly subject: string;
  readonly fact: Fact;
}

/**
 * The records with in them only what the viewer may have: what they may not know of is not there. A page may then hold fewer than
 * its limit; its cursor goes on all the same. Text is searched in what is shown, so that nobody finds by searching what they may
 * not read. `seen` is told of whatever is given out.
 */
export function sharedRecords(
  records: Records,
  sharer: Sharer,
  viewer: Viewer,
  seen: (shown: readonly Shown[]) => void,
): Records {
  const one = <T extends { readonly id: string }>(kind: Kind<T>, resource: T | undefined): T | undefined => {
    const shown = resource === undefined ? null : kind.share(sharer, viewer, resource);
    if (shown === null) return undefined;
    seen([{ subject: `${kind.path}/${shown.id}`, fact: kind.fact(shown) }]);
    return shown;
  };
  const list = <T extends { readonly id: string }>(kind: Kind<T>, { items, next }: Page<T>, { q }: ListQuery) => {
    const shown = items.flatMap((item) => {
      const shared = kind.share(sharer, viewer, item);
      return shared !== null && (q === undefined || holds(shared, q)) ? [shared] : [];
    });
    seen(shown.map((item) => ({ subject: `${kind.path}/${item.id}`, fact: kind.fact(item) })));
    return { items: shown, next };
  };
  return {
    ...records,
    alarms: (query) => list(alarms, records.alarms(query), query),
    alarm: (id) => one(alarms, records.alarm(id)),
    passages: (query) => list(passages, records.passages(query), query),
    passage: (id) => one(passages, records.passage(id)),
    targets: (query) => list(targets, records.targets(query), query),
    target: (id) => one(targets, records.target(id)),
    endedTarget: (originator, reference) => one(targets, records.endedTarget(originator, reference)),
    match: (id) => one(matches, records.match(id)),
    examinations: (query) => list(examinations, records.examinations(query), query),
    examination: (id) => one(examinations, records.examination(id)),
  };
}

interface Kind<T> {
  readonly path: string;
  share(sharer: Sharer, viewer: Viewer, resource: T): T | null;
  fact(resource: T): Fact;
}
const alarms: Kind<Alarm> = {
  path: 'alarms',
  share: (sharer, viewer, alarm) => sharer.alarm(viewer, alarm),
  fact: (data) => ({ type: 'lanewatch.alarm.updated', data }),
};
const passages: Kind<Passage> = {
  path: 'passages',
  share: (sharer, viewer, passage) => sharer.passage(viewer, passage),
  fact: (data) => ({ type: 'lanewatch.passage.updated', data }),
};
const targets: Kind<Target> = {
  path: 'targets',
  share: (sharer, viewer, target) => sharer.target(viewer, target),
  fact: (data) => ({ type: 'lanewatch.target.changed', data }),
};
const matches: Kind<Match> = {
  path: 'matches',
  share: (sharer, viewer, match) => sharer.match(viewer, match),
  fact: (data) => ({ type: 'lanewatch.match.proposed', data }),
};
const examinations: Kind<Examination> = {
  path: 'examinations',
  share: (sharer, viewer, examination) => sharer.examination(viewer, examination),
  fact: (data) => ({ type: 'lanewatch.examination.requested', data }),
};

function holds(shown: unknown, q: string): boolean {
  return JSON.stringify(shown).toLowerCase().includes(q.toLowerCase());
}
