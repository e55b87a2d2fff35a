import { fromCloudEvent } from '../../domain/cloud-event.ts';
import type { StoredEvent } from '../../ports/journal.ts';
import type { FeedParts } from './feeds.ts';

const type = 'lanewatch.examination.delivered';
const pageEvents = 100;

/**
 * Notes of each agency which result its side acknowledged last. The agency is the originator of the target, or else who asked for the
 * examination. What was acknowledged while nobody noted it is read from the journal first.
 */
export function followAcknowledgements({ book, journal, events }: FeedParts): Disposable {
  const note = (stored: StoredEvent): void => {
    const event = fromCloudEvent(stored.json);
    if (event.type !== type || event.data.delivered === null) return;
    const { id, target, requestedBy, delivered } = event.data;
    const acknowledged = { examinationId: id, by: delivered.by, at: delivered.at };
    book.acknowledge(target?.originator ?? requestedBy, acknowledged);
  };
  const { sequence: head } = journal.head();
  for (let after = book.lookedUpTo() ?? head; after < head; ) {
    const page = journal.read({ after, limit: pageEvents, types: [type] });
    for (const stored of page) note(stored);
    after = page.length < pageEvents ? head : (page.at(-1)?.sequence ?? head);
  }
  book.looked(head);
  return events.subscribe((committed) => {
    for (const stored of committed) if (stored.type === type) note(stored);
    book.looked(committed.at(-1)?.sequence ?? book.lookedUpTo() ?? 0);
  });
}
