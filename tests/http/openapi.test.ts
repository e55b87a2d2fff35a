import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/errors.ts';
import { documented } from '../../src/http/openapi/route-docs.ts';
import { compiler, type Described, examplesOf, type OpenApi, operationsOf, resolved } from '../support/openapi.ts';
import { faultsOf } from '../support/schemas.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
let document: OpenApi;
let operations: readonly Described[];
beforeAll(async () => {
  bench = await startHttpBench();
  document = (await (await bench.call('/api/v1/openapi.json')).json()) as OpenApi;
  operations = operationsOf(document);
});
afterAll(() => bench[Symbol.asyncDispose]());

/** What describes itself elsewhere: the WebSocket in AsyncAPI, third-party plugins not at all. */
const elsewhere = /^(\/api\/v1\/live|\/docs.*|\/|\/\*)$/;

describe('the OpenAPI document', () => {
  it('has every route, and a doc for each, and no doc for none', () => {
    const routes = bench.app.guardedRoutes
      .filter(({ method, url }) => method !== 'HEAD' && !elsewhere.test(url))
      .map(({ method, url }) => `${method} ${url}`);
    expect(operations.map(({ name }) => name).toSorted()).toEqual(
      routes.map((route) => route.replace(/:(\w+)/g, '{$1}')).toSorted(),
    );
    const short = routes.map((route) => route.replace(' /api/v1/', ' /'));
    expect(documented().toSorted()).toEqual(short.toSorted());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('says of each what it does, who may, and what each parameter means', () => {
    const lacking = operations.flatMap(({ name, operation }) => [
      ...(operation.summary === undefined ? [`${name}: summary`] : []),
      ...(operation.security === undefined ? [`${name}: security`] : []),
      ...(operation.parameters ?? [])
        .filter(({ description }) => description === undefined)
        .map((parameter) => `${name}: description of ${parameter.in} ${parameter.name}`),
    ]);
    expect(lacking).toEqual([]);
  });

  it('has an example of each body, in and out, that fits its schema', () => {
    const compileAnswer = compiler(document, { closed: true });
    const compile = compiler(document);
    const wrong = operations.flatMap(({ name, operation }) => {
      const bodies = [
        ...Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({
          what: 'request',
          type,
          media,
        })),
        ...Object.entries(operation.responses).flatMap(([status, answer]) =>
          Object.entries(resolved(document, answer).content ?? {}).map(([type, media]) => ({
            what: status,
            type,
            media,
          })),
        ),
      ];
      return bodies.flatMap(({ what, type, media }) => {
        const examples = examplesOf(document, media);
        // Pictures and the like have neither schema nor text.
        if (examples.length === 0) return media.schema === undefined ? [] : [`${name} ${what} ${type}: no example`];
        return examples.flatMap((example) =>
          faultsOf((/^2/.test(what) ? compileAnswer : compile)(media.schema ?? {}), example).map(
            (fault) => `${name} ${what} ${type}: ${fault}`,
          ),
        );
      });
    });
    expect(wrong).toEqual([]);
  });

  it('names the refusals of each by their stable codes, and only such', () => {
    for (const { name, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.some((status) => /^[23]/.test(status)),
        name,
      ).toBe(true);
      const refusals = statuses.filter((status) => /^[45]/.test(status));
      if ((operation.security ?? []).length > 0) expect(refusals, name).toEqual(expect.arrayContaining(['401']));
      if (operation.requestBody !== undefined) {
        expect(refusals, name).toEqual(expect.arrayContaining(['400', '403', '413', '415']));
      }
      for (const status of refusals) {
        const media = resolved(document, operation.responses[status] ?? { $ref: '' }).content?.[
          'application/problem+json'
        ];
        // Readiness answers 503 with its own reasons.
        if (media === undefined) continue;
        for (const example of examplesOf(document, media)) {
          const { code } = example as { code: keyof typeof catalogue };
          expect(String(catalogue[code].status)).toBe(status);
        }
      }
    }
    const commands = operations.filter(({ operation }) =>
      operation.parameters?.some((parameter) => parameter.name === 'if-match'),
    );
    expect(commands.length).toBeGreaterThan(15);
    for (const { name, operation } of commands) {
      expect(Object.keys(operation.responses), name).toEqual(
        expect.arrayContaining(['404', '409', '412', '422', '503'].slice(name.includes('{') ? 0 : 1)),
      );
    }
  });

  it('holds together: every reference leads somewhere, and every schema compiles', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of new Set(refs)) expect(() => resolved(document, { $ref: ref })).not.toThrow();
    const compile = compiler(document);
    for (const schema of Object.values(document.components.schemas ?? {})) compile(schema);
    for (const { operation } of operations) for (const { schema } of operation.parameters ?? []) compile(schema);
  });
});
