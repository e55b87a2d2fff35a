/** What a spectroscopic portal saw while one vehicle passed. */
export interface N42Passing {
  readonly documentId: string;
  readonly startedAtMs: number;
  readonly slices: number;
  readonly channels: number;
  readonly nuclides: readonly string[];
  readonly neutronAlarm: boolean;
  readonly container: string | null;
  readonly speedMs: number;
  readonly fault: string | null;
  readonly random: () => number;
}

const namespace = 'http://physics.nist.gov/N42/2011/N42';
const sliceS = 0.1;
/** keV of one line each, enough to draw a peak. */
const lines: Readonly<Record<string, number>> = {
  'Cs-137': 662,
  'Co-60': 1_333,
  'I-131': 364,
  'K-40': 1_461,
  'U-235': 186,
};
const keVPerChannel = 3;

/** One pass-through as an N42-2011 document: a background, a slice every 100 ms, the analysis. */
export function n42Document(passing: N42Passing): string {
  const { documentId, nuclides, neutronAlarm, container, fault } = passing;
  const alarming = nuclides.length > 0 || neutronAlarm;
  return `<?xml version="1.0" encoding="utf-8"?>
<RadInstrumentData xmlns="${namespace}" n42DocUUID="${documentId}" n42DocDateTime="${time(passing, passing.slices)}">
<RadInstrumentInformation id="portal"><RadInstrumentManufacturerName>Simulated</RadInstrumentManufacturerName><RadInstrumentIdentifier>SIM-1</RadInstrumentIdentifier><RadInstrumentModelName>Portal</RadInstrumentModelName><RadInstrumentClassCode>Spectroscopic Portal Monitor</RadInstrumentClassCode></RadInstrumentInformation>
<RadDetectorInformation id="g"><RadDetectorCategoryCode>Gamma</RadDetectorCategoryCode><RadDetectorKindCode>NaI</RadDetectorKindCode></RadDetectorInformation>
<RadDetectorInformation id="n"><RadDetectorCategoryCode>Neutron</RadDetectorCategoryCode><RadDetectorKindCode>He3</RadDetectorKindCode></RadDetectorInformation>
<RadItemInformation id="item">${container === null ? '' : `<RadItemCharacteristics><Characteristic><CharacteristicName>ContainerID</CharacteristicName><CharacteristicValue>${container}</CharacteristicValue></Characteristic></RadItemCharacteristics>`}</RadItemInformation>
<EnergyCalibration id="e"><CoefficientValues>0 ${keVPerChannel} 0</CoefficientValues></EnergyCalibration>
<RadMeasurementGroup id="pass"/>
${measurement(passing, -100, false)}
${Array.from({ length: passing.slices }, (_, slice) => measurement(passing, slice, true)).join('\n')}
${fault === null ? '' : `<RadInstrumentState radInstrumentInformationReference="portal"><Fault><FaultCodeValue>${fault}</FaultCodeValue><FaultDescription>simulated</FaultDescription><FaultSeverityCode>Warning</FaultSeverityCode></Fault></RadInstrumentState>`}
${alarming ? analysis(passing) : ''}
</RadInstrumentData>`;
}

function time({ startedAtMs }: N42Passing, slice: number): string {
  return new Date(startedAtMs + slice * sliceS * 1000).toISOString();
}

function measurement(passing: N42Passing, slice: number, occupied: boolean): string {
  const seconds = occupied ? sliceS : 10;
  const shape = occupied ? Math.exp(-(((slice / passing.slices - 0.5) / 0.2) ** 2)) : 0;
  const neutrons = Math.round(passing.neutronAlarm ? 8 * shape : 0);
  const counts = Array.from({ length: passing.channels }, (_, channel) => {
    const peaks = passing.nuclides.map((name) =>
      Math.exp(-(((channel * keVPerChannel - (lines[name] ?? 500)) / 30) ** 2)),
    );
    const mean = (40 * seconds * 100) / (channel + 20) + 20 * shape * peaks.reduce((sum, peak) => sum + peak, 0);
    return Math.floor(mean + passing.random());
  });
  const live = `<LiveTimeDuration>PT${seconds}S</LiveTimeDuration>`;
  return `<RadMeasurement id="m${slice}" radMeasurementGroupReferences="pass"><MeasurementClassCode>${occupied ? 'Foreground' : 'Background'}</MeasurementClassCode><StartDateTime>${time(passing, slice)}</StartDateTime><RealTimeDuration>PT${seconds}S</RealTimeDuration><Spectrum id="m${slice}g" radDetectorInformationReference="g" energyCalibrationReference="e">${live}<ChannelData compressionCode="CountedZeroes">${packed(counts)}</ChannelData></Spectrum><GrossCounts id="m${slice}n" radDetectorInformationReference="n">${live}<CountData>${neutrons}</CountData></GrossCounts><RadItemState radItemInformationReference="item"><StateVector><SpeedValue>${passing.speedMs}</SpeedValue></StateVector></RadItemState><OccupancyIndicator>${occupied}</OccupancyIndicator></RadMeasurement>`;
}

/** A run of zeros is written as 0 and its length. */
function packed(counts: readonly number[]): string {
  return counts.join(' ').replace(/(?<=^| )0( 0)*(?= |$)/g, (run) => `0 ${run.split(' ').length}`);
}

function analysis({ nuclides, neutronAlarm }: N42Passing): string {
  const alarm = (category: string) =>
    `<RadAlarm><RadAlarmCategoryCode>${category}</RadAlarmCategoryCode><RadAlarmDescription>simulated</RadAlarmDescription><RadAlarmLightColor>Red</RadAlarmLightColor></RadAlarm>`;
  const found = nuclides.map(
    (name) =>
      `<Nuclide><NuclideIdentifiedIndicator>true</NuclideIdentifiedIndicator><NuclideName>${name}</NuclideName><NuclideIDConfidenceValue>92</NuclideIDConfidenceValue></Nuclide>`,
  );
  const alarms = [...(nuclides.length > 0 ? ['Gamma', 'Isotope'] : []), ...(neutronAlarm ? ['Neutron'] : [])];
  return `<AnalysisResults radMeasurementGroupReferences="pass">${alarms.map(alarm).join('')}<NuclideAnalysisResults>${found.join('')}</NuclideAnalysisResults></AnalysisResults>`;
}
