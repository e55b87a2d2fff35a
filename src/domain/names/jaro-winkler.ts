/** How much a common beginning counts, and how much of it (Winkler 1990). */
const prefixWeight = 0.1;
const longestPrefix = 4;
/** Of two words that differ. */
const almost = 0.999;

/** Marks are kept in the bits of a number. */
const longest = 31;

/**
 * Jaro-Winkler similarity of two words, 0 to 1; 1 for equal ones only. By UTF-16 code units, which is what folded names
 * consist of; what is longer than 31 is compared by its beginning. Our own, since it runs for every candidate of every
 * read: the packages that offer it are unkept for years or bring a database client along.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const jaro = jaroOf(one, other);
  let prefix = 0;
  while (prefix < longestPrefix && prefix < one.length && one.charCodeAt(prefix) === other.charCodeAt(prefix))
    prefix += 1;
  return Math.min(jaro + prefix * prefixWeight * (1 - jaro), almost);
}

function jaroOf(one: string, other: string): number {
  const [length, otherLength] = [Math.min(one.length, longest), Math.min(other.length, longest)];
  const window = Math.max(0, (Math.max(length, otherLength) >> 1) - 1);
  let [mine, theirs, matches] = [0, 0, 0];
  for (let at = 0; at < length; at += 1) {
    const mark = one.charCodeAt(at);
    const end = Math.min(otherLength, at + window + 1);
    for (let place = Math.max(0, at - window); place < end; place += 1) {
      if ((theirs & (1 << place)) !== 0 || other.charCodeAt(place) !== mark) continue;
      theirs |= 1 << place;
      mine |= 1 << at;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  let misplaced = 0;
  for (let at = 0, place = 0; at < length; at += 1) {
    if ((mine & (1 << at)) === 0) continue;
    while ((theirs & (1 << place)) === 0) place += 1;
    if (one.charCodeAt(at) !== other.charCodeAt(place)) misplaced += 1;
    place += 1;
  }
  return (matches / length + matches / otherLength + (matches - misplaced / 2) / matches) / 3;
}
