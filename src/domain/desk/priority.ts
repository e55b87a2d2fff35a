import type { Alarm } from '../alarm.ts';
import type { Evidence } from '../evidence.ts';
import type { Passage } from '../passage.ts';
import type { PriorityRule } from '../priority-rule.ts';
import type { Hazard, Priority, Signal } from '../words.ts';

/** What a rule may ask about. */
export interface PrioritySubject {
  readonly signal: Signal;
  readonly hazard: Hazard;
  readonly evidence: Evidence;
  /** A declaration was read in its passage. */
  readonly declared?: boolean;
}

export function isDeclared({ identities }: Pick<Passage, 'identities'>): boolean {
  return identities.some(({ kind, valid }) => kind === 'declaration' && valid);
}

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

function fits(rule: PriorityRule, { signal, hazard, evidence, declared = false }: PrioritySubject): boolean {
  const decision = evidence.kind === 'xray' || evidence.kind === 'trace' ? evidence.decision : null;
  const { severity, code } = evidence.kind === 'condition' ? evidence : { severity: null, code: null };
  return (
    asks(rule.signal, signal) &&
    asks(rule.hazard, hazard) &&
    asks(rule.decision, decision) &&
    asks(rule.severity, severity) &&
    asks(rule.code, code) &&
    (rule.declared ?? declared) === declared &&
    fitsNuclides(rule, evidence)
  );
}

function fitsNuclides({ anyNuclide, everyNuclide }: PriorityRule, evidence: Evidence): boolean {
  if (anyNuclide === undefined && everyNuclide === undefined) return true;
  const nuclides = 'nuclides' in evidence ? (evidence.nuclides ?? []) : [];
  const any = (categories: readonly string[]) => anyNuclide?.some((category) => categories.includes(category)) ?? true;
  return (
    nuclides.some(({ categories }) => any(categories)) &&
    nuclides.every(({ categories: [worst = null] }) => asks<string>(everyNuclide, worst))
  );
}

function asks<T>(list: readonly T[] | undefined, value: T | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}
