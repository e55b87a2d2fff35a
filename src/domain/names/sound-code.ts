/** Consonants that are taken for each other between languages and spellings (the classes of Soundex). */
const classes: ReadonlyMap<string, string> = new Map(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, at) =>
    [...letters].map((letter) => [letter, String(at + 1)]),
  ),
);
const vowels = 'AEIOUY';
const longestCode = 5;

/**
 * How a word sounds, roughly: Soundex with the first letter classed too, since it differs as often between spellings
 * (Karim, Qarim) as the others, and with five places. Words of other scripts go by their first two letters.
 */
export function soundCode(word: string): string {
  const [first = ''] = word;
  if (first < 'A' || first > 'Z') return word.slice(0, 2);
  let code = classes.get(first) ?? '0';
  let last = code;
  for (let at = 1; at < word.length && code.length < longestCode; at += 1) {
    const letter = word[at] ?? '';
    const sound = classes.get(letter);
    // A vowel parts two of one class, H and W do not.
    if (sound === undefined) last = vowels.includes(letter) ? '' : last;
    else if (sound !== last) {
      code += sound;
      last = sound;
    }
  }
  return code;
}
