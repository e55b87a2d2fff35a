/** As much of a schema as a sample is made from. */
interface Schema {
  readonly $ref?: string;
  readonly examples?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/**
 * How something that fits the schema looks, put together from the examples within it: of lists one item, of what may be null
 * null where nothing else is known. Undefined where an example is missing. `examples`: by name of component.
 */
export function sampleOf(schema: Schema, examples: Readonly<Record<string, unknown>>): unknown {
  const { $ref, type, anyOf = [], properties, required = [], items } = schema;
  if ($ref !== undefined) return examples[$ref.slice($ref.lastIndexOf('/') + 1)];
  const given = [...(schema.examples ?? []), schema.const, schema.default].find((one) => one !== undefined);
  if (given !== undefined) return given;
  if (anyOf.length > 0) return anyOf.map((one) => sampleOf(one, examples)).find((sample) => sample !== undefined);
  if (type === 'null' || (Array.isArray(type) && type.includes('null'))) return null;
  if (type === 'array' && items !== undefined) {
    const item = sampleOf(items, examples);
    return item === undefined ? undefined : [item];
  }
  if (type !== 'object' || properties === undefined) return undefined;
  const entries = Object.entries(properties).map(([name, one]) => [name, sampleOf(one, examples)] as const);
  const missing = entries.some(([name, sample]) => sample === undefined && required.includes(name));
  return missing ? undefined : Object.fromEntries(entries.filter(([, sample]) => sample !== undefined));
}
