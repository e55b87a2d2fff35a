import type { z } from 'zod';

/** JSON Schema (draft 2020-12), as far as we look into it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/**
 * For `z.toJSONSchema`: what others read of our schemas. Additions to what we send are free, so nothing says that there is
 * nothing else; a time is said by its format, an integer by its type.
 */
export function forReaders({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  // Zod's name for a definition; the place in `$defs` says it already.
  delete jsonSchema.id;
}
