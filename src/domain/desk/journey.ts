import type { Passage } from '../passage.ts';
import type { DeskState } from './state.ts';

/** A subject goes on from lane to lane a few times, never round for ever. */
const mostLanes = 16;

/** A passage and the ones its subject came from, or went on to, one after the other, as far as the desk holds them. */
export function journey(state: DeskState, passage: Passage, way: 'cameFrom' | 'wentOn'): readonly Passage[] {
  const passages: Passage[] = [];
  for (let at: Passage | undefined = passage; at !== undefined && passages.length < mostLanes; ) {
    passages.push(at);
    at = state.passages.get(at[way]?.passageId ?? '');
  }
  return passages;
}
