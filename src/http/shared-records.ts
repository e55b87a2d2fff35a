import type { Sharer } from '../domain/sharing/sharer.ts';
import type { Viewer } from '../domain/sharing/viewer.ts';
import type { Page, PageQuery, Records } from '../ports/journal.ts';

type ListQuery = PageQuery & { readonly q?: string | undefined };

/**
 * The records with in them only what the viewer may have: what they may not know of is not there. A page may then hold fewer than
 * its limit; its cursor goes on all the same. Text is searched in what is shown, so that nobody finds by searching what they may not read.
 */
export function sharedRecords(records: Records, sharer: Sharer, viewer: Viewer): Records {
  const one = <T>(resource: T | undefined, share: (viewer: Viewer, resource: T) => T | null): T | undefined =>
    resource === undefined ? undefined : (share(viewer, resource) ?? undefined);
  const list = <T>(page: Page<T>, { q }: ListQuery, share: (viewer: Viewer, resource: T) => T | null): Page<T> => ({
    items: page.items.flatMap((item) => {
      const shown = share(viewer, item);
      return shown !== null && (q === undefined || holds(shown, q)) ? [shown] : [];
    }),
    next: page.next,
  });
  return {
    ...records,
    alarms: (query) => list(records.alarms(query), query, sharer.alarm),
    alarm: (id) => one(records.alarm(id), sharer.alarm),
    passages: (query) => list(records.passages(query), query, sharer.passage),
    passage: (id) => one(records.passage(id), sharer.passage),
    targets: (query) => list(records.targets(query), query, sharer.target),
    target: (id) => one(records.target(id), sharer.target),
    targetBy: (originator, reference) => one(records.targetBy(originator, reference), sharer.target),
    match: (id) => one(records.match(id), sharer.match),
    examinations: (query) => list(records.examinations(query), query, sharer.examination),
    examination: (id) => one(records.examination(id), sharer.examination),
  };
}

function holds(shown: unknown, q: string): boolean {
  return JSON.stringify(shown).toLowerCase().includes(q.toLowerCase());
}
