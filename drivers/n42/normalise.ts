import type { Nuclide } from '../../src/domain/evidence.ts';
import { readIdentifier } from '../../src/domain/identifiers/read-identifier.ts';
import type { Observation, OccupancyReport, ReadIdentifier, Reading } from '../../src/domain/observation.ts';
import { thinned } from '../../src/domain/radiation.ts';
import type { IdentifierKind, Severity } from '../../src/domain/words.ts';
import type { Analysis, N42Document } from './document.ts';
import { type ConfidenceScale, hazardOf, nuclidesOf } from './identification.ts';
import { isPassing, type N42Occupancy, occupanciesOf, presentIn } from './occupancies.ts';
import { backgroundOf, durationOf, mostPoints, profileOf, radiationFinding } from './radiation.ts';
import { spectraOf } from './spectra.ts';

/** Faults, identities, nuclides of one document: more is an attack, or a fault. */
export const mostListed = 100;

export interface Circumstances {
  readonly receivedAtMs: number;
  /** SHA-256 of the document: an instrument may use its UUID twice, but the same bytes are the same document. */
  readonly digest: string;
  readonly confidenceScale: ConfidenceScale;
}

/** One document → what it means. Pure. */
export function normalise(document: N42Document, around: Circumstances): readonly Observation[] {
  const { form, instrument } = document;
  const times = document.measurements.flatMap(({ startedAtMs }) => startedAtMs ?? []);
  const observedAtMs = times.length === 0 ? around.receivedAtMs : Math.max(...times);
  const known = Object.entries({ ...instrument, form }).filter(([, value]) => value !== '');
  const occupancies = occupanciesOf(document);
  return [
    { type: 'settings', settings: Object.fromEntries(known), observedAtMs },
    faults(document, observedAtMs),
    ...occupancies.flatMap((occupancy) => readings(occupancy, observedAtMs)),
    ...occupancies.filter(isPassing).map((occupancy) => report(document, occupancy, observedAtMs, around)),
  ];
}

const severities: Readonly<Record<string, Severity>> = { fatal: 'fatal', error: 'error', warning: 'warning' };

function faults(document: N42Document, observedAtMs: number): Observation {
  const byCode = new Map(
    document.faults.slice(0, mostListed).map(({ code, description, severity }) => {
      const name =
        code
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .slice(0, 60) || 'unnamed';
      const text = [description || 'the instrument reports a fault', `(code ${code})`].join(' ').slice(0, 500);
      return [name, { code: `fault-${name}`, severity: severities[severity.toLowerCase()] ?? 'error', text }] as const;
    }),
  );
  return { type: 'condition-set', family: 'fault-', active: [...byCode.values()], observedAtMs };
}

/** The newest rates, for the screens. */
function readings(occupancy: N42Occupancy, observedAtMs: number): readonly Reading[] {
  const told = (quantity: string, value: number | null | undefined, unit: string): readonly Reading[] =>
    value == null ? [] : [{ type: 'reading', quantity, value, unit, quality: 'good', observedAtMs }];
  const doses = occupancy.measurements.flatMap(({ doseRates }) => doseRates);
  return [
    ...(['gamma', 'neutron'] as const).flatMap((channel) => [
      ...told(channel, profileOf(occupancy, channel).at(-1)?.value, 'cps'),
      ...told(`${channel}-background`, backgroundOf(occupancy, channel), 'cps'),
    ]),
    ...told('dose-rate', doses.at(-1), 'µSv/h'),
  ];
}

function report(
  document: N42Document,
  occupancy: N42Occupancy,
  fallbackMs: number,
  { digest, confidenceScale }: Circumstances,
): OccupancyReport {
  const present = presentIn(occupancy);
  const speeds = present.flatMap(({ speedMs }) => speedMs ?? []);
  const speedMs = speeds.length === 0 ? null : Math.max(...speeds);
  const nuclides = nuclidesOf(occupancy.analyses, confidenceScale).slice(0, mostListed);
  const spectra = spectraOf(occupancy);
  const { manufacturer, model, serial } = document.instrument;
  const instrument = [manufacturer, model, serial].filter(Boolean).join(' ');
  const { extensions, id: documentId } = document;
  return {
    type: 'occupancy-report',
    reportId: `${digest.slice(0, 32)}#${occupancy.number}`,
    durationS: durationOf(occupancy),
    speedKmh: speedMs === null ? null : speedMs * 3.6,
    profile: {
      gamma: thinned(profileOf(occupancy, 'gamma'), mostPoints),
      neutron: thinned(profileOf(occupancy, 'neutron'), mostPoints),
    },
    identifiers: document.items.flatMap(identifierOf).slice(0, mostListed),
    nuclides,
    detections: detections(occupancy, nuclides),
    spectra:
      spectra.length === 0 ? null : { instrument, documentId, spectra: [...spectra], extensions: [...extensions] },
    stored: false,
    observedAtMs: present[0]?.startedAtMs ?? fallbackMs,
  };
}

/** The presence of an alarm is the alarm; its category says which. Alpha, beta and other are no channel of a portal: they stand with the nuclides. */
function detections(occupancy: N42Occupancy, nuclides: readonly Nuclide[]): OccupancyReport['detections'] {
  const alarms = occupancy.analyses.flatMap((analysis) => analysis.alarms.map((alarm) => ({ ...alarm, analysis })));
  const hazard = hazardOf(nuclides);
  const portals = (['gamma', 'neutron'] as const).flatMap((channel) => {
    const own = alarms.filter(({ category }) => category.toLowerCase() === channel);
    const count = own.length;
    if (count === 0) return [];
    const finding = {
      ...radiationFinding(occupancy, channel),
      description: saidOf(own),
      ...(nuclides.length > 0 ? { nuclides: [...nuclides] } : {}),
    };
    return [{ signal: channel, hazard: channel === 'neutron' ? ('nuclear' as const) : hazard, count, finding }];
  });
  const others = alarms.filter(({ category }) => !/^(gamma|neutron)$/i.test(category));
  if (others.length === 0) return portals;
  return [...portals, { signal: 'isotope', hazard, count: others.length, finding: isotopes(others, nuclides) }];
}

/** Category, text and light of each, as the instrument gives them. */
function saidOf(alarms: readonly Analysis['alarms'][number][]): string {
  const said = alarms.map(({ category, description, light }) =>
    [[category, description].filter(Boolean).join(': '), light && `(light ${light})`].filter(Boolean).join(' '),
  );
  return said.join('; ').slice(0, 2_000);
}

function isotopes(
  alarms: readonly (Analysis['alarms'][number] & { readonly analysis: Analysis })[],
  nuclides: readonly Nuclide[],
) {
  const algorithm = alarms[0]?.analysis.algorithm ?? null;
  return { kind: 'isotope' as const, nuclides: [...nuclides], description: saidOf(alarms), algorithm };
}

/** Characteristics that say who or what it is; anything else (Manifest …) is kept as read, under `other`. */
const kinds: readonly (readonly [RegExp, IdentifierKind])[] = [
  [/container/i, 'container'],
  [/plate/i, 'plate'],
  [/declaration|mrn/i, 'declaration'],
  [/bill.?of.?lading/i, 'bill-of-lading'],
  [/manifest|cargo|vehicle.?id|item.?id/i, 'other'],
];

function identifierOf({ name, value }: { readonly name: string; readonly value: string }): readonly ReadIdentifier[] {
  const kind = kinds.find(([form]) => form.test(name))?.[1];
  if (kind === undefined || !/[\p{L}\p{N}]/u.test(value)) return [];
  return [readIdentifier(kind, value.slice(0, 200), { method: 'unknown', confidence: null })];
}
