/** NIST SP 800-63B, 5.1.1.2: length counts, rules of composition do not; nothing is cut off. */
export const passwordLength = { least: 12, most: 256 } as const;

const leastDifferent = 5;
/** With fewer letters and digits left, once the name and the common parts are taken out, there is nothing to guess. */
const leastOwn = 6;

/** What the most used passwords are made of. */
const commonParts =
  /password|passwort|wachtwoord|contrasena|motdepasse|qwerty|qwertz|azerty|asdfgh|zxcvbn|letmein|welcome|iloveyou|administrator|admin|lanewatch|border|customs|douane|secret|changeme|change|default|monkey|dragon|football|baseball|sunshine|princess|trustno|abcdef|master|login|hello|test|user|pass|abc/g;
const rows = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** The same characters however they were typed. */
export function normalPassword(given: string): string {
  return given.normalize('NFKC');
}

/** Why somebody of this name cannot have this password, or null. */
export function passwordFault(name: string, given: string): string | null {
  const password = normalPassword(given).toLowerCase();
  const length = [...password].length;
  if (length < passwordLength.least) return `must have at least ${passwordLength.least} characters`;
  if (length > passwordLength.most) return `must have at most ${passwordLength.most} characters`;
  if (new Set(password).size < leastDifferent) return 'repeats too few characters';
  if (rows.some((row) => isRun(row, password))) return 'is a row of the keyboard or of the alphabet';
  const folded = password.replace(/[013457@$!]/g, (character) => lookAlikes[character] ?? character);
  const forms = [password, folded];
  const own = normalPassword(name).toLowerCase();
  if (forms.some((form) => weightOf(form.replaceAll(own, '')) < leastOwn)) return 'is hardly more than the name';
  const rests = forms.map((form) => weightOf(form.replaceAll(own, '').replaceAll(commonParts, '')));
  return rests.some((weight) => weight < leastOwn) ? 'is among the most common ones' : null;
}

function weightOf(text: string): number {
  return text.replace(/[^\p{L}\p{N}]/gu, '').length;
}

/** Forwards or backwards along a row, round its end as often as it takes. */
function isRun(row: string, text: string): boolean {
  const round = row.repeat(Math.ceil(text.length / row.length) + 1);
  return round.includes(text) || [...round].reverse().join('').includes(text);
}
