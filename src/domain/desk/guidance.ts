import type { Hazard, Signal } from '../words.ts';

/**
 * What to do next, by signal and then by hazard: one short sentence each. General good practice for front-line
 * officers (keep distance, keep people away, do not touch, secondary inspection; 30 m is the inner cordon round an
 * unshielded source, IAEA EPR-First Responders 2006); a post's own procedure replaces it.
 */
const bySignal: Readonly<Record<Signal, readonly string[]>> = {
  gamma: ['Stop the subject and send it to secondary.', 'Locate the source and identify the nuclide by RIID.'],
  neutron: ['Stop the subject and keep at least 30 m distance.', 'Call the radiation specialist at once.'],
  isotope: ['Compare the nuclide with the declaration.', 'Confirm with a second measurement.'],
  'xray-object': ['Look at the marked object in the image.', 'Open and search if it cannot be explained.'],
  'trace-substance': ['Keep the subject and the swab.', 'Take a second sample; search the person or bag.'],
  'chemical-agent': ['Evacuate upwind and do not touch.', 'Call the chemical specialist at once.'],
  condition: ['The device may not see what passes: have its lane checked by hand.', 'Call the technician.'],
};
const byHazard: Partial<Readonly<Record<Hazard, readonly string[]>>> = {
  explosive: ['Do not move the item; keep people away; call the bomb disposal unit.'],
  nuclear: ['Do not release without the specialist’s word.'],
};

export function guidanceFor(signal: Signal, hazard: Hazard): string[] {
  return [...(byHazard[hazard] ?? []), ...bySignal[signal]];
}
