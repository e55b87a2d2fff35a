import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Observation, OccupancyReport } from '../../src/domain/observation.ts';
import { N42Options } from './options.ts';
import { readDocument } from './read-document.ts';

/** Examples of the standard's makers (LLNL/RadSim); they are not ours to copy into the repository. */
const folder = join(import.meta.dirname, '../../../shared/data');

function read(name: string) {
  const bytes = readFileSync(join(folder, name));
  const handled = readDocument({ bytes, receivedAtMs: 0, timeZone: 'UTC', options: N42Options.parse({}) });
  if (!handled.ok) throw new Error(`${handled.code}: ${handled.reason}`);
  const reports = handled.observations.filter((one): one is OccupancyReport => one.type === 'occupancy-report');
  const of = <T extends Observation['type']>(type: T) =>
    handled.observations.filter((one): one is Extract<Observation, { type: T }> => one.type === type);
  return { reports, of };
}

describe.skipIf(!existsSync(folder))(
  'the documents others made (skipped where shared/data is not beside the project)',
  () => {
    it('n42-Alarm.xml: gamma and neutron alarm, overspeed fault, speed, three energy windows of 0.1 s samples', () => {
      const { reports, of } = read('n42-Alarm.xml');
      expect(reports).toHaveLength(1);
      const [report] = reports;
      expect(report).toMatchObject({ speedKmh: 54, observedAtMs: Date.parse('2003-11-23T06:45:00.200Z') });
      expect(report?.durationS).toBeCloseTo(0.3);
      expect(report?.detections.map(({ signal, hazard }) => [signal, hazard])).toEqual([
        ['gamma', 'nuclear'],
        ['neutron', 'nuclear'],
      ]);
      // The widest window of the four detectors: (22 + 11 + 7 + 7) in 0.1 s; three samples are no second: no sigma.
      const gamma = report?.detections[0]?.finding;
      expect(gamma).toMatchObject({ kind: 'radiation', channel: 'gamma', unit: 'cps', sigma: null });
      expect(gamma).toMatchObject({ description: 'Gamma: SPRT alarm (light Red)' });
      expect(gamma?.kind === 'radiation' && gamma.profile.map(({ value }) => Math.round(value))).toEqual([
        470, 470, 470,
      ]);
      expect(gamma?.kind === 'radiation' && gamma.background).toBeCloseTo(470);
      expect(report?.nuclides).toMatchObject([{ rawName: 'Unknown', categories: ['snm'], rawConfidence: 'Low' }]);
      expect(of('condition-set')).toMatchObject([
        { family: 'fault-', active: [{ code: 'fault-5', severity: 'warning', text: 'Overspeed (code 5)' }] },
      ]);
    });

    it('n42-SRPM.xml: container, isotope alarm, two nuclides, speed, spectra and their sum', () => {
      const { reports, of } = read('n42-SRPM.xml');
      expect(reports).toHaveLength(1);
      const [report] = reports;
      expect(report?.identifiers[0]).toMatchObject({ kind: 'container', value: 'YMLU3030933', valid: true });
      expect(report?.identifiers[1]).toMatchObject({ kind: 'other', raw: 'Scrap Metal' });
      expect(report?.speedKmh).toBeCloseTo(3.2 * 3.6);
      expect(report?.detections).toMatchObject([
        {
          signal: 'isotope',
          hazard: 'radiological',
          finding: {
            description: 'Isotope: Industrial isotopes detected (light Orange)',
            algorithm: 'SuperNID',
            nuclides: [
              { name: 'Co-57', categories: ['industrial'], confidence: 0.91, rawConfidence: 0.91 },
              { name: 'Cs-137', categories: ['industrial'], confidence: 0.99, rawConfidence: 0.99 },
            ],
          },
        },
      ]);
      const spectra = report?.spectra?.spectra ?? [];
      expect(spectra.map(({ class: kind, detector, slices }) => [kind, detector, slices])).toEqual([
        ['Foreground', 'Aa1', 2],
        ['Foreground', 'Ba1', 2],
        ['Background', 'Aa1', 1],
        ['Background', 'Ba1', 1],
        ['Foreground', '', 1],
      ]);
      expect(spectra[0]?.energy).toEqual({ coefficients: [0, 0.3662, 0] });
      expect(new Set(spectra.map(({ counts }) => counts.length)).size, 'all of one length').toBe(1);
      expect(of('reading').find(({ quantity }) => quantity === 'neutron-background')?.value).toBeCloseTo(601 / 300);
      expect(of('settings')[0]?.settings).toMatchObject({
        manufacturer: 'SRPMs R Us',
        serial: 'SRPM123',
        form: '2011',
      });
    });

    it('n42-NuclideIdentifier.xml: a handheld’s spectrum, no alarm', () => {
      const { reports } = read('n42-NuclideIdentifier.xml');
      expect(reports).toMatchObject([{ detections: [], durationS: 60 }]);
      const spectrum = reports[0]?.spectra?.spectra[0];
      expect(spectrum).toMatchObject({ liveTimeS: 59.61, realTimeS: 60, slices: 1 });
      expect(spectrum?.energy).toMatchObject({ boundaries: expect.arrayContaining([0.8, 3505.061]) });
    });

    it('n42-Mobile.xml: two measurements of a mobile system; its own speed is not the speed of what it measures', () => {
      const { reports } = read('n42-Mobile.xml');
      expect(reports).toMatchObject([{ speedKmh: null, detections: [] }]);
      expect(reports[0]?.spectra?.spectra).toMatchObject([{ slices: 2, counts: expect.arrayContaining([2302 * 2]) }]);
      expect(reports[0]?.profile.neutron).toHaveLength(2);
    });
  },
);
