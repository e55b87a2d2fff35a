/** Sets under keys, most of which hold one member: that one stands bare, which a million keys are thankful for. */
export type OneOrMore = Map<string, string | Set<string>>;

export function addTo(map: OneOrMore, key: string, member: string): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, member);
  else if (typeof held !== 'string') held.add(member);
  else if (held !== member) map.set(key, new Set([held, member]));
}

export function removeFrom(map: OneOrMore, key: string, member: string): void {
  const held = map.get(key);
  if (held === member) map.delete(key);
  else if (held instanceof Set && held.delete(member) && held.size === 1) for (const last of held) map.set(key, last);
}

export function membersOf(map: OneOrMore, key: string): Iterable<string> {
  const held = map.get(key);
  return held === undefined ? [] : typeof held === 'string' ? [held] : held;
}
