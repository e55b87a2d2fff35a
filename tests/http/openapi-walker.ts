import { expect } from 'vitest';
import { compiler, type Described, examplesOf, type OpenApi, operationsOf, resolved } from '../support/openapi.ts';
import { faultsOf } from '../support/schemas.ts';
import type { HttpBench } from './http-bench.ts';

/** What a call has besides the document's own example. */
export interface Step {
  readonly id?: string;
  readonly query?: string;
  /** Instead of parts of the example: ids and times that this run has. */
  readonly change?: object;
  readonly headers?: Record<string, string>;
  readonly token?: string | null;
}

/** Calls the service as its document says, and holds each answer against the document. */
export interface Walker {
  /** Sends the example of `name` ("POST /api/v1/…"); the answer must be one that the document describes. */
  go<T>(name: string, step?: Step): Promise<T>;
  /** The same, refused: with a code that the document names for it. */
  refused(name: string, status: number, step?: Step): Promise<string>;
  readonly operations: readonly Described[];
  readonly walked: Set<string>;
  readonly document: OpenApi;
}

/** `by`: another service's walker, whose document and record this one shares. */
export async function openWalker(bench: HttpBench, by?: Walker): Promise<Walker> {
  const document = by?.document ?? ((await (await bench.call('/api/v1/openapi.json')).json()) as OpenApi);
  const operations = operationsOf(document);
  const compileAnswer = compiler(document, { closed: true });
  const compileProblem = compiler(document);
  const walked = by?.walked ?? new Set<string>();

  const send = async (name: string, { id = '', query = '', change, headers = {}, token }: Step) => {
    const described = operations.find((one) => one.name === name);
    if (described === undefined) throw new Error(`${name} is not described`);
    const { method, path, operation } = described;
    const [type, media] = Object.entries(operation.requestBody?.content ?? {}).find(
      ([, one]) => examplesOf(document, one).length > 0,
    ) ?? ['', {}];
    const [example] = examplesOf(document, media) as readonly (string | object | undefined)[];
    const body = typeof example === 'object' ? JSON.stringify({ ...example, ...change }) : example;
    const answer = await bench.call(path.replace(/\{\w+\}/, encodeURIComponent(id)) + query, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body }),
      ...(token === undefined ? {} : { token }),
    });
    const text = await answer.text();
    const told = operation.responses[answer.status];
    if (told === undefined) throw new Error(`${name}: ${answer.status} is not described: ${text}`);
    const content = resolved(document, told).content ?? {};
    const given = answer.headers.get('content-type')?.split(';')[0];
    if (given === undefined) {
      expect(content, name).toEqual({});
      return { answer, body: null };
    }
    const schema = (content[given] ?? content['*/*'])?.schema;
    if (schema === undefined) throw new Error(`${name}: ${given} is not described`);
    const value = given.endsWith('json') ? JSON.parse(text) : text;
    const compile = answer.ok ? compileAnswer : compileProblem;
    expect(faultsOf(compile(schema), value), `${name} ${answer.status} ${text.slice(0, 500)}`).toEqual([]);
    return { answer, body: value };
  };

  return {
    operations,
    walked,
    document,
    go: async (name, step = {}) => {
      const { answer, body } = await send(name, step);
      expect(answer.status, `${name} ${JSON.stringify(body)}`).toBeLessThan(400);
      walked.add(name);
      return body;
    },
    refused: async (name, status, step = {}) => {
      const { answer, body } = await send(name, step);
      expect(answer.status, `${name} ${JSON.stringify(body)}`).toBe(status);
      return body.code;
    },
  };
}
