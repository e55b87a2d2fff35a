/**
 * Fields of the setup lines, in their order after the tag (sheet tsa-rpm). Intervals are steps of 200 ms, faults counts per second;
 * what the letters mean is not known.
 */
export const setupFields: ReadonlyMap<string, readonly string[]> = new Map([
  ['SG1', ['gammaHighFaultCps', 'gammaLowFaultCps', 'gammaIntervals', 'gammaHoldInIntervals', 'nSigma', 'gammaLetter']],
  ['SG2', ['detectorsOnLine', 'gammaMasterLld', 'gammaMasterUld', 'relayOutput', 'algorithm', 'software']],
  ['SG3', ['gammaSlaveLld', 'gammaSlaveUld', 'gammaBackgroundTimeS', 'gammaBackgroundSigma', 'firmware']],
  [
    'SN1',
    [
      'neutronHighFault',
      'neutronMaxIntervals',
      'neutronAlpha',
      'neutronZMax',
      'neutronSequentialIntervals',
      'neutronBackgroundTimeS',
    ],
  ],
  ['SN2', ['neutronMasterLld', 'neutronMasterUld', 'neutronSlaveLld', 'neutronSlaveUld', 'neutronLetter']],
]);
