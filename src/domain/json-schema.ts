import type { z } from 'zod';

/** JSON Schema (draft 2020-12), as far as we look into it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** For `z.toJSONSchema`: what others read of our schemas. A time is said by its format, an integer by its type. */
export function forReaders({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Zod's name for a definition; the place where it stands says it already.
  delete jsonSchema.id;
}

/** Additions to what we send are free: its schema, opened, does not say that there is nothing else. */
export function opened<T extends object>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value !== 'object' || value === null || value.additionalProperties !== false) return value;
    const { additionalProperties: _closed, ...rest } = value;
    return rest;
  });
}
