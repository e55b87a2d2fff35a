import { expect, it } from 'vitest';
import type { OccupancyReport } from '../../src/domain/observation.ts';
import { N42Options } from './options.ts';
import { readDocument } from './read-document.ts';

const many = (count: number, one: (at: number) => string) => Array.from({ length: count }, (_, at) => one(at)).join('');
/** A document that is well formed and has far too much of everything. */
const document = `<RadInstrumentData xmlns="http://physics.nist.gov/N42/2011/N42">
  <RadDetectorInformation id="g"><RadDetectorCategoryCode>Gamma</RadDetectorCategoryCode></RadDetectorInformation>
  <RadItemInformation><RadItemCharacteristics>${many(2_000, (at) => `<Characteristic><CharacteristicName>Manifest</CharacteristicName><CharacteristicValue>m${at}</CharacteristicValue></Characteristic>`)}</RadItemCharacteristics></RadItemInformation>
  ${many(
    5_000,
    (at) =>
      `<RadMeasurement id="m${at}"><MeasurementClassCode>Foreground</MeasurementClassCode><StartDateTime>2026-07-01T12:00:00.${String(at % 1_000).padStart(3, '0')}Z</StartDateTime><RealTimeDuration>PT1S</RealTimeDuration><GrossCounts id="c${at}" radDetectorInformationReference="g"><CountData>${at === 2_500 ? 9_999 : 100}</CountData></GrossCounts></RadMeasurement>`,
  )}
  <AnalysisResults>
    ${many(1_000, (at) => `<Fault><FaultCodeValue>${'f'.repeat(1_000)}${at}</FaultCodeValue></Fault>`)}
    ${many(1_000, (at) => `<RadAlarm><RadAlarmCategoryCode>Other</RadAlarmCategoryCode><RadAlarmDescription>alarm ${at}</RadAlarmDescription></RadAlarm>`)}
    <NuclideAnalysisResults>${many(1_000, (at) => `<Nuclide><NuclideIdentifiedIndicator>true</NuclideIdentifiedIndicator><NuclideName>X${at}</NuclideName></Nuclide>`)}</NuclideAnalysisResults>
  </AnalysisResults></RadInstrumentData>`;

it('what one document tells is bounded, and its peak is kept', () => {
  const handled = readDocument({
    bytes: Buffer.from(document),
    receivedAtMs: 0,
    timeZone: 'UTC',
    options: N42Options.parse({}),
  });
  if (!handled.ok) throw new Error(handled.reason);
  const report = handled.observations.find((one): one is OccupancyReport => one.type === 'occupancy-report');
  expect(report?.profile.gamma.length).toBeLessThanOrEqual(600);
  expect(Math.max(...(report?.profile.gamma ?? []).map(({ value }) => value))).toBe(9_999);
  expect([report?.identifiers.length, report?.nuclides.length]).toEqual([100, 100]);
  const faults = handled.observations.find((one) => one.type === 'condition-set');
  expect(faults?.active.length).toBeLessThanOrEqual(100);
  expect(JSON.stringify(handled.observations).length).toBeLessThan(500_000);
});
