import { z } from 'zod';
import { parseSelector, selectFrom } from '../../src/domain/select.ts';

const scalars = [
  ...['scanId', 'tdrType', 'alarmDecision', 'alarmDecisionTime', 'abort', 'ooi.id', 'ooi.idType', 'ooi.type'],
  ...['boardingPassId', 'carrierId', 'operator', 'algorithm', 'scanType', 'imageUri'],
] as const;
const ofThreats = [
  ...['ptoId', 'category', 'description', 'assessment', 'probability', 'massG', 'densityGcm3', 'zEff', 'volumeCm3'],
  'polygon',
] as const;

const Selector = z
  .string()
  .max(200)
  .refine((text) => parseSelector(text) !== null, 'must be a selector such as $.result.decision');

/** Where a field is in the scanner's own document, and what its words are here; `value` where it is always the same. */
const Field = z
  .strictObject({
    select: Selector.optional(),
    /** The scanner's words → the sheet's; one that is not here stays as it is, and is refused if the sheet has none such. */
    words: z.record(z.string(), z.string()).default({}),
    value: z.string().optional(),
  })
  .refine(({ select, value }) => (select === undefined) !== (value === undefined), {
    message: 'must have either select or value',
  });
type Field = z.infer<typeof Field>;

/** Another scanner's document, mapped onto the sheet's (xray-tdr). A field that is not named is where the sheet has it. */
export const XrayProfile = z
  .strictObject({
    fields: z.partialRecord(z.enum(scalars), Field).default({}),
    threats: z
      .strictObject({
        /** The list of them. */
        select: Selector,
        /** In one of them. */
        fields: z.partialRecord(z.enum(ofThreats), Field).default({}),
      })
      .optional(),
  })
  .prefault({});
export type XrayProfile = z.infer<typeof XrayProfile>;

/** A scanner's document → the sheet's, still to be checked. Pure; never throws. */
export function mapped(document: unknown, { fields, threats }: XrayProfile): unknown {
  const named = Object.entries(fields);
  if ((named.length === 0 && threats === undefined) || !isObject(document)) return document;
  const top = put(document, document, named);
  if (threats === undefined) return top;
  const list = selectFrom(document, threats.select);
  const each = (one: unknown) => (isObject(one) ? put(one, one, Object.entries(threats.fields)) : one);
  return { ...top, threats: Array.isArray(list) ? list.map(each) : list };
}

/** What a document already has, with the fields a profile names put where the sheet has them. */
function put(
  base: Readonly<Record<string, unknown>>,
  source: unknown,
  named: readonly (readonly [string, Field | undefined])[],
): Readonly<Record<string, unknown>> {
  const subject: Record<string, unknown> = isObject(base.ooi) ? { ...base.ooi } : {};
  const plain: Record<string, unknown> = {};
  for (const [name, field] of named) {
    if (field === undefined) continue;
    const found = field.select === undefined ? field.value : selectFrom(source, field.select);
    const known = typeof found === 'string' && Object.hasOwn(field.words, found) ? field.words[found] : found;
    if (name.startsWith('ooi.')) subject[name.slice(4)] = known;
    else plain[name] = known;
  }
  // A document that names nothing of its subject has none.
  const whole = Object.values(subject).some((value) => value !== undefined && value !== null) && subject.id != null;
  const touched = named.some(([name]) => name.startsWith('ooi.'));
  return { ...base, ...plain, ...(touched ? { ooi: whole ? subject : null } : {}) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
