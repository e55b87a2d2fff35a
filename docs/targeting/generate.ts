import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';

interface Schema {
  readonly [keyword: string]: unknown;
}
interface Media {
  readonly schema?: Schema;
}
interface Operation {
  readonly summary: string;
  readonly parameters?: readonly {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
/** The JSON Schema of one type of event. */
export interface EventSchema {
  readonly title: string;
  readonly description: string;
  readonly properties: { readonly data: Schema };
  readonly $defs: Readonly<Record<string, Schema>>;
}

const banner =
  '// Types of the Lanewatch API, made by generate.ts from /api/v1/openapi.json and /api/v1/schemas. Not to be edited.';
const base = '/api/v1';

/** What `api.ts` holds: every resource, the data of every type of event, every operation. */
export async function generate(openapi: OpenApi, events: readonly EventSchema[]): Promise<string> {
  const definitions = {
    ...Object.assign({}, ...events.map(({ $defs }) => $defs)),
    ...openapi.components.schemas,
    Operations: objectOf(
      Object.entries(openapi.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [
          `${method.toUpperCase()} ${path.startsWith(base) ? path.slice(base.length) : path}`,
          operationOf(operation),
        ]),
      ),
    ),
  };
  const whole = JSON.stringify({ type: 'object', additionalProperties: false, definitions });
  const schema = JSON.parse(
    whole.replaceAll(/"#\/(components\/schemas|\$defs)\//g, '"#/definitions/'),
    (_key, value) =>
      // What is said besides a reference would make a type of its own of it.
      value?.$ref === undefined ? value : { $ref: value.$ref },
  );
  const types = await compile(schema, 'Unused', {
    bannerComment: banner,
    additionalProperties: false,
    unreachableDefinitions: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  const data = events.map(({ title, description, properties }) => {
    const name = String(properties.data.$ref).split('/').at(-1);
    return `  /** ${description} */\n  '${title}': ${name};`;
  });
  return `${tidied(types)}
/** What each type of event carries. */
export interface EventData {
${data.join('\n')}
}

/** Any event, told apart by its \`type\`. */
export type LanewatchEvent = {
  [T in keyof EventData]: Omit<CloudEvent, 'type' | 'data'> & { type: T; data: EventData[T] };
}[keyof EventData];
`;
}

/** Without what the compiler says of itself; a comment of one line on one line. */
function tidied(types: string): string {
  return types
    .replace(/export interface Unused \{\}\n+/, '')
    .replace(/\n \*\n \* This \w+ was referenced by `Unused`'s JSON-Schema\n \* via the `definition` "\w+"\./g, '')
    .replace(
      /\/\*\*\n \* This \w+ was referenced by `Unused`'s JSON-Schema\n \* via the `definition` "\w+"\.\n \*\/\n/g,
      '',
    )
    .replace(/\/\*\*\n\s+\* ([^\n]*)\n\s+\*\//g, '/** $1 */');
}

/** What goes in and what comes out: JSON as its type, a stream of lines or a file as what fetch takes and gives. */
function operationOf({ summary, parameters = [], requestBody, responses }: Operation): Schema {
  const [, success] = Object.entries(responses).find(([status]) => /^2/.test(status)) ?? [];
  const body = requestBody && jsonOf(requestBody.content);
  const answer = success?.content && jsonOf(success.content);
  const all = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const parametersOf = (place: string) =>
    objectOf(
      all(place).map(({ name, schema, description }) => [name, { ...schema, description }]),
      all(place)
        .filter(({ required }) => required === true)
        .map(({ name }) => name),
    );
  return {
    ...objectOf([
      ['path', parametersOf('path')],
      ['query', parametersOf('query')],
      [
        'headers',
        body === undefined && requestBody !== undefined
          ? withType(parametersOf('header'), requestBody.content)
          : parametersOf('header'),
      ],
      ['body', requestBody === undefined ? { tsType: 'undefined' } : (body ?? { tsType: 'string | Uint8Array' })],
      ['answer', success?.content === undefined ? { tsType: 'null' } : (answer ?? { tsType: 'string' })],
    ]),
    description: summary,
  };
}

/** A body that is no JSON is sent with its own content type. */
function withType(headers: Schema, content: Readonly<Record<string, Media>>): Schema {
  const { properties, required } = headers as { properties: object; required: readonly string[] };
  const type = { type: 'string', enum: Object.keys(content) };
  return { ...headers, properties: { 'content-type': type, ...properties }, required: ['content-type', ...required] };
}

function jsonOf(content: Readonly<Record<string, Media>>): Schema | undefined {
  return Object.entries(content).find(([type]) => type.endsWith('json') && !type.includes('ndjson'))?.[1].schema;
}

function objectOf(entries: readonly (readonly [string, Schema])[], required = entries.map(([name]) => name)): Schema {
  return { type: 'object', properties: Object.fromEntries(entries), required, additionalProperties: false };
}

/** `node generate.ts https://post.example TOKEN` writes `api.ts` beside this file, as that post has it. */
async function main(address: string, token: string): Promise<void> {
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, address), { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { items } = (await get(`${base}/schemas`)) as { items: { schema: string }[] };
  const events = await Promise.all(items.map(({ schema }) => get(schema) as Promise<EventSchema>));
  const types = await generate((await get(`${base}/openapi.json`)) as OpenApi, events);
  writeFileSync(join(import.meta.dirname, 'api.ts'), types);
}

const [, , address, token] = process.argv;
if (import.meta.main) await main(address ?? '', token ?? '');
