import { z } from 'zod';
import { Hazard, Priority, ScanDecision, Severity, Signal } from './words.ts';

const NuclideCategory = z.enum(['snm', 'industrial', 'medical', 'norm']);

/** One line of the priority policy: it fits when everything it asks about does, and its name is stored with the alarm. */
export const PriorityRule = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be a name in kebab case'),
  priority: Priority,
  signal: z.array(Signal).min(1).optional(),
  hazard: z.array(Hazard).min(1).optional(),
  /** Scan decisions. */
  decision: z.array(ScanDecision).min(1).optional(),
  /** Condition severities, and codes. */
  severity: z.array(Severity).min(1).optional(),
  code: z.array(z.string().min(1)).min(1).optional(),
  /** Any of the nuclides identified has one of these among its categories. */
  anyNuclide: z.array(NuclideCategory).min(1).optional(),
  /** Nuclides were identified, and of every one the worst category is one of these. */
  everyNuclide: z.array(NuclideCategory).min(1).optional(),
  /** A declaration was read in the passage. */
  declared: z.boolean().optional(),
});
export type PriorityRule = z.infer<typeof PriorityRule>;

/** The default policy (domain.md, "Alarms"). Order matters. */
export const defaultPriorityRules: readonly PriorityRule[] = [
  { name: 'condition-tamper', signal: ['condition'], code: ['tamper'], priority: 'high' },
  { name: 'condition-fatal', signal: ['condition'], severity: ['fatal'], priority: 'high' },
  { name: 'condition-error', signal: ['condition'], severity: ['error'], priority: 'medium' },
  { name: 'condition-warning', signal: ['condition'], priority: 'low' },
  { name: 'scan-undecided', decision: ['unknown', 'aborted'], priority: 'low' },
  { name: 'neutron', signal: ['neutron'], priority: 'critical' },
  { name: 'special-nuclear-material', anyNuclide: ['snm'], priority: 'critical' },
  { name: 'nuclear-material', hazard: ['nuclear'], priority: 'critical' },
  { name: 'explosive', hazard: ['explosive'], priority: 'critical' },
  { name: 'chemical-agent', signal: ['chemical-agent'], priority: 'critical' },
  { name: 'weapon', hazard: ['weapon'], priority: 'high' },
  { name: 'norm-declared', everyNuclide: ['norm'], declared: true, priority: 'low' },
  { name: 'gamma', signal: ['gamma'], priority: 'high' },
  { name: 'isotope', signal: ['isotope'], priority: 'high' },
  { name: 'narcotic', hazard: ['narcotic'], priority: 'high' },
  { name: 'unidentified-object', signal: ['xray-object'], priority: 'medium' },
  { name: 'otherwise', priority: 'medium' },
];
