import type { DeviceStatus } from '../contract/resources.ts';

interface Numbered {
  readonly id: string;
  /** Twenty digits: text order is number order. */
  readonly sequence: string;
}

export function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** `known` with those of `items` that are newer; the same map where none is. */
export function keepNewer<T extends Numbered>(
  known: ReadonlyMap<string, T>,
  items: readonly T[],
): ReadonlyMap<string, T> {
  const newer = items.filter((item) => (known.get(item.id)?.sequence ?? '') < item.sequence);
  return newer.length === 0 ? known : new Map([...known, ...newer.map((item) => [item.id, item] as const)]);
}

/** The devices as answered, but for one of which the live stream has told something newer meanwhile. */
export function mergeDevices(
  known: ReadonlyMap<string, DeviceStatus>,
  answered: readonly DeviceStatus[],
): ReadonlyMap<string, DeviceStatus> {
  return byId(
    answered.map((device) => {
      const former = known.get(device.id);
      return former !== undefined && former.since > device.since ? former : device;
    }),
  );
}

/** Drops the oldest of those that `stays` does not hold, down to `most` of them: a screen runs for weeks. */
export function forget<T extends Numbered>(
  known: ReadonlyMap<string, T>,
  stays: (item: T) => boolean,
  most: number,
): ReadonlyMap<string, T> {
  if (known.size <= most) return known;
  const loose = [...known.values()].filter((item) => !stays(item));
  if (loose.length <= most) return known;
  const kept = new Map(known);
  loose.sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
  for (const item of loose.slice(0, loose.length - Math.floor(most / 2))) kept.delete(item.id);
  return kept;
}
