import type { DispositionClass } from './resources.ts';

/** The verdict on an alarm: class and reason codes (domain, "Disposition codes"), with the officer's words. */
export const dispositionChoices: readonly {
  readonly value: DispositionClass;
  readonly label: string;
  readonly codes: readonly { readonly value: string; readonly label: string }[];
}[] = [
  {
    value: 'real',
    label: 'Real: what the device saw was there and not permitted',
    codes: [
      { value: 'contraband', label: 'Contraband' },
      { value: 'snm', label: 'Special nuclear material' },
      { value: 'illicit-radioactive', label: 'Illicit radioactive material' },
      { value: 'explosive', label: 'Explosive' },
      { value: 'weapon', label: 'Weapon' },
      { value: 'narcotic', label: 'Narcotic' },
      { value: 'other-real', label: 'Other real threat' },
    ],
  },
  {
    value: 'innocent',
    label: 'Innocent: it was there and is permitted',
    codes: [
      { value: 'norm', label: 'Naturally radioactive goods (NORM)' },
      { value: 'medical-isotope', label: 'Medical isotope' },
      { value: 'declared-radioactive', label: 'Declared radioactive goods' },
      { value: 'legal-chemical', label: 'Legal chemical' },
      { value: 'other-innocent', label: 'Other innocent cause' },
    ],
  },
  {
    value: 'false',
    label: 'False: there was nothing',
    codes: [
      { value: 'inspection-negative', label: 'Inspection found nothing' },
      { value: 'background-only', label: 'Background only' },
      { value: 'nii-false', label: 'False X-ray alarm' },
      { value: 'trace-false', label: 'False trace alarm' },
      { value: 'other-false', label: 'Other false alarm' },
    ],
  },
  { value: 'test', label: 'Test', codes: [{ value: 'authorised-test', label: 'Authorised test' }] },
  { value: 'tamper', label: 'Tamper', codes: [{ value: 'unauthorised-activity', label: 'Unauthorised activity' }] },
  { value: 'unresolved', label: 'Unresolved', codes: [{ value: 'unknown-cause', label: 'Cause unknown' }] },
];
