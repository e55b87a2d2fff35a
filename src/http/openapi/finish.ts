import { STATUS_CODES } from 'node:http';
import { opened } from '../../domain/json-schema.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Document, Media, Operation, Response } from './document.ts';
import { examples } from './examples/index.ts';
import { problemResponses } from './problems.ts';
import type { RouteDoc } from './route-doc.ts';
import { sampleOf } from './sample.ts';

/** What is known of a route beyond its schemas. `url` as in the document. */
export interface DescribedRoute {
  readonly method: string;
  readonly url: string;
  readonly doc: RouteDoc | undefined;
  readonly problems: readonly ErrorCode[];
  /** Content types of a body that has no schema. */
  readonly consumes: readonly string[];
}

/** The document with everything that the routes' schemas alone do not say: names, refusals, examples. Pure. */
export function finish(document: Document, routes: readonly DescribedRoute[]): Document {
  const responses: Record<string, Response> = {};
  const paths = structuredClone(document.paths ?? {});
  for (const { method, url, doc, problems, consumes } of routes) {
    const operation = paths[url]?.[method.toLowerCase()];
    if (operation === undefined) continue;
    operation.operationId = operationId(method, url);
    takeBody(operation, doc, consumes);
    const refusals = problemResponses(problems);
    for (const { name, response } of refusals) responses[name] = response;
    operation.responses = {
      ...successes(operation, doc),
      ...Object.fromEntries(refusals.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }])),
    };
  }
  return used({
    ...document,
    paths,
    components: {
      ...document.components,
      schemas: Object.fromEntries(
        Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => [
          name,
          name.endsWith('Input') ? schema : opened(schema),
        ]),
      ),
      responses,
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  });
}

/** `GET /api/v1/alarms/{id}` → `getAlarmsById`. */
function operationId(method: string, url: string): string {
  const words = url.replace('/api/v1', '').split(/[/.-]/).filter(Boolean);
  const named = words.map((word) => (word.startsWith('{') ? `by-${word.slice(1, -1)}` : word));
  return [method.toLowerCase(), ...named].join('-').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function takeBody(operation: Operation, doc: RouteDoc | undefined, consumes: readonly string[]): void {
  const example = doc?.request;
  if (operation.requestBody === undefined) {
    if (consumes.length === 0) return;
    const media = (type: string) =>
      /^(text|application\/(x-ndjson|edifact|xml))/.test(type) ? { schema: { type: 'string' } } : {};
    const content = Object.fromEntries(consumes.map((type) => [type, media(type) as Media]));
    operation.requestBody = { required: true, content };
  }
  if (example === undefined) return;
  for (const [type, media] of Object.entries(operation.requestBody.content)) {
    if (typeof example !== 'string' || 'schema' in media || type.startsWith('text/')) media.example = example;
  }
}

function successes(operation: Operation, doc: RouteDoc | undefined): Record<string, Response> {
  const described = Object.entries(operation.responses ?? {})
    // An answer without a schema of its own is described by the doc, or not at all.
    .filter(([status, response]) => /^[23]/.test(status) && !(doc?.answers && !hasSchema(response)))
    .map(([status, response]) => [status, withExample(status, response as Response, doc)] as const);
  const told = Object.entries(doc?.answers ?? {}).map(([status, answer]): readonly [string, Response] => {
    const description = STATUS_CODES[status] ?? '';
    if (answer === null) return [status, { description }];
    const { type, schema = { type: 'string' }, example } = answer;
    return [status, { description, content: { [type]: { schema, ...(example === undefined ? {} : { example }) } } }];
  });
  return Object.fromEntries([...described, ...told]);
}

function hasSchema(response: object): boolean {
  return 'content' in response;
}

function withExample(status: string, response: Response, doc: RouteDoc | undefined): Response {
  const content = Object.entries(response.content ?? {}).map(([type, media]) => {
    const schema = opened(media.schema ?? {});
    const name = '$ref' in schema ? String(schema.$ref).split('/').at(-1) : undefined;
    if (doc?.response === undefined && name !== undefined && name in examples) {
      return [type, { schema, examples: { [name]: { $ref: `#/components/examples/${name}` } } }];
    }
    const example = doc?.response ?? sampleOf(schema, examples);
    return [type, { schema, ...(example === undefined ? {} : { example }) }];
  });
  return { ...response, description: STATUS_CODES[status] ?? '', content: Object.fromEntries(content) };
}

/** Without components that nothing refers to. */
function used(document: Document): Document {
  const components = document.components ?? {};
  const reached = new Set<string>();
  const look = (part: unknown): void => {
    for (const [, kind = '', name = ''] of JSON.stringify(part ?? {}).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)) {
      const key = `${kind}/${name}`;
      if (reached.has(key)) continue;
      reached.add(key);
      look(Object.entries(components).find(([own]) => own === kind)?.[1]?.[name]);
    }
  };
  look(document.paths);
  const kept = Object.entries(components).map(([kind, parts]) => [
    kind,
    kind === 'securitySchemes'
      ? parts
      : Object.fromEntries(Object.entries(parts ?? {}).filter(([name]) => reached.has(`${kind}/${name}`))),
  ]);
  return { ...document, components: Object.fromEntries(kept) };
}
