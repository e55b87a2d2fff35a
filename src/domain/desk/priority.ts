import type { Alarm } from '../alarm.ts';
import type { Evidence } from '../evidence.ts';
import type { Hazard, Priority, Signal } from '../words.ts';

/** What a rule may ask about. */
export interface PrioritySubject {
  readonly signal: Signal;
  readonly hazard: Hazard;
  readonly evidence: Evidence;
}

/** One line of the priority policy: the first that fits decides, and its name is stored with the alarm. */
export interface PriorityRule {
  readonly name: string;
  readonly priority: Priority;
  readonly signal?: readonly Signal[];
  readonly hazard?: readonly Hazard[];
  /** Scan decisions it fits. */
  readonly decision?: readonly string[];
  /** Condition severities or codes it fits. */
  readonly severity?: readonly string[];
  readonly code?: readonly string[];
}

/** The default policy (domain.md, "Alarms"). Order matters. */
export const defaultPriorityRules: readonly PriorityRule[] = [
  { name: 'condition-tamper', signal: ['condition'], code: ['tamper'], priority: 'high' },
  { name: 'condition-fatal', signal: ['condition'], severity: ['fatal'], priority: 'high' },
  { name: 'condition-error', signal: ['condition'], severity: ['error'], priority: 'medium' },
  { name: 'condition-warning', signal: ['condition'], priority: 'low' },
  { name: 'scan-undecided', decision: ['unknown', 'aborted'], priority: 'low' },
  { name: 'neutron', signal: ['neutron'], priority: 'critical' },
  { name: 'nuclear-material', hazard: ['nuclear'], priority: 'critical' },
  { name: 'explosive', hazard: ['explosive'], priority: 'critical' },
  { name: 'chemical-agent', signal: ['chemical-agent'], priority: 'critical' },
  { name: 'weapon', hazard: ['weapon'], priority: 'high' },
  { name: 'gamma', signal: ['gamma'], priority: 'high' },
  { name: 'isotope', signal: ['isotope'], priority: 'high' },
  { name: 'narcotic', hazard: ['narcotic'], priority: 'high' },
  { name: 'unidentified-object', signal: ['xray-object'], priority: 'medium' },
  { name: 'otherwise', priority: 'medium' },
];

const ranks: readonly Priority[] = ['low', 'medium', 'high', 'critical'];

export function rankOf(priority: Priority): number {
  return ranks.indexOf(priority);
}

/** Priority and the rule that gave it; a match confirmed by a person raises one step. */
export function prioritise(
  subject: PrioritySubject,
  confirmedMatch: boolean,
  rules: readonly PriorityRule[],
): Pick<Alarm, 'priority' | 'rule'> {
  const rule = rules.find((candidate) => fits(candidate, subject));
  const priority = rule?.priority ?? 'medium';
  const name = rule?.name ?? 'no-rule';
  if (!confirmedMatch) return { priority, rule: name };
  const raised = ranks[Math.min(rankOf(priority) + 1, ranks.length - 1)] ?? 'critical';
  return { priority: raised, rule: `${name}+confirmed-match` };
}

function fits(rule: PriorityRule, { signal, hazard, evidence }: PrioritySubject): boolean {
  const decision = evidence.kind === 'xray' || evidence.kind === 'trace' ? evidence.decision : '';
  const { severity, code } = evidence.kind === 'condition' ? evidence : { severity: '', code: '' };
  return (
    (rule.signal?.includes(signal) ?? true) &&
    (rule.hazard?.includes(hazard) ?? true) &&
    (rule.decision?.includes(decision) ?? true) &&
    (rule.severity?.includes(severity) ?? true) &&
    (rule.code?.includes(code) ?? true)
  );
}
