import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench({ liveLimits: { heartbeatMs: 100 } });
});
afterAll(() => bench[Symbol.asyncDispose]());

/** A reader of the stream, as a browser reads it. */
async function follow(query: string, init: Parameters<HttpBench['call']>[1] = {}, from = bench) {
  const leaving = new AbortController();
  const answer = await from.call(`/api/v1/events/stream${query}`, { ...init, signal: leaving.signal });
  let text = '';
  let ended = false;
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString('utf8');
  })();
  void reading
    .catch(() => undefined)
    .then(() => {
      ended = true;
    });
  const blocks = () => text.split('\n\n').slice(0, -1);
  const field = (block: string, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  return {
    answer,
    text: () => text,
    ended: () => ended,
    events: () =>
      blocks().flatMap((block) => {
        const data = field(block, 'data');
        return data === undefined
          ? []
          : [{ id: field(block, 'id'), event: JSON.parse(data) as { type: string; sequence: string } }];
      }),
    /** What a browser would send as `Last-Event-ID`. */
    lastId: () =>
      blocks()
        .findLast((block) => field(block, 'id') !== undefined)
        ?.match(/^id: (.*)$/m)?.[1] ?? '',
    [Symbol.asyncDispose]: async () => leaving.abort(),
  };
}

describe('server-sent events', () => {
  it('give every event from a sequence on, in order, its id the sequence, then what happens', async () => {
    await bench.raise('rpm-sse-1');
    await using reader = await follow('?after=0');
    expect(reader.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.answer.headers.get('x-content-type-options')).toBe('nosniff');
    await until('caught up', () => reader.text().includes(': caught up'));
    await bench.raise('rpm-sse-2');
    const { sequence: head } = bench.journal.head();
    await until('what happens', () => reader.events().length === head);
    expect(reader.events().map(({ id }) => Number(id))).toEqual(Array.from({ length: head }, (_, at) => at + 1));
    for (const { id, event } of reader.events()) expect(event.sequence).toBe(id);
    expect(reader.text()).not.toMatch(/^event:/m);
  });

  it('begin now without a place, and resume by Last-Event-ID without gap or repeat', async () => {
    await using first = await follow('?types=lanewatch.alarm.*');
    await until('caught up', () => first.lastId() !== '');
    expect(first.events()).toEqual([]);
    await bench.raise('rpm-sse-3');
    await until('one', () => first.events().length > 0);
    await first[Symbol.asyncDispose]();
    await bench.raise('rpm-sse-4');
    await using second = await follow('?types=lanewatch.alarm.*&after=0', {
      headers: { 'last-event-id': first.lastId() },
    });
    await until('what was missed', () => second.events().length > 0);
    const seen = [...first.events(), ...second.events()].map(({ event }) => event);
    expect(new Set(seen.map(({ type }) => type.split('.')[1]))).toEqual(new Set(['alarm']));
    const sequences = seen.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted());
  });

  it('keep a heartbeat, and carry only what the reader may see', async () => {
    await using reader = await follow('?after=0', { token: bench.tokenOf('technician') });
    await until('a heartbeat', () => reader.text().split(': still here').length > 2);
    expect(reader.events().some(({ event }) => event.type.startsWith('lanewatch.alarm.'))).toBe(false);
  });

  it('end when the credential does', async () => {
    const made = bench.access.createToken({ name: 'short', role: 'operator' });
    await using reader = await follow('', { token: made.secret });
    await until('it runs', () => reader.text().includes('caught up'));
    bench.access.revokeToken(made.id);
    await until('it ends', reader.ended);
    expect(reader.text()).toContain(': the credential has ended');
  });

  it('cut off one who does not read; it resumes from its last id', async () => {
    await using own = await startHttpBench();
    const alarm = await own.raise('rpm-1');
    const { hostname, port } = new URL(own.address);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const head = [
      'GET /api/v1/events/stream?after=0 HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${adminToken}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await until('it runs', () => text.includes(': caught up'));
    socket.pause();
    const by = { by: 'anna', role: 'operator' };
    // Each comment's event carries the whole alarm, so the sizes grow until no buffer on the way holds them.
    for (let comments = 0; comments < 200; comments += 1) {
      await own.desk.command({ type: 'comment', alarmId: alarm.id, text: 'x'.repeat(2_000) }, by);
    }
    socket.resume();
    await closed;
    const { sequence } = own.journal.head();
    const whole = text.slice(0, text.lastIndexOf('\n\n') + 2);
    const lastId = [...whole.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '';
    expect(Number(lastId)).toBeLessThan(sequence);
    await using again = await follow('', { headers: { 'last-event-id': lastId } }, own);
    await until('the rest', () => Number(again.events().at(-1)?.id) === sequence);
    expect(Number(again.events()[0]?.id)).toBe(Number(lastId) + 1);
  });

  it.each(['?after=x', '?types=!', '?before=1'])('refuse %s', async (query) => {
    expect((await bench.call(`/api/v1/events/stream${query}`)).status).toBe(422);
  });

  it('answer HEAD with no stream', async () => {
    expect((await bench.call('/api/v1/events/stream', { method: 'HEAD' })).status).toBe(404);
  });

  it('end when the service stops', async () => {
    const own = await startHttpBench();
    await using reader = await follow('', {}, own);
    await until('it runs', () => reader.text().includes('caught up'));
    await own[Symbol.asyncDispose]();
    await until('it ends', reader.ended);
    expect(reader.text()).toContain(': stopping');
  });
});
