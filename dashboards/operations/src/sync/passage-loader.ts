import type { Api } from '../contract/api.ts';
import type { Passage } from '../contract/resources.ts';
import type { Store } from '../state/store.ts';

/** Fetches passages of old alarms when their row or page is drawn; newer ones come by the live stream. */
export interface PassageLoader {
  want(passageId: string): void;
}

const atOnce = 4;

export function createPassageLoader(api: Api, store: Store): PassageLoader {
  const asked = new Set<string>();
  const waiting: string[] = [];
  let busy = 0;

  function next() {
    const id = busy < atOnce ? waiting.shift() : undefined;
    if (id === undefined) return;
    busy += 1;
    api
      .get<Passage>(`/passages/${encodeURIComponent(id)}`)
      .then(
        (passage) => store.dispatch({ type: 'answered', passages: [passage] }),
        // Without its passage a row shows no subject; it is asked for again when drawn again.
        () => asked.delete(id),
      )
      .finally(() => {
        busy -= 1;
        next();
      });
  }
  return {
    want(id) {
      if (asked.has(id) || store.get().passages.has(id)) return;
      asked.add(id);
      waiting.push(id);
      next();
    },
  };
}
