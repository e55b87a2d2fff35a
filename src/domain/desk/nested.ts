/** Values under two keys, which are not put together into one: that would take longer than all the rest of a look-up. */
export type Nested<V> = Map<string, Map<string, V>>;

export function getIn<V>(map: ReadonlyMap<string, ReadonlyMap<string, V>>, one: string, other: string): V | undefined {
  return map.get(one)?.get(other);
}

export function setIn<V>(map: Nested<V>, one: string, other: string, value: V): void {
  const inner = map.get(one);
  if (inner === undefined) map.set(one, new Map([[other, value]]));
  else inner.set(other, value);
}

export function deleteIn<V>(map: Nested<V>, one: string, other: string): void {
  const inner = map.get(one);
  if (inner?.delete(other) && inner.size === 0) map.delete(one);
}
