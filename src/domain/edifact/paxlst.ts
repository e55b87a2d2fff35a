import type { TargetIdentifier } from '../target.ts';
import type { Found } from './found.ts';
import type { Fault, Message } from './interchange.ts';
import { checkDate, faultsOf, isoDateOf, needs, type Rules } from './rules.ts';
import { component, type Segment } from './segments.ts';

/** 3035: passenger, passenger in transit; crew, crew in transit. The other parties are who reports. */
const kinds = new Map<string, 'passenger' | 'crew'>([
  ['FL', 'passenger'],
  ['DDU', 'passenger'],
  ['FM', 'crew'],
  ['DDT', 'crew'],
]);
/** 1001: passport, identity cards, and others that carry a number of their own; a visa (V) is no document to be read. */
const documents = /^(P[A-Z]?|I[A-Z]?|A[A-Z]?|C[A-Z]?|F)$/;

const rules: Rules = {
  allowed: new Set('UNH BGM RFF DTM LOC NAD CTA COM TDT ATT MEA GEI FTX EMP NAT DOC CPI QTY CNT AUT UNT'.split(' ')),
  required: ['BGM', 'TDT', 'NAD'],
  checks: {
    BGM: needs(1, 'the document code'),
    DTM: checkDate,
    TDT: needs(1, 'the stage of transport'),
    LOC: needs(1, 'the place qualifier'),
    DOC: (segment) =>
      component(segment, 2) === '' ? 'the document number is missing' : needs(1, 'the kind of document')(segment),
    NAD: (segment) => {
      const qualifier = component(segment, 1);
      if (qualifier === '') return 'the party qualifier is missing';
      return kinds.has(qualifier) && nameOf(segment) === '' ? 'the name is missing' : null;
    },
  },
};

/** PAXLST (WCO/IATA/ICAO implementation guide, D.02B to D.12B): each passenger and crew member, with flight and documents. */
export function readPaxlst(
  message: Message,
  nowMs: number,
): { readonly found: readonly Found[]; readonly faults: readonly Fault[] } {
  const faults = [...message.faults, ...faultsOf(message, rules)];
  if (faults.length > 0) return { found: [], faults };
  const people = groupsOf(message.segments);
  const flight = flightOf(message.segments, nowMs);
  return { found: people.map((group) => personOf(group, flight, nowMs)), faults };
}

/** Each person's NAD and what follows it. */
function groupsOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const groups: Segment[][] = [];
  let open = false;
  for (const segment of segments) {
    if (segment.tag === 'NAD') {
      open = kinds.has(component(segment, 1));
      if (open) groups.push([]);
    }
    if (segment.tag === 'CNT' || segment.tag === 'UNT') open = false;
    if (open) groups.at(-1)?.push(segment);
  }
  return groups;
}

/** The main carriage with its date of departure, as a boarding pass names it: `UA0123` and the day. */
function flightOf(segments: readonly Segment[], nowMs: number): string | null {
  const stage = segments.findIndex((segment) => segment.tag === 'TDT' && component(segment, 1) === '20');
  const [, carrier, number = '', suffix = ''] =
    /^([A-Z0-9]{2}[A-Z]?)(\d{1,4})([A-Z]?)$/.exec(
      component(segments[stage] ?? { tag: '', number: 0, position: 0, elements: [] }, 2).replace(/\s/g, ''),
    ) ?? [];
  if (carrier === undefined) return null;
  const departure = segments.slice(stage).find((segment) => segment.tag === 'DTM' && component(segment, 1) === '189');
  const day = departure === undefined ? null : isoDateOf(departure, nowMs + 400 * 86_400_000);
  const designator = `${carrier}${number.padStart(4, '0')}${suffix}`;
  return day === null ? designator : `${designator} ${day}`;
}

function personOf(group: readonly Segment[], flight: string | null, nowMs: number): Found {
  const [head] = group;
  const name = head === undefined ? '' : nameOf(head);
  const birth = group.find((segment) => segment.tag === 'DTM' && component(segment, 1) === '329');
  const birthDate = birth === undefined ? null : isoDateOf(birth, nowMs);
  const identifiers: TargetIdentifier[] = [...documentsOf(group)];
  const [first] = identifiers;
  const who = first === undefined ? [name, birthDate ?? ''] : [first.issuer ?? '', first.value];
  if (flight !== null) identifiers.push({ kind: 'flight', value: flight });
  return {
    reference: ['PAXLST', flight ?? '', ...who].join('/').slice(0, 200),
    kind: kinds.get(head === undefined ? '' : component(head, 1)) ?? 'passenger',
    name: name.slice(0, 300),
    birthDate,
    identifiers,
  };
}

/** Given names before the surname, as a travel document gives them. */
function nameOf(segment: Segment): string {
  const [surname = '', ...given] = [1, 2, 3].map((nth) => component(segment, 4, nth));
  return [...given, surname].filter((part) => part !== '').join(' ');
}

/** DOC with the LOC+91 behind it: who issued it. */
function documentsOf(group: readonly Segment[]): readonly TargetIdentifier[] {
  return group.flatMap((segment, at) => {
    if (segment.tag !== 'DOC' || !documents.test(component(segment, 1))) return [];
    const rest = group.slice(at + 1);
    const next = rest.findIndex(({ tag }) => tag === 'DOC');
    const own = next === -1 ? rest : rest.slice(0, next);
    const place = own.find((one) => one.tag === 'LOC' && component(one, 1) === '91');
    const issuer = place === undefined ? '' : component(place, 2);
    const value = component(segment, 2).slice(0, 200);
    return [{ kind: 'travel-document' as const, value, ...(issuer === '' ? {} : { issuer: issuer.slice(0, 10) }) }];
  });
}
