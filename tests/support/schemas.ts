import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import type { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { eventTypes } from '../../src/domain/event-data.ts';
import { eventSchema } from '../../src/domain/event-schema.ts';

const load = createRequire(import.meta.url);
// Both are CommonJS whose types and exports differ for an importing module.
const { Ajv2020 } = load('ajv/dist/2020.js') as { Ajv2020: typeof Ajv };
const addFormats = load('ajv-formats') as (ajv: Ajv) => Ajv;

/** The reader's side of our schemas: draft 2020-12, strict, with formats. An instrument's confidence is a number or a word. */
export function strictAjv(): Ajv {
  return addFormats(new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }));
}

/** Tells what is wrong with an event: against the published schema of its type, and against CloudEvents itself. */
export function eventChecker(): (event: { readonly type: string }) => readonly string[] {
  const ajv = strictAjv();
  const validators = new Map<string, ValidateFunction>();
  const envelope = ajv.compile(cloudEventsSchema);
  return (event) => {
    const type = eventTypes.find((known) => known === event.type);
    if (type === undefined) return [`${event.type} has no schema`];
    const validate = validators.get(type) ?? ajv.compile(eventSchema(type));
    validators.set(type, validate);
    return [...faultsOf(validate, event), ...faultsOf(envelope, event)];
  };
}

/** Everything wrong with a value, one line each; empty when it fits. */
export function faultsOf(validate: ValidateFunction, value: unknown): readonly string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** CloudEvents 1.0.2, formats/cloudevents.json: the envelope of any event. */
export const cloudEventsSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    id: { type: 'string', minLength: 1 },
    source: { type: 'string', format: 'uri-reference', minLength: 1 },
    specversion: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    datacontenttype: { type: ['string', 'null'], minLength: 1 },
    dataschema: { type: ['string', 'null'], format: 'uri', minLength: 1 },
    subject: { type: ['string', 'null'], minLength: 1 },
    time: { type: ['string', 'null'], format: 'date-time', minLength: 1 },
    data: true,
    data_base64: { type: ['string', 'null'], contentEncoding: 'base64' },
  },
  // 3.1: lower-case letters and digits; values of extensions are no objects.
  propertyNames: { pattern: '^([a-z0-9]{1,20}|data_base64)$' },
  additionalProperties: { type: ['string', 'number', 'boolean'] },
  required: ['id', 'source', 'specversion', 'type'],
} as const;
