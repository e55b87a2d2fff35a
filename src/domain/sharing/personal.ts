import type { Alarm } from '../alarm.ts';
import { about, type Fact } from '../event.ts';
import type { Examination, ExaminationResult } from '../examination.ts';
import type { Interdiction } from '../interdiction.ts';
import type { Match, MatchReason } from '../match.ts';
import type { Passage, PassageIdentity } from '../passage.ts';
import type { Target } from '../target.ts';
import type { IdentifierKind } from '../words.ts';

/** What may tell who somebody is. Each kind is kept for as long as the retention policy says. */
export type PersonalKind = 'name' | 'birth-date' | 'document' | 'plate' | 'text' | 'bytes';

/** What becomes of a personal value; null: it is left out. */
export type OfPersonal = (kind: PersonalKind, value: string) => string | null;

/** Stands where a value is left out and the resource needs one. */
export const withheld = '[withheld]';

/** Goods, their papers, containers and conveyances by number are not about a person; all else may be. */
const identifierKinds: Readonly<Record<IdentifierKind, PersonalKind | null>> = {
  'travel-document': 'document',
  'boarding-pass': 'document',
  'bag-tag': 'document',
  other: 'document',
  plate: 'plate',
  rfid: 'plate',
  container: null,
  awb: null,
  'bill-of-lading': null,
  declaration: null,
  flight: null,
  imo: null,
  uld: null,
  gmr: null,
};

/**
 * The one place that knows where personal data stands: every such value of a fact goes through `of`, in an order that depends on
 * the fact's shape alone. So the same walk takes the values out, puts them back, and masks them. Facts without any come back as they are.
 */
export function mapPersonal<F extends Fact>(fact: F, of: OfPersonal): F {
  return { ...fact, data: personalOf(fact, of) };
}

function personalOf(fact: Fact, of: OfPersonal): Fact['data'] {
  const { noun, data } = about(fact);
  switch (noun) {
    case 'alarm':
      return alarmWith(data, of);
    case 'passage':
      return passageWith(data, of);
    case 'target':
      return targetWith(data, of);
    case 'match':
      return matchWith(data, of);
    case 'examination':
      return examinationWith(data, of);
    case 'interdiction':
      return interdictionWith(data, of);
    case 'message':
      return { ...data, bytes: needed(of, 'bytes', data.bytes) };
    case 'equipment':
      return fact.data;
    default:
      return noun satisfies never;
  }
}

export function alarmWith(alarm: Alarm, of: OfPersonal): Alarm {
  const { acknowledged, shelved, unshelved, disposition, proposedDisposition, reopened } = alarm;
  return {
    ...alarm,
    acknowledged: noted(acknowledged, of),
    shelved: shelved && { ...shelved, reason: needed(of, 'text', shelved.reason) },
    ...(unshelved && { unshelved: { ...unshelved, reason: needed(of, 'text', unshelved.reason) } }),
    disposition: noted(disposition, of),
    ...(proposedDisposition && { proposedDisposition: noted(proposedDisposition, of) }),
    ...(reopened && { reopened: noted(reopened, of) }),
    comments: alarm.comments.map((comment) => ({ ...comment, text: needed(of, 'text', comment.text) })),
    matches: alarm.matches.map((match) => matchWith(match, of)),
  };
}

export function passageWith(passage: Passage, of: OfPersonal): Passage {
  const { conveyance, cameFrom, wentOn } = passage;
  return {
    ...passage,
    identities: passage.identities.map((identity) => identityWith(identity, of)),
    ...(conveyance && {
      conveyance: {
        ...conveyance,
        tractor: nullable(of, 'plate', conveyance.tractor),
        trailers: conveyance.trailers.map((plate) => needed(of, 'plate', plate)),
      },
    }),
    ...(cameFrom && { cameFrom: { ...cameFrom, value: byKind(of, cameFrom.kind, cameFrom.value) } }),
    ...(wentOn && { wentOn: { ...wentOn, value: byKind(of, wentOn.kind, wentOn.value) } }),
    matches: passage.matches.map((match) => matchWith(match, of)),
  };
}

export function targetWith(target: Target, of: OfPersonal): Target {
  const { name, birthDate, instructions, ...rest } = target;
  return {
    ...rest,
    ...optional('name', of, 'name', name),
    ...optional('birthDate', of, 'birth-date', birthDate),
    ...optional('instructions', of, 'text', instructions),
    identifiers: target.identifiers.map((one) => ({ ...one, value: byKind(of, one.kind, one.value) })),
    keys: target.keys.map((key) => ({ ...key, value: byKind(of, key.kind, key.value) })),
    reasons: target.reasons.map((reason) => needed(of, 'text', reason)),
    warnings: target.warnings.map((warning) => needed(of, 'text', warning)),
  };
}

export function matchWith(match: Match, of: OfPersonal): Match {
  const { target, verdict } = match;
  return {
    ...match,
    reasons: match.reasons.map((reason) => reasonWith(reason, of)),
    verdict: noted(verdict, of),
    target: {
      ...target,
      name: nullable(of, 'name', target.name),
      reasons: target.reasons.map((reason) => needed(of, 'text', reason)),
      instructions: nullable(of, 'text', target.instructions),
    },
  };
}

export function examinationWith(examination: Examination, of: OfPersonal): Examination {
  const { result, cancelled } = examination;
  return {
    ...examination,
    instructions: nullable(of, 'text', examination.instructions),
    result: result && resultWith(result, of),
    cancelled: cancelled && { ...cancelled, reason: needed(of, 'text', cancelled.reason) },
    history: examination.history.map((entry) => noted(entry, of)),
  };
}

function interdictionWith(interdiction: Interdiction, of: OfPersonal): Interdiction {
  return {
    ...interdiction,
    match: matchWith(interdiction.match, of),
    identities: interdiction.identities.map((identity) => identityWith(identity, of)),
  };
}

function identityWith(identity: PassageIdentity, of: OfPersonal): PassageIdentity {
  const { kind, holder, imageUri } = identity;
  const personal = identifierKinds[kind] !== null;
  return {
    ...identity,
    value: byKind(of, kind, identity.value),
    raw: byKind(of, kind, identity.raw),
    corrections: identity.corrections.map((value) => byKind(of, kind, value)),
    holder: holder && {
      name: needed(of, 'name', holder.name),
      birthDate: nullable(of, 'birth-date', holder.birthDate),
    },
    imageUri: personal ? nullable(of, 'text', imageUri) : imageUri,
  };
}

function reasonWith(reason: MatchReason, of: OfPersonal): MatchReason {
  const { field, subject } = reason;
  const value = (text: string) => (field === 'name' ? needed(of, 'name', text) : byKind(of, field, text));
  return {
    ...reason,
    read: value(reason.read),
    target: value(reason.target),
    ...(subject && { subject: { ...subject, value: byKind(of, subject.kind, subject.value) } }),
  };
}

function resultWith(result: ExaminationResult, of: OfPersonal): ExaminationResult {
  return {
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, what: needed(of, 'text', finding.what) })),
    note: nullable(of, 'text', result.note),
  };
}

function noted<T extends { readonly note: string | null } | null>(said: T, of: OfPersonal): T {
  return said === null ? said : { ...said, note: nullable(of, 'text', said.note) };
}

function byKind(of: OfPersonal, kind: string, value: string): string {
  // A kind of a later version is treated as personal until this one knows better.
  const personal = kind in identifierKinds ? identifierKinds[kind as IdentifierKind] : 'document';
  return personal === null ? value : needed(of, personal, value);
}

function needed(of: OfPersonal, kind: PersonalKind, value: string): string {
  return of(kind, value) ?? withheld;
}

function nullable(of: OfPersonal, kind: PersonalKind, value: string | null): string | null {
  return value === null ? null : of(kind, value);
}

function optional<K extends string>(key: K, of: OfPersonal, kind: PersonalKind, value: string | undefined) {
  const given = value === undefined ? null : of(kind, value);
  return (given === null ? {} : { [key]: given }) as { readonly [P in K]?: string };
}
