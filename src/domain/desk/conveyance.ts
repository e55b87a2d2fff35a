import { foldLookAlikes } from '../identifiers/look-alikes.ts';
import type { Conveyance, PassageIdentity } from '../passage.ts';
import type { Lane } from '../site.ts';
import type { IdentifierKind } from '../words.ts';

/**
 * What a conveyance is made of. The first plate is the tractor's; another plate, or the one that a rear reader gives, is a
 * trailer's. Plates that differ only in characters that optical reading takes for each other are one plate. A container
 * whose check digit fails stands only where no valid read corrects it.
 */
export function conveyanceOf(identities: readonly PassageIdentity[], lane: Lane): Conveyance | undefined {
  const plates = identities.filter(({ kind }) => kind === 'plate');
  const front = plates.find(({ deviceId }) => !lane.rearReaders.includes(deviceId));
  const tractor = front?.value ?? null;
  const all = distinct('plate', [...(tractor === null ? [] : [tractor]), ...plates.map(({ value }) => value)]);
  const trailers = tractor === null ? all : all.slice(1);
  const containers = containersOf(identities.filter(({ kind }) => kind === 'container'));
  if (all.length + containers.length === 0) return undefined;
  return { tractor, trailers, containers };
}

function containersOf(reads: readonly PassageIdentity[]): string[] {
  const valid = reads.flatMap((read) => (read.valid ? read.value : []));
  const weak = reads.filter((read) => !read.valid && !read.corrections.some((value) => valid.includes(value)));
  return distinct('container', [...valid, ...weak.map(({ value }) => value)]);
}

/** Each once, as it was first read. */
function distinct(kind: IdentifierKind, values: readonly string[]): string[] {
  const folded = values.map((value) => foldLookAlikes(kind, value));
  return values.filter((_value, at) => folded.indexOf(folded[at] ?? '') === at);
}
