import type { TargetIdentifier } from '../target.ts';
import type { Found } from './found.ts';
import { type Fault, faultOf, type Message } from './interchange.ts';
import { checkDate, faultsOf, needs, type Rules } from './rules.ts';
import { component, type Segment } from './segments.ts';

const rules: Rules = {
  allowed: new Set(
    'UNH BGM DTM LOC FTX RFF CUX MOA GIS GEI NAD CTA COM TDT EQD TSR MEA DIM SEL EQN TMP RNG QTY DGS GDS CNI CNT CPI TAX TOD HAN PCI GID SGP PAC CST DOC AUT UNT'.split(
      ' ',
    ),
  ),
  required: ['BGM', 'TDT', 'CNI'],
  checks: {
    BGM: needs(1, 'the document code'),
    DTM: checkDate,
    TDT: needs(1, 'the stage of transport'),
    LOC: needs(1, 'the place qualifier'),
    CNI: needs(1, 'the number of the consignment'),
    RFF: (segment) =>
      component(segment, 1, 2) === '' && component(segment, 1) === '' ? 'the reference is missing' : null,
    NAD: needs(1, 'the party qualifier'),
    SGP: needs(1, 'the container number'),
    EQD: needs(1, 'the kind of equipment'),
  },
};

/** 1153, the references that name a consignment. */
const references = new Map<string, TargetIdentifier['kind']>([
  ['BM', 'bill-of-lading'],
  ['MB', 'bill-of-lading'],
  ['BH', 'bill-of-lading'],
  ['AWB', 'awb'],
  ['MWB', 'awb'],
  ['HWB', 'bill-of-lading'],
  ['ABT', 'declaration'],
  ['ABE', 'declaration'],
]);

/**
 * CUSCAR (D.95B and later): each consignment (CNI) with its bill of lading or air waybill, its containers and its
 * consignee. Of one that names none of them nothing could be recognised: that is a fault.
 */
export function readCuscar(message: Message): { readonly found: readonly Found[]; readonly faults: readonly Fault[] } {
  const faults = [...message.faults, ...faultsOf(message, rules)];
  const groups = groupsOf(message.segments);
  const found = groups.map((group) => consignmentOf(group, message.segments));
  for (const [at, { identifiers }] of found.entries()) {
    const head = groups[at]?.[0];
    if (identifiers.length === 0 && head !== undefined)
      faults.push(faultOf(head, 'names no bill, waybill or container'));
  }
  return { found: faults.length > 0 ? [] : found, faults };
}

function groupsOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const groups: Segment[][] = [];
  for (const segment of segments) {
    if (segment.tag === 'CNI') groups.push([]);
    if (segment.tag !== 'UNT' && segment.tag !== 'CNT') groups.at(-1)?.push(segment);
  }
  return groups;
}

function consignmentOf(group: readonly Segment[], all: readonly Segment[]): Found {
  const [head] = group;
  const bill = head === undefined ? '' : component(head, 2);
  const identifiers: TargetIdentifier[] = bill === '' ? [] : [{ kind: 'bill-of-lading', value: bill }];
  for (const segment of group) {
    if (segment.tag === 'RFF') add(identifiers, references.get(component(segment, 1)), component(segment, 1, 2));
    if (segment.tag === 'SGP') add(identifiers, 'container', component(segment, 1));
    if (segment.tag === 'EQD' && component(segment, 1) === 'CN') add(identifiers, 'container', component(segment, 2));
  }
  const [first] = identifiers;
  const ship = all.find((segment) => segment.tag === 'TDT' && /^\d{7}$/.test(component(segment, 8)));
  if (ship !== undefined && first !== undefined) add(identifiers, 'imo', component(ship, 8));
  const consignee = group.find((segment) => segment.tag === 'NAD' && component(segment, 1) === 'CN');
  return {
    reference: ['CUSCAR', first?.value ?? ''].join('/').slice(0, 200),
    kind: 'consignment',
    name: consignee === undefined ? '' : partyOf(consignee).slice(0, 300),
    birthDate: null,
    identifiers,
  };
}

/** A container may be told twice, and a target has at most a hundred identifiers. */
function add(identifiers: TargetIdentifier[], kind: TargetIdentifier['kind'] | undefined, told: string): void {
  const value = told.slice(0, 200);
  const known = identifiers.some((one) => one.kind === kind && one.value === value);
  if (kind !== undefined && value !== '' && !known && identifiers.length < 100) identifiers.push({ kind, value });
}

/** The party's name, structured or, in older use, the first line of its name and address. */
function partyOf(segment: Segment): string {
  const structured = [1, 2].map((nth) => component(segment, 4, nth)).filter((part) => part !== '');
  return structured.length > 0 ? structured.join(' ') : component(segment, 3);
}
