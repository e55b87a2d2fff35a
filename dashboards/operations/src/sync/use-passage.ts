import { useEffect } from 'react';
import type { Passage } from '../contract/resources.ts';
import { useParts, useSelected } from '../shell/context.ts';

/** The passage of an alarm, fetched where it is not known yet. */
export function usePassage(passageId: string | null): Passage | undefined {
  const { passages } = useParts();
  const passage = useSelected((state) => (passageId === null ? undefined : state.passages.get(passageId)));
  const missing = passage === undefined ? passageId : null;
  useEffect(() => {
    if (missing !== null) passages.want(missing);
  }, [missing, passages]);
  return passage;
}
