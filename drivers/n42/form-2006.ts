import type { Spectrum } from '../../src/domain/spectrum.ts';
import type { Analysis, Channel, Measurement, N42Document, N42Nuclide } from './document.ts';
import { createChannelReader, flagIn, numbersIn, secondsIn, timeIn } from './values.ts';
import { attribute, child, list, numberIn, textIn, type XmlNode } from './xml.ts';

/**
 * The 2006 form (ANSI N42.42-2006), as far as public samples show it: measurements hold their instrument, spectra stand in them or in
 * their detector data, counts and dose in CountDoseData. It has no faults and no groups.
 */
export function readForm2006(root: XmlNode, timeZone: string): N42Document {
  const nodes = list(root, 'Measurement');
  const instrument = child(nodes[0], 'InstrumentInformation') ?? child(root, 'InstrumentInformation');
  const calibrations = [root, ...nodes].flatMap((node) => list(node, 'Calibration'));
  const energies = new Map(calibrations.map((node) => [attribute(node, 'ID'), energyOf(node)] as const));
  const shared: Shared = { energies, readChannels: createChannelReader() };
  return {
    form: '2006',
    id: attribute(root, 'UUID') || textIn(nodes[0], 'MeasurementUUID') || attribute(nodes[0], 'UUID'),
    instrument: {
      manufacturer: textIn(instrument, 'Manufacturer'),
      model: textIn(instrument, 'InstrumentModel'),
      serial: textIn(instrument, 'InstrumentID'),
      class: textIn(instrument, 'InstrumentType'),
    },
    items: nodes
      .flatMap((node) => list(node, 'MeasuredItemInformation'))
      .map((item) => ({ name: 'MeasurementDescription', value: textIn(item, 'MeasurementDescription') }))
      .filter(({ value }) => value !== ''),
    measurements: nodes.flatMap((node, at) => measurementsOf(node, `m${at}`, shared, timeZone)),
    analyses: [root, ...nodes].flatMap((node) => list(node, 'AnalysisResults')).map(analysis),
    faults: [],
    extensions: [],
  };
}

interface Shared {
  readonly energies: ReadonlyMap<string, Spectrum['energy']>;
  readonly readChannels: ReturnType<typeof createChannelReader>;
}

/** A measurement's own spectra and counts, then each of its detector data, which are its slices in time. */
function measurementsOf(node: XmlNode, id: string, shared: Shared, timeZone: string): readonly Measurement[] {
  const occupied = flagIn(textIn(node, 'OccupancyIndicator')) ?? flagIn(textIn(node, 'Occupancy'));
  const speedMs = numberIn(node, 'Speed');
  const parts = [node, ...list(node, 'DetectorData')].map((data, at): Measurement => {
    const detectors = list(data, 'DetectorMeasurement');
    const spectrumNodes = [data, ...detectors, ...detectors.flatMap((one) => list(one, 'SpectrumMeasurement'))].flatMap(
      (holder) => list(holder, 'Spectrum'),
    );
    const countNodes = [data, ...detectors].flatMap((holder) => list(holder, 'CountDoseData'));
    const [first] = [...spectrumNodes, ...countNodes];
    const started = textIn(data, 'StartTime') || textIn(first, 'StartTime') || textIn(node, 'StartTime');
    const startedAtMs = timeIn(started, timeZone);
    const realTimeS =
      secondsIn(textIn(data, 'SampleRealTime')) ??
      secondsIn(textIn(first, 'RealTime')) ??
      secondsIn(textIn(first, 'SampleRealTime'));
    return {
      id: `${id}.${at}`,
      groups: [],
      class: /^background$/i.test(textIn(first, 'SourceType')) ? 'Background' : 'Foreground',
      derived: false,
      startedAtMs,
      realTimeS,
      occupied: flagIn(textIn(data, 'Occupied')) ?? flagIn(textIn(data, 'OccupancyIndicator')) ?? occupied,
      speedMs,
      counts: countNodes.flatMap((count) => {
        const value = numberIn(count, 'Counts');
        const detector = attribute(count, 'Detector') || attribute(count, 'DetectorType');
        return value === null ? [] : [{ detector, channel: channelOf(count), counts: value, liveTimeS: realTimeS }];
      }),
      spectra: spectrumNodes.map((spectrum) => spectrumOf(spectrum, shared, startedAtMs, realTimeS)),
      doseRates: countNodes.flatMap((count) => numberIn(count, 'DoseRate') ?? []),
    };
  });
  return parts.filter(({ spectra, counts, doseRates }) => spectra.length + counts.length + doseRates.length > 0);
}

function spectrumOf(node: XmlNode, shared: Shared, startedAtMs: number | null, realTimeS: number | null): Spectrum {
  const data = child(node, 'ChannelData');
  const own = list(node, 'Calibration')
    .map(energyOf)
    .find((energy) => energy !== null);
  return {
    class: textIn(node, 'SourceType') || 'Foreground',
    detector: attribute(node, 'Detector'),
    slices: 1,
    startedAt: startedAtMs === null ? null : new Date(startedAtMs).toISOString(),
    realTimeS: secondsIn(textIn(node, 'RealTime')) ?? realTimeS,
    liveTimeS: secondsIn(textIn(node, 'LiveTime')),
    counts: shared.readChannels(textIn(data), attribute(data, 'Compression')),
    energy: own ?? shared.energies.get(attribute(node, 'CalibrationIDs').split(/\s+/)[0] ?? '') ?? null,
  };
}

/** keV by a polynomial of the channel number; other models and types are left out. */
function energyOf(node: XmlNode): Spectrum['energy'] {
  const equation = child(node, 'Equation');
  const coefficients = numbersIn(textIn(equation, 'Coefficients'));
  const polynomial = /^(polynomial)?$/i.test(attribute(equation, 'Model'));
  return /^energy$/i.test(attribute(node, 'Type')) && polynomial && coefficients.length > 0
    ? { coefficients: [...coefficients] }
    : null;
}

function channelOf(node: XmlNode): Channel | null {
  const words = `${attribute(node, 'DetectorType')} ${attribute(node, 'Detector')}`.toLowerCase();
  if (/neutron|he-?3/.test(words)) return 'neutron';
  return /gamma|nai|pvt|hpge|csi|labr/.test(words) ? 'gamma' : null;
}

/** In this form an alarm is a flag or the presence of a threat description. */
function analysis(node: XmlNode): Analysis {
  const flagged = (['Gamma', 'Neutron'] as const).filter((name) => flagIn(textIn(node, `${name}Alarm`)) === true);
  const threat = textIn(node, 'ThreatDescription');
  const alarms = flagged.map((category) => ({ category, description: threat, light: '' }));
  return {
    groups: [],
    measurements: [],
    algorithm: textIn(child(node, 'AlgorithmInfo'), 'Name') || null,
    alarms: alarms.length === 0 && threat !== '' ? [{ category: 'Isotope', description: threat, light: '' }] : alarms,
    nuclides: list(node, 'NuclideAnalysis')
      .flatMap((results) => list(results, 'Nuclide'))
      .map(
        (nuclide): N42Nuclide => ({
          rawName: textIn(nuclide, 'NuclideName'),
          confidence:
            textIn(nuclide, 'NuclideIDConfidenceIndication') || textIn(nuclide, 'NuclideIDConfidenceDescription'),
          category: textIn(nuclide, 'NuclideType'),
        }),
      )
      .filter(({ rawName, confidence }) => rawName !== '' && !/^(0|undetected)$/i.test(confidence)),
  };
}
