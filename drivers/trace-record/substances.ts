import type { Hazard } from '../../src/domain/words.ts';

/** A substance as detectors of the field name it, with its CAS registry number (sheet trace-record). */
export interface Substance {
  readonly name: string;
  readonly cas: string | null;
  readonly hazard: Extract<Hazard, 'explosive' | 'narcotic' | 'chemical'>;
}

const explosives = {
  RDX: '121-82-4',
  HMX: '2691-41-0',
  PETN: '78-11-5',
  TNT: '118-96-7',
  '2,4-DNT': '121-14-2',
  tetryl: '479-45-8',
  NG: '55-63-0',
  EGDN: '628-96-6',
  AN: '6484-52-2',
  'urea nitrate': '124-47-0',
  'potassium chlorate': '3811-04-9',
  TATP: '17088-37-8',
  HMTD: '283-66-9',
  // A taggant of plastic explosives.
  DMNB: '3964-18-9',
  ETN: '7297-25-8',
  'black powder': null,
} as const;
const narcotics = {
  cocaine: '50-36-2',
  heroin: '561-27-3',
  '6-MAM': '2784-73-8',
  morphine: '57-27-2',
  methamphetamine: '537-46-2',
  amphetamine: '300-62-9',
  MDMA: '42542-10-9',
  THC: '1972-08-3',
  fentanyl: '437-38-7',
  carfentanil: '59708-52-0',
  ketamine: '6740-88-1',
  PCP: '77-10-1',
  LSD: '50-37-3',
  methadone: '76-99-3',
} as const;
const agents = {
  GA: '77-81-6',
  GB: '107-44-8',
  GD: '96-64-0',
  GF: '329-99-7',
  VX: '50782-69-9',
  HD: '505-60-2',
  L: '541-25-3',
} as const;

const list = (names: Readonly<Record<string, string | null>>, hazard: Substance['hazard']) =>
  Object.entries(names).map(([name, cas]): Substance => ({ name, cas, hazard }));

export const substances: readonly Substance[] = [
  ...list(explosives, 'explosive'),
  ...list(narcotics, 'narcotic'),
  ...list(agents, 'chemical'),
];

const byName = new Map(substances.map((substance) => [fold(substance.name), substance]));

/** The substance a device's name means, or undefined: an unknown name still raises. */
export function findSubstance(name: string): Substance | undefined {
  return byName.get(fold(name));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
