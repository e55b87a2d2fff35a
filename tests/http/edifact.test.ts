import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Target } from '../../src/domain/target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const message = (reference: string, surname: string, birth = '740812') =>
  [
    `UNH+${reference}+PAXLST:D:12B:UN`,
    'BGM+745',
    'NAD+MS+++DESK',
    'TDT+20+UA123',
    `NAD+FL+++${surname}:JANE`,
    `DTM+329:${birth}`,
    'DOC+P+L898902C3',
    'LOC+91+UTO',
    `UNT+9+${reference}`,
  ].join("'");
const interchange = (...messages: readonly string[]) =>
  ['UNB+UNOC:3+AIR+PIU+261120:0900+REF1', ...messages, `UNZ+${messages.length}+REF1'`].join("'");
const query = 'originator=piu&risk=high&requestedAction=examine&reasons=watch%20list&tlp=red';
const send = (text: string, parts: { query?: string; headers?: Record<string, string> } = {}) =>
  bench.call(`/api/v1/targets/import/edifact?${parts.query ?? query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/edifact', ...parts.headers },
    body: Buffer.from(text, 'latin1'),
  });

test('a passenger list becomes targets; a bad message is refused with segment and position; again changes nothing', async () => {
  const text = interchange(message('1', 'MÜLLER'), message('2', 'DOE', '741332'));
  const answer = await send(text);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    created: 1,
    kept: 0,
    messages: [
      { reference: '1', type: 'PAXLST', accepted: true, targets: 1, faults: [] },
      {
        reference: '2',
        accepted: false,
        targets: 0,
        faults: [{ tag: 'DTM', segment: 16, position: text.indexOf('DTM+329:741332'), what: '741332 is no date' }],
      },
    ],
    faults: [],
    refusals: [],
  });
  const { items } = (await (await bench.call('/api/v1/targets')).json()) as { items: Target[] };
  expect(items).toMatchObject([
    { originator: 'piu', name: 'JANE MÜLLER', risk: 'high', reasons: ['watch list'], handling: { tlp: 'red' } },
  ]);
  expect(await (await send(text)).json()).toMatchObject({ created: 0, kept: 1 });
});

test('one Idempotency-Key has one report', async () => {
  const headers = { 'idempotency-key': 'list-1' };
  const first = await send(interchange(message('1', 'ROE')), { headers });
  const again = await send(interchange(message('1', 'ROE')), { headers });
  expect([again.headers.get('idempotency-replayed'), await again.text()]).toEqual(['true', await first.text()]);
  expect((await send(interchange(message('1', 'POE')), { headers })).status).toBe(409);
});

test('what is no interchange, and a query that does not say who asks, are problems', async () => {
  const none = await send('hello');
  expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([400, 'malformed-request']);
  expect((await send(interchange(message('1', 'DOE')), { query: 'risk=high' })).status).toBe(422);
});
