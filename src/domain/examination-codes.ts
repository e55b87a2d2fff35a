import type { dispositionCodes } from './alarm.ts';

type Dispositions = typeof dispositionCodes;
/** A disposition that a result suggests for its alarm; a person gives it or another. */
export type SuggestedDisposition = {
  [Class in keyof Dispositions]: { readonly class: Class; readonly code: Dispositions[Class][number] };
}[keyof Dispositions];

interface ResultCode {
  /** NIEM CBRN 6.0 InspectionResolutionCode; kept with every record that leaves. */
  readonly niem: string | null;
  readonly suggests: SuggestedDisposition | null;
}

const otherReal = { class: 'real', code: 'other-real' } as const;

/** How an examination ended. */
export const resultCodes = {
  'nothing-found': { niem: 'NothingSuspiciousFound', suggests: { class: 'false', code: 'inspection-negative' } },
  norm: { niem: 'NORM', suggests: { class: 'innocent', code: 'norm' } },
  'medical-isotope': { niem: 'MedicalIsotopeOnPerson', suggests: { class: 'innocent', code: 'medical-isotope' } },
  'legal-radioactive': {
    niem: 'LegalRadioactiveMaterialFound',
    suggests: { class: 'innocent', code: 'declared-radioactive' },
  },
  'illegal-radioactive': {
    niem: 'IllegalRadioactiveMaterialFound',
    suggests: { class: 'real', code: 'illicit-radioactive' },
  },
  snm: { niem: 'SNM', suggests: { class: 'real', code: 'snm' } },
  'legal-chemical': { niem: 'LegalChemicalFound', suggests: { class: 'innocent', code: 'legal-chemical' } },
  'illegal-chemical': { niem: 'IllegalChemicalFound', suggests: otherReal },
  'legal-biological': {
    niem: 'LegalBiologicalMaterialFound',
    suggests: { class: 'innocent', code: 'other-innocent' },
  },
  'illegal-biological': { niem: 'IllegalBiologicalMaterialFound', suggests: otherReal },
  explosives: { niem: 'Explosives', suggests: { class: 'real', code: 'explosive' } },
  weapons: { niem: 'Weapons', suggests: { class: 'real', code: 'weapon' } },
  narcotics: { niem: 'Narcotics', suggests: { class: 'real', code: 'narcotic' } },
  'banned-substances': { niem: 'BannedSubstances', suggests: { class: 'real', code: 'contraband' } },
  'human-smuggling': { niem: 'HumanSmuggling', suggests: otherReal },
  'other-suspicious': { niem: 'OtherSuspiciousMaterialFound', suggests: otherReal },
  'other-threat': { niem: 'OtherThreat', suggests: otherReal },
  'false-radiation': { niem: 'FalseRadiationAlarm', suggests: { class: 'false', code: 'background-only' } },
  'false-chemical': { niem: 'FalseChemicalAlarm', suggests: { class: 'false', code: 'trace-false' } },
  'false-biological': { niem: 'FalseBiologicalMaterialAlarm', suggests: { class: 'false', code: 'other-false' } },
  'false-nii': { niem: 'FalseNIIAlarm', suggests: { class: 'false', code: 'nii-false' } },
  test: { niem: 'Alarm or Fault Test', suggests: { class: 'test', code: 'authorised-test' } },
  'unknown-cause': { niem: 'Alarm or Fault Unknown Cause', suggests: { class: 'unresolved', code: 'unknown-cause' } },
  /** With one of `notExaminedReasons`. */
  'not-examined': { niem: null, suggests: null },
} as const satisfies Readonly<Record<string, ResultCode>>;

/** The results that found something: those that suggest that the alarm was real. */
export const hitCodes: readonly string[] = Object.entries(resultCodes).flatMap(([code, { suggests }]) =>
  suggests?.class === 'real' ? [code] : [],
);

export const notExaminedReasons = ['released-before', 'refused', 'no-capacity', 'left'] as const;

/** Why an examination is asked for, and its NIEM name. */
export const referralReasons = {
  'radiation-alarm': 'RadiationAlarm',
  'targeting-recommendation': 'ATSRecommendation',
  'inspector-suspicion': 'InspectorSuspicion',
  'suspicious-carrier': 'SuspiciousCarrier',
  'suspicious-shipper': 'SuspiciousShipper',
  'suspicious-other': 'SuspiciousOtherParticipant',
  intelligence: 'USIntelligence',
  'foreign-intelligence': 'ForeignGovernmentIntelligence',
  random: null,
  missing: 'Missing',
} as const;

/** Reasons by which somebody has picked this subject out beforehand. */
export const selectedReasons: readonly string[] = [
  'targeting-recommendation',
  'intelligence',
  'foreign-intelligence',
] satisfies readonly (keyof typeof referralReasons)[];

/** What is to be done, and its NIEM name where there is one. */
export const examinationKinds = {
  'open-box': 'Open box',
  riid: 'RIID',
  documentary: null,
  trace: null,
  xray: null,
  'person-search': null,
  dog: null,
  other: 'Other',
} as const;

/** What experts far away advise after they have seen the measurements. */
export const reachBackAdvice = ['clear', 'hold', 'secondary-riid', 'secondary-physical', 'secondary-full'] as const;

/** The entry of a code list; undefined for a name that is not on it, `constructor` and the like included. */
export function codeOf<T extends object>(list: T, name: string): T[keyof T] | undefined {
  return Object.hasOwn(list, name) ? list[name as keyof T] : undefined;
}
