import { isShared, isStrong } from '../identifiers/index.ts';
import { foldLookAlikes } from '../identifiers/look-alikes.ts';
import type { Match, MatchMethod, MatchReason } from '../match.ts';
import type { MatchingPolicy } from '../matching-policy.ts';
import { foldName } from '../names/fold-name.ts';
import { nameScore } from '../names/name-score.ts';
import type { PassageIdentity } from '../passage.ts';
import type { Target } from '../target.ts';
import { nearPlates } from './key-index.ts';
import { targetKnownBy } from './subject-index.ts';

const methods: readonly MatchMethod[] = ['candidate', 'probable', 'exact'];

export function rankOfMethod(method: MatchMethod): number {
  return methods.indexOf(method);
}

/** One thing a read and a target agree in, scored by itself. */
export interface Agreement {
  readonly method: MatchMethod;
  readonly reason: MatchReason;
  /** Others share what agrees: it supports a match, and makes one only with a target that is known by nothing else. */
  readonly shared: boolean;
}

type Key = Target['keys'][number];
type Judged = readonly [method: MatchMethod, score: number, how: string];

/** All that a read and a target agree in: at most one identifier and the name. */
export function agreements(read: PassageIdentity, target: Target, policy: MatchingPolicy): readonly Agreement[] {
  return [keyAgreement(read, target, policy), nameAgreement(read, target, policy)].filter((one) => one !== null);
}

/** The identifier of the target that the read agrees with best. */
export function keyAgreement(read: PassageIdentity, target: Target, policy: MatchingPolicy): Agreement | null {
  let best: Agreement | null = null;
  for (const key of target.keys) {
    const judged = key.kind === read.kind && !contradicts(key, read) ? judgeKey(read, key, policy) : null;
    if (judged === null) continue;
    const [method, score, how] = judged;
    const better =
      best === null ||
      rankOfMethod(method) > rankOfMethod(best.method) ||
      (method === best.method && score > best.reason.score);
    if (!better) continue;
    const reason = { field: read.kind, read: read.value, target: key.value, how, score, ...origin(read) };
    best = { method, reason, shared: isShared(read.kind) };
  }
  return best;
}

/** Both sides tell who issued it, and tell different things. */
function contradicts(key: Key, read: PassageIdentity): boolean {
  return key.issuer !== null && read.issuer !== null && key.issuer !== read.issuer;
}

/**
 * Exact: a strong key, equal, both sides valid, of a travel document the issuing state too. Probable: another key, equal
 * and valid. Candidate: equal but for a failing check digit, or for what optical reading confuses.
 */
function judgeKey(read: PassageIdentity, key: Key, { scores, nearPlates: near }: MatchingPolicy): Judged | null {
  if (read.value === key.value) return judgeEqual(read, key, scores);
  if (read.corrections.includes(key.value)) {
    return ['candidate', scores.corrected, 'equal after correcting one character, which makes the check digit right'];
  }
  const [mine, theirs] = [foldLookAlikes(read.kind, read.value), foldLookAlikes(key.kind, key.value)];
  if (mine === theirs) return ['candidate', scores.lookAlike, 'equal once look-alike characters are one'];
  if (!near || read.kind !== 'plate' || !nearPlates(mine, theirs)) return null;
  return ['candidate', scores.oneCharacter, 'one character apart'];
}

function judgeEqual(read: PassageIdentity, key: Key, scores: MatchingPolicy['scores']): Judged {
  if (!read.valid || !key.valid) return ['candidate', scores.failingCheck, 'equal, but the check digit fails'];
  if (isShared(read.kind)) return ['candidate', scores.shared, 'equal, but shared by many'];
  const issuerKnown = key.issuer !== null && read.issuer !== null;
  if (!isStrong(read.kind)) {
    return issuerKnown
      ? ['probable', scores.weakKeyWithIssuer, 'equal value and issuer, no check digit']
      : ['probable', scores.weakKey, 'equal value, no check digit'];
  }
  if (read.kind !== 'travel-document') return ['exact', 1, 'equal value, check digit valid on both sides'];
  return issuerKnown
    ? ['exact', 1, 'equal number and issuing state, check digit valid']
    : ['probable', scores.documentWithoutIssuer, 'equal number, issuing state not told by one side'];
}

/** Probable: the same name and birth date. Candidate: a name alike, the year of birth within tolerance or not told. */
export function nameAgreement(read: PassageIdentity, target: Target, policy: MatchingPolicy): Agreement | null {
  const [person] = targetKnownBy(target).people;
  if (person === undefined || read.holder === null) return null;
  const alike = nameScore(foldName(read.holder.name), foldName(person.name));
  const judged = judgeName(alike, read.holder.birthDate, person.birthDate, policy);
  if (judged === null) return null;
  const [method, score, how] = judged;
  const text = ({ name, birthDate }: typeof person) => (birthDate === null ? name : `${name}, ${birthDate}`);
  const texts = { read: text(read.holder), target: text(person) };
  return { method, reason: { field: 'name', ...texts, how, score, ...origin(read) }, shared: false };
}

function judgeName(alike: number, read: string | null, target: string | null, policy: MatchingPolicy): Judged | null {
  const { names, scores } = policy;
  const same = alike === 1;
  const words = same ? 'same name' : `name ${alike.toFixed(2)} alike (Jaro-Winkler)`;
  const rounded = (worth: number) => Math.round(alike * worth * 1000) / 1000;
  if (read === null || target === null) {
    if (alike < names.leastScoreAlone) return null;
    return ['candidate', rounded(scores.nameAlone), `${words}, birth date not told by one side`];
  }
  const apart = Math.abs(Number(read.slice(0, 4)) - Number(target.slice(0, 4)));
  if (alike < names.leastScore || apart > names.birthYears) return null;
  if (read === target)
    return [same ? 'probable' : 'candidate', rounded(scores.nameAndBirthDate), `${words}, same birth date`];
  const years = apart === 0 ? 'same year of birth' : `years of birth ${apart} apart`;
  return ['candidate', rounded(scores.nameAndBirthYear), `${words}, ${years}`];
}

/** Where the reason comes from: the device's message, and the identifier it carried. */
function origin({ source, kind, value, issuer }: PassageIdentity): Pick<MatchReason, 'source' | 'subject'> {
  return { source, subject: { kind, value, issuer } };
}

/** Is the target known by nothing but what others share, a whole flight for instance? */
export function onlyShared(target: Target): boolean {
  return target.keys.every(({ kind }) => isShared(kind)) && targetKnownBy(target).people.length === 0;
}

/** What a rejection is remembered for: this identifier, agreeing in this; none for what others share. */
export function rejectionKeys({ reasons }: Pick<Match, 'reasons'>): readonly string[] {
  return reasons.flatMap(({ field, read, subject }) => {
    const { kind, value, issuer } = subject ?? { kind: field, value: read, issuer: null };
    return field !== 'name' && isShared(field) ? [] : [JSON.stringify([field, kind, value, issuer])];
  });
}
