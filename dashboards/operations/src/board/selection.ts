/** What a key does on the board. Enter is not among them: a row is a link. */
export type BoardKey = 'up' | 'down' | 'first' | 'last' | 'acknowledge';

const keys: Readonly<Record<string, BoardKey>> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  Home: 'first',
  End: 'last',
  a: 'acknowledge',
};

export function boardKey(press: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): BoardKey | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  return keys[press.key] ?? null;
}

/** The row selected after a move; the selection follows its alarm, not its place, when rows come and go. */
export function movedTo(
  ids: readonly string[],
  selected: string | null,
  move: 'up' | 'down' | 'first' | 'last',
): string | null {
  const place = selected === null ? -1 : ids.indexOf(selected);
  const target = {
    up: Math.max(0, place - 1),
    down: Math.min(ids.length - 1, place + 1),
    first: 0,
    last: ids.length - 1,
  };
  return ids[target[move]] ?? null;
}
