import { hash, randomUUID } from 'node:crypto';
import { fromCloudEvent, toCloudEvent } from '../../domain/cloud-event.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { mapPersonal } from '../../domain/sharing/personal.ts';
import { datedMs, type RetainedKind, retainedAs } from '../../domain/sharing/retention.ts';

/** The personal values of one kind, and the salt without which their digest tells nothing. */
interface Kept {
  readonly salt: string;
  readonly values: readonly string[];
}
/** Per kind that is kept for as long as another: each can go alone. */
type Personal = Partial<Record<RetainedKind, Kept>>;

/** An event as the journal keeps it: what is chained, and apart from it what may be erased. */
export interface Sealed {
  /** The CloudEvent's text with marks where personal values stand, and salted digests of those. */
  readonly json: string;
  /** The personal values as JSON; null where there are none, or no longer. */
  readonly personal: string | null;
  /** Of when they are, in milliseconds since the epoch; null where there are none. */
  readonly dated: number | null;
}

/** A row as it is read. */
export type Chained = Pick<Sealed, 'json' | 'personal'>;

const start = '{"specversion":"1.0",';
const sealedStart = `${start}"personal":`;
const attribute = /^\{"specversion":"1\.0","personal":"(?<nonce>[0-9a-f]{12})(?<digests>(?:;[a-z]+:[0-9a-f]{64})+)",/;

/**
 * Takes personal data out of what is hash-chained: the chain holds salted digests only, so the data can be erased and the chain
 * still verifies, and nobody can find it again by trying values, the salt being gone with it. A mark begins with a control
 * character and a random word of its event, so nothing that a device or a person wrote can pass for one.
 */
export function seal(event: DomainEvent, whole: string): Sealed {
  const nonce = randomUUID().slice(-12);
  const personal: { [kind in RetainedKind]?: { salt: string; values: string[] } } = {};
  const mark = `\u0001${nonce}`;
  const open = mapPersonal(event, (kind, value) => {
    const group = retainedAs[kind];
    // 122 random bits, from a pool: one is drawn for every event.
    personal[group] ??= { salt: randomUUID(), values: [] };
    return `${mark}${group}${personal[group].values.push(value) - 1}`;
  });
  const kinds = Object.entries(personal) as [RetainedKind, Kept][];
  if (kinds.length === 0) return { json: whole, personal: null, dated: null };
  const digests = kinds.map(([kind, kept]) => `;${kind}:${digestOf(kept)}`).join('');
  const text = JSON.stringify(toCloudEvent(open, siteOf(whole)));
  return {
    json: `${start}"personal":"${nonce}${digests}",${text.slice(start.length)}`,
    personal: JSON.stringify(personal),
    dated: datedMs(event, event.recordedAt),
  };
}

/** The event whole again; what has been erased is withheld. The same walk that took the values out puts them in. */
export function unsealed({ json, personal }: Chained): DomainEvent {
  const event = fromCloudEvent(json);
  if (!json.startsWith(sealedStart)) return event;
  const kept: Personal = personal === null ? {} : JSON.parse(personal);
  const at: { [kind in RetainedKind]?: number } = {};
  return mapPersonal(event, (kind) => {
    const group = retainedAs[kind];
    const index = at[group] ?? 0;
    at[group] = index + 1;
    return kept[group]?.values[index] ?? null;
  });
}

/** The CloudEvent's text whole again. */
export function unsealedText(chained: Chained): string {
  const { 0: head = '', groups } = attribute.exec(chained.json) ?? {};
  if (groups === undefined) return chained.json;
  const { nonce = '', digests = '' } = groups;
  const kept: Personal = chained.personal === null ? {} : JSON.parse(chained.personal);
  const text = start + chained.json.slice(head.length);
  if (kindsOf(digests).some(([kind]) => kept[kind] === undefined)) {
    return JSON.stringify(toCloudEvent(unsealed(chained), siteOf(text)));
  }
  return text.replace(new RegExp(`"\\\\u0001${nonce}([a-z]+)(\\d+)"`, 'g'), (_mark, kind: RetainedKind, at: string) =>
    JSON.stringify(kept[kind]?.values[Number(at)] ?? ''),
  );
}

/** Without the values of these kinds; null when nothing is left, and the same text when nothing goes. */
export function erased(personal: string, kinds: readonly RetainedKind[]): string | null {
  const kept = JSON.parse(personal) as Personal;
  const left = Object.entries(kept).filter(([kind]) => !kinds.includes(kind as RetainedKind));
  if (left.length === Object.keys(kept).length) return personal;
  return left.length === 0 ? null : JSON.stringify(Object.fromEntries(left));
}

/** Does what is left of the personal data fit the digests in the chain? */
export function fitsDigests({ json, personal }: Chained): boolean {
  if (personal === null) return true;
  const digests = new Map(kindsOf(attribute.exec(json)?.groups?.digests ?? ''));
  return Object.entries(JSON.parse(personal) as Personal).every(
    ([kind, kept]) => digests.get(kind as RetainedKind) === digestOf(kept),
  );
}

/** An id of a site needs no escaping (site.ts): the first of its kind is the attribute. */
function siteOf(text: string): string {
  return /"source":"\/sites\/([^"]*)"/.exec(text)?.[1] ?? '';
}

function kindsOf(digests: string): readonly [RetainedKind, string][] {
  return digests
    .split(';')
    .slice(1)
    .map((part) => part.split(':') as [RetainedKind, string]);
}

function digestOf({ salt, values }: Kept): string {
  return hash('sha256', salt + JSON.stringify(values), 'hex');
}
