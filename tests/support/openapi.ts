import type { ValidateFunction } from 'ajv';
import { strictAjv } from './schemas.ts';

export interface Media {
  readonly schema?: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}
export interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
}
export interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: object;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer | { readonly $ref: string }>>;
}
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** One operation with its place. */
export interface Described {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

export function operationsOf(document: OpenApi): readonly Described[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** What a reference within the document stands for; anything else as it is. */
export function resolved<T extends object>(document: OpenApi, part: T | { readonly $ref: string }): T {
  if (!('$ref' in part)) return part;
  const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(String(part.$ref)) ?? [];
  const found = document.components[kind]?.[name];
  if (found === undefined) throw new Error(`${part.$ref} is not there`);
  return found as T;
}

export function examplesOf(document: OpenApi, media: Media): readonly unknown[] {
  const named = Object.values(media.examples ?? {}).map((one) =>
    one.$ref === undefined ? one.value : resolved<{ value: unknown }>(document, { $ref: one.$ref }).value,
  );
  return media.example === undefined ? named : [media.example, ...named];
}

/** Compiles schemas of the document; `closed`: what they do not describe does not fit either. */
export function compiler(document: OpenApi, { closed = false } = {}): (schema: object) => ValidateFunction {
  const ajv = strictAjv();
  const components = 'urn:lanewatch:components';
  const inPlace = (part: object): object =>
    JSON.parse(JSON.stringify(part).replaceAll('#/components/schemas/', `${components}#/$defs/`), (_key, value) => {
      const open = closed && value?.type === 'object' && 'properties' in value && !('additionalProperties' in value);
      return open ? { ...value, additionalProperties: false } : value;
    });
  ajv.addSchema({ $id: components, $defs: inPlace(document.components.schemas ?? {}) });
  const made = new Map<object, ValidateFunction>();
  return (schema) => {
    const known = made.get(schema) ?? ajv.compile(inPlace(schema));
    made.set(schema, known);
    return known;
  };
}
