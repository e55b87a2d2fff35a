import type { Spectrum } from '../../src/domain/spectrum.ts';
import type { Analysis, Channel, Count, Measurement, N42Document, N42Fault } from './document.ts';
import { createChannelReader, flagIn, numbersIn, secondsIn, timeIn } from './values.ts';
import { attribute, child, list, numberIn, references, textIn, type XmlNode } from './xml.ts';

/** The 2011 form: references are ids anywhere in the document, so the index comes first. */
export function readForm2011(root: XmlNode, timeZone: string): N42Document {
  const instrument = child(root, 'RadInstrumentInformation');
  const index = indexOf(root);
  return {
    form: '2011',
    id: attribute(root, 'n42DocUUID'),
    instrument: {
      manufacturer: textIn(instrument, 'RadInstrumentManufacturerName'),
      model: textIn(instrument, 'RadInstrumentModelName'),
      serial: textIn(instrument, 'RadInstrumentIdentifier'),
      class: textIn(instrument, 'RadInstrumentClassCode'),
    },
    items: list(root, 'RadItemInformation')
      .flatMap((item) => list(item, 'RadItemCharacteristics'))
      .flatMap((group) => list(group, 'Characteristic'))
      .map((one) => ({ name: textIn(one, 'CharacteristicName'), value: textIn(one, 'CharacteristicValue') })),
    measurements: [
      ...list(root, 'RadMeasurement').map((node) => measurement(node, index, timeZone, false)),
      ...list(root, 'DerivedData').map((node) => measurement(node, index, timeZone, true)),
    ],
    analyses: list(root, 'AnalysisResults').map(analysis),
    faults: faultsUnder(root),
    extensions: list(root, 'RadInstrumentDataExtension').map((node) => textIn(node)),
  };
}

interface Index {
  readonly channels: ReadonlyMap<string, Channel | null>;
  readonly energies: ReadonlyMap<string, Spectrum['energy']>;
  /** Energy windows → the place of the widest, which holds the others. */
  readonly widest: ReadonlyMap<string, number>;
  readonly readChannels: ReturnType<typeof createChannelReader>;
}

function indexOf(root: XmlNode): Index {
  const byId = <T>(name: string, read: (node: XmlNode) => T) =>
    new Map(list(root, name).map((node) => [attribute(node, 'id'), read(node)] as const));
  return {
    readChannels: createChannelReader(),
    channels: byId('RadDetectorInformation', (node) => channelOf(textIn(node, 'RadDetectorCategoryCode'))),
    energies: byId('EnergyCalibration', (node) => {
      const boundaries = numbersIn(textIn(node, 'EnergyBoundaryValues'));
      const coefficients = numbersIn(textIn(node, 'CoefficientValues'));
      if (boundaries.length > 0) return { boundaries: [...boundaries] };
      return coefficients.length > 0 ? { coefficients: [...coefficients] } : null;
    }),
    widest: byId('EnergyWindows', (node) => {
      const starts = numbersIn(textIn(node, 'WindowStartEnergyValues'));
      const widths = numbersIn(textIn(node, 'WindowEndEnergyValues')).map((end, at) => end - (starts[at] ?? 0));
      return widths.indexOf(widths.reduce((most, width) => Math.max(most, width), 0));
    }),
  };
}

/** The standard's detector categories other than these are neither. */
export function channelOf(category: string): Channel | null {
  const word = category.toLowerCase();
  return word === 'gamma' || word === 'neutron' ? word : null;
}

function measurement(node: XmlNode, index: Index, timeZone: string, derived: boolean): Measurement {
  const startedAtMs = timeIn(textIn(node, 'StartDateTime'), timeZone);
  const realTimeS = secondsIn(textIn(node, 'RealTimeDuration'));
  const kind = textIn(node, 'MeasurementClassCode');
  const speed = list(node, 'RadItemState').map((state) => numberIn(child(state, 'StateVector'), 'SpeedValue'));
  return {
    id: attribute(node, 'id'),
    groups: references(node, 'radMeasurementGroupReferences'),
    class: kind,
    derived,
    startedAtMs,
    realTimeS,
    occupied: flagIn(textIn(node, 'OccupancyIndicator')),
    speedMs: speed.find((value) => value !== null) ?? null,
    counts: list(node, 'GrossCounts').map((gross) => grossCounts(gross, index)),
    spectra: list(node, 'Spectrum').map((spectrum) => {
      const data = child(spectrum, 'ChannelData');
      return {
        class: kind,
        detector: attribute(spectrum, 'radDetectorInformationReference'),
        slices: 1,
        startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
        realTimeS,
        liveTimeS: secondsIn(textIn(spectrum, 'LiveTimeDuration')),
        counts: index.readChannels(textIn(data), attribute(data, 'compressionCode')),
        energy: index.energies.get(attribute(spectrum, 'energyCalibrationReference')) ?? null,
      };
    }),
    doseRates: list(node, 'DoseRate').flatMap((dose) => numberIn(dose, 'DoseRateValue') ?? []),
  };
}

/** Several values are those of energy windows, which overlap: the widest holds the others; without windows they are added. */
function grossCounts(node: XmlNode, index: Index): Count {
  const detector = attribute(node, 'radDetectorInformationReference');
  const values = numbersIn(textIn(node, 'CountData'));
  const widest = index.widest.get(attribute(node, 'energyWindowsReference'));
  const counts = (widest === undefined ? undefined : values[widest]) ?? values.reduce((sum, value) => sum + value, 0);
  return {
    detector,
    channel: index.channels.get(detector) ?? null,
    counts,
    liveTimeS: secondsIn(textIn(node, 'LiveTimeDuration')),
  };
}

function analysis(node: XmlNode): Analysis {
  const nuclides = list(node, 'NuclideAnalysisResults').flatMap((results) => list(results, 'Nuclide'));
  return {
    groups: references(node, 'radMeasurementGroupReferences'),
    measurements: [...references(node, 'radMeasurementReferences'), ...references(node, 'derivedDataReferences')],
    algorithm: textIn(node, 'AnalysisAlgorithmName') || null,
    alarms: list(node, 'RadAlarm').map((alarm) => ({
      category: textIn(alarm, 'RadAlarmCategoryCode'),
      description: textIn(alarm, 'RadAlarmDescription'),
      light: textIn(alarm, 'RadAlarmLightColor'),
    })),
    nuclides: nuclides
      .filter((nuclide) => flagIn(textIn(nuclide, 'NuclideIdentifiedIndicator')) === true)
      .map((nuclide) => ({
        rawName: textIn(nuclide, 'NuclideName'),
        confidence: textIn(nuclide, 'NuclideIDConfidenceValue') || textIn(nuclide, 'NuclideIDConfidenceDescription'),
        category: textIn(nuclide, 'NuclideCategoryDescription'),
      })),
  };
}

/** Faults stand in the states of instrument, detectors and item, in measurements and outside, and in analyses. */
function faultsUnder(root: XmlNode): readonly N42Fault[] {
  const owners = [root, ...list(root, 'RadMeasurement'), ...list(root, 'AnalysisResults')];
  const states = owners.flatMap((owner) => [
    owner,
    ...['RadInstrumentState', 'RadDetectorState', 'RadItemState'].flatMap((name) => list(owner, name)),
  ]);
  return states
    .flatMap((state) => list(state, 'Fault'))
    .map((fault) => ({
      code: textIn(fault, 'FaultCodeValue'),
      description: textIn(fault, 'FaultDescription'),
      severity: textIn(fault, 'FaultSeverityCode'),
    }));
}
