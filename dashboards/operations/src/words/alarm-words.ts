import type { Alarm, AlarmMark, AlarmState, Evidence, Hazard, Mode, Priority, Signal } from '../contract/resources.ts';

export const priorityWords: Readonly<Record<Priority, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

export const stateWords: Readonly<Record<AlarmState, string>> = {
  unacknowledged: 'Unacknowledged',
  returned: 'Returned, unacknowledged',
  acknowledged: 'Acknowledged',
  shelved: 'Shelved',
  suppressed: 'Suppressed',
  'out-of-service': 'Out of service',
  normal: 'Closed',
};

export const markWords: Readonly<Record<AlarmMark, string>> = {
  chattering: 'It comes again and again',
  stale: 'It has been there, or without an answer, for too long',
  flood: 'It came when there were more alarms than one person can answer',
};

export const modeWords: Readonly<Record<Mode, string>> = {
  operational: 'Operational',
  exercise: 'Exercise',
  test: 'Test',
  training: 'Training',
};

const signalWords: Readonly<Record<Signal, string>> = {
  gamma: 'Gamma',
  neutron: 'Neutron',
  isotope: 'Isotope',
  'xray-object': 'X-ray object',
  'trace-substance': 'Trace',
  'chemical-agent': 'Chemical agent',
  condition: 'Equipment',
};

const hazardWords: Readonly<Record<Hazard, string>> = {
  radiological: 'Radiological',
  nuclear: 'Nuclear',
  explosive: 'Explosive',
  narcotic: 'Narcotic',
  chemical: 'Chemical',
  biological: 'Biological',
  weapon: 'Weapon',
  contraband: 'Contraband',
  anomaly: 'Anomaly',
  unknown: 'Hazard unknown',
};

/** What kind of thing it is, in two or three words: "Neutron", "Trace: RDX", "X-ray: aborted". */
export function signalWord(alarm: Pick<Alarm, 'signal' | 'evidence'>): string {
  const { evidence } = alarm;
  const word = signalWords[alarm.signal];
  if (evidence.kind === 'trace') {
    const names = evidence.substances.map((substance) => substance.name);
    return names.length === 0 ? `${word}: ${undecided(evidence.decision)}` : `${word}: ${names.join(', ')}`;
  }
  if (evidence.kind === 'isotope' && evidence.nuclides.length > 0) {
    return `${word}: ${evidence.nuclides.map(({ name }) => name).join(', ')}`;
  }
  if (evidence.kind === 'xray' && evidence.objects.length === 0) return `X-ray: ${undecided(evidence.decision)}`;
  return word;
}

export function hazardWord(alarm: Pick<Alarm, 'signal' | 'hazard'>): string {
  return alarm.signal === 'condition' ? 'No detection' : hazardWords[alarm.hazard];
}

/** How much, how sure: "12.3 σ, peak 340 cps", "Pistol (92 %)", "RDX 3.1 × threshold". */
export function measureWord(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'radiation': {
      const sigma = evidence.sigma === null ? '' : `${sigmaText(evidence.sigma)}, `;
      return `${sigma}peak ${numberText(evidence.peak)} ${evidence.unit}`;
    }
    case 'isotope':
      return evidence.nuclides.map(nuclideWord).join(', ') || evidence.description;
    case 'xray':
      return evidence.objects.map(objectWord).join(', ') || notCleared(evidence.decision, evidence.reason);
    case 'trace':
      return (
        evidence.substances
          .map(({ name, amplitude, threshold }) =>
            threshold !== null && threshold > 0 ? `${name} ${timesText(amplitude / threshold)}` : name,
          )
          .join(', ') || notCleared(evidence.decision, null)
      );
    case 'condition':
      return evidence.text;
    default:
      return evidence satisfies never;
  }
}

export function sigmaText(sigma: number): string {
  return `${sigma.toFixed(1)} σ`;
}

/** At most four significant digits, no exponent. */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: 'min2' });
}

function nuclideWord({ name, confidence }: { name: string; confidence: number | null }): string {
  return confidence === null ? name : `${name} (${Math.round(confidence * 100)} %)`;
}

function timesText(ratio: number): string {
  return `${ratio.toFixed(1)} × threshold`;
}

function objectWord(object: { description: string; category: string; probability: number | null }): string {
  const name = object.description || object.category;
  return object.probability === null ? name : `${name} (${Math.round(object.probability * 100)} %)`;
}

function undecided(decision: string): string {
  if (decision === 'aborted') return 'aborted';
  return decision === 'unknown' ? 'no decision' : decision;
}

/** `unknown` and `aborted` are handled like an alarm: nobody has cleared the subject. */
function notCleared(decision: string, reason: string | null): string {
  if (decision !== 'aborted' && decision !== 'unknown') return reason ?? '';
  return reason === null ? 'Not cleared' : `${reason}; not cleared`;
}
