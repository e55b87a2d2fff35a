import { z } from 'zod';
import { IdentifierKind, Mode, Priority, Tlp } from './words.ts';

const Time = z.iso.datetime({ offset: true });
const text = (max: number) => z.string().trim().min(1).max(max);

export const TargetIdentifier = z.strictObject({
  kind: IdentifierKind,
  value: text(200),
  issuer: text(10).optional().describe('Issuing state of a travel document, country of a plate.'),
});

const Fields = z.strictObject({
  originator: text(100),
  reference: text(200),
  kind: z.enum(['passenger', 'vehicle', 'container', 'consignment', 'crew']),
  name: text(300).optional(),
  birthDate: z.iso.date().optional(),
  identifiers: z.array(TargetIdentifier).max(100),
  reasons: z.array(text(500)).max(50).default([]),
  risk: Priority,
  requestedAction: z.enum(['examine', 'notify', 'refer', 'observe']),
  instructions: text(4000).optional(),
  handling: z
    .strictObject({
      tlp: Tlp.default('amber'),
      release: z.array(text(100)).max(100).default([]),
    })
    .default({ tlp: 'amber', release: [] }),
  validFrom: Time.optional(),
  validUntil: Time.optional(),
  mode: Mode.default('operational'),
});

interface Validity {
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
}

/** Does it end after it begins? A target for which it does not would be on no list, and nobody would be told. */
export function isValidityRight({ validFrom, validUntil }: Validity): boolean {
  return validFrom === undefined || validUntil === undefined || Date.parse(validUntil) > Date.parse(validFrom);
}

export const validityFault = { path: ['validUntil'], message: 'is not after validFrom' };

/** What the targeting system sends. Idempotent by (originator, reference). Something must be there to know it by. */
export const TargetInput = Fields.refine(({ identifiers, name }) => identifiers.length > 0 || name !== undefined, {
  path: ['identifiers'],
  message: 'is empty, and there is no name either',
}).refine(isValidityRight, validityFault);

export const Target = Fields.extend({
  id: z.string(),
  sequence: z.string(),
  version: z.int(),
  state: z.enum(['active', 'expired', 'withdrawn']),
  warnings: z.array(z.string()).describe('One sentence per identifier that can only match weakly, and why.'),
  keys: z
    .array(z.object({ kind: IdentifierKind, value: z.string(), issuer: z.string().nullable(), valid: z.boolean() }))
    .describe('The identifiers as they are matched.'),
  addedAt: z.iso.datetime(),
  sentAt: z.iso
    .datetime()
    .optional()
    .describe('When its originator sent what it says now. Absent in targets recorded before it was kept.'),
  changedAt: z.iso.datetime(),
});

export type TargetInput = z.infer<typeof TargetInput>;
export type TargetIdentifier = z.infer<typeof TargetIdentifier>;
export type Target = z.infer<typeof Target>;

/**
 * Is its validity still to begin? Begun is begun, by the event that says so: a clock that is set back afterwards does
 * not take the target off the list again.
 */
export function isPending({ validFrom, changedAt }: Pick<Target, 'validFrom' | 'changedAt'>): boolean {
  return validFrom !== undefined && Date.parse(validFrom) > Date.parse(changedAt);
}
