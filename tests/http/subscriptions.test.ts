import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedDelivery, FeedStatus, ParkedEvent } from '../../src/domain/feed.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { until } from '../support/until.ts';
import { type Receiver, startReceiver, verified } from '../support/webhook-receiver.ts';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
let target: Receiver;
beforeAll(async () => {
  bench = await startHttpBench();
  target = await startReceiver();
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
});

interface Shown extends Subscription {
  readonly feed: FeedStatus | null;
  readonly secret?: string;
  readonly parkedEvents?: readonly ParkedEvent[];
  readonly code?: string;
}
type Init = Parameters<HttpBench['call']>[1];
const call = async (method: string, path: string, json?: unknown, init: Init = {}) => {
  const answer = await bench.call(`/api/v1${path}`, { method, ...(json === undefined ? {} : { json }), ...init });
  return { status: answer.status, body: (await answer.json()) as Shown };
};
const terms = (change: object = {}) => ({
  url: target.url,
  types: ['lanewatch.target.*'],
  agency: 'freight-targeting',
  purpose: 'targeting',
  ...change,
});
const agent = (agency: string | null, change: object = {}) =>
  bench.access.createToken({ name: `system of ${agency}`, role: 'targeting', agency, ...change }).secret;
const send = async (reference: string) => {
  const answer = await bench.call('/api/v1/targets', {
    method: 'POST',
    json: { ...containerTarget, originator: 'freight-targeting', reference },
  });
  expect(answer.status).toBe(201);
};
const gotOf = (reference: string) => {
  const text = JSON.stringify({ reference }).slice(1, -1);
  return until(reference, () => target.received.find(({ body }) => body.includes(text)));
};

describe('a subscription', () => {
  it('is told of what it subscribed to, and its consumer verifies it by the public library', async () => {
    const made = await call('POST', '/subscriptions', terms());
    expect(made.status).toBe(201);
    const { secret = '', id } = made.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await send('FT-verify');
    const received = await gotOf('FT-verify');
    expect(verified(secret, received)).toMatchObject({ specversion: '1.0', type: 'lanewatch.target.added' });
    const { headers, body } = received;
    // Forged: by another secret, another body, another id; and one that is too old, sent again by somebody else.
    expect(() => verified(`whsec_${btoa('x'.repeat(32))}`, received)).toThrow();
    expect(() => verified(secret, { headers, body: body.replace('FT-verify', 'FT-forged') })).toThrow();
    expect(() => verified(secret, { headers: { ...headers, 'webhook-id': 'another' }, body })).toThrow();
    const old = String(Number(headers['webhook-timestamp']) - 301);
    expect(() => verified(secret, { headers: { ...headers, 'webhook-timestamp': old }, body })).toThrow();
    await call('DELETE', `/subscriptions/${id}`);
  });

  it('shows its secret once, and no answer, event or file of events has it', async () => {
    const { body: made } = await call('POST', '/subscriptions', terms());
    const secret = made.secret ?? 'none';
    const answers = await Promise.all(
      [
        `/subscriptions/${made.id}`,
        '/subscriptions',
        '/feeds',
        '/events?limit=1000',
        `/subscriptions/${made.id}/deliveries`,
      ].map(async (path) => (await bench.call(`/api/v1${path}`)).text()),
    );
    expect(answers.join()).toContain(made.id);
    expect(answers.join()).not.toContain(secret.slice(6));
    await call('DELETE', `/subscriptions/${made.id}`);
  });

  it('shows it again to the same request by the same key, and rotates once', async () => {
    const keyed = { headers: { 'idempotency-key': 'sub-1' } };
    const first = await call('POST', '/subscriptions', terms(), keyed);
    const again = await call('POST', '/subscriptions', terms(), keyed);
    expect([again.body.id, again.body.secret]).toEqual([first.body.id, first.body.secret]);
    const path = `/subscriptions/${first.body.id}`;
    const rotate = { headers: { 'idempotency-key': 'rotate-1' } };
    const rotated = await call('POST', `${path}/rotate`, { graceS: 3_600 }, rotate);
    const rotatedAgain = await call('POST', `${path}/rotate`, { graceS: 3_600 }, rotate);
    expect(rotated.body.secret).not.toBe(first.body.secret);
    expect(rotatedAgain.body.secret).toBe(rotated.body.secret);
    await send('FT-rotated');
    const received = await gotOf('FT-rotated');
    verified(first.body.secret ?? '', received);
    verified(rotated.body.secret ?? '', received);
    const { body } = await call('POST', `${path}/rotate`, { graceS: 0 });
    await send('FT-rotated-hard');
    const later = await gotOf('FT-rotated-hard');
    verified(body.secret ?? '', later);
    expect(() => verified(rotated.body.secret ?? '', later)).toThrow();
    await call('DELETE', path);
  });

  it('is changed, disabled, enabled and deleted by version, each on record', async () => {
    const { body: made } = await call('POST', '/subscriptions', terms());
    const path = `/subscriptions/${made.id}`;
    const stale = await call('PUT', path, terms(), { headers: { 'if-match': '"7"' } });
    expect([stale.status, stale.body.code]).toEqual([412, 'stale-version']);
    const off = await call('PUT', path, terms({ enabled: false }), { headers: { 'if-match': '"1"' } });
    expect(off.body).toMatchObject({ version: 2, state: 'disabled' });
    await until('it stops', async () => (await call('GET', path)).body.feed?.state === 'stopped');
    await send('FT-while-off');
    const refused = await call('POST', `${path}/replay`, { after: '0' });
    expect([refused.status, refused.body.code]).toEqual([409, 'forbidden-transition']);
    await call('PUT', path, terms());
    await gotOf('FT-while-off');
    expect((await call('DELETE', path)).body).toMatchObject({ state: 'deleted', version: 4 });
    expect((await call('GET', path)).status).toBe(404);
    const events = await bench.call('/api/v1/events?types=lanewatch.subscription.changed&limit=1000');
    const changes = ((await events.json()) as { subject: string; data: Subscription }[])
      .filter(({ subject }) => subject === `subscriptions/${made.id}`)
      .map(({ data }) => [data.change, data.by]);
    expect(changes.map(([change]) => change)).toEqual(['created', 'changed', 'changed', 'deleted']);
    expect(new Set(changes.map(([, by]) => by))).toEqual(new Set(['administrator']));
  });

  it('sends a part of the journal again, by sequence, by time, and after a cursor', async () => {
    const { body: made } = await call('POST', '/subscriptions', terms());
    for (const number of [1, 2, 3]) await send(`FT-replay-${number}`);
    const first = await gotOf('FT-replay-1');
    await gotOf('FT-replay-3');
    await until('the cursor', async () => (await call('GET', `/subscriptions/${made.id}`)).body.feed?.lag.events === 0);
    const times = (reference: string) => target.received.filter(({ body }) => body.includes(`"${reference}"`)).length;
    const replay = (body: object) => call('POST', `/subscriptions/${made.id}/replay`, body);
    const one = String(first.sequence);
    expect((await replay({ from: one, to: one })).status).toBe(202);
    await until('the first again', () => times('FT-replay-1') === 2);
    const again = target.received.findLast(({ sequence }) => sequence === first.sequence);
    expect(again?.id).toBe(first.id);
    verified(made.secret ?? '', again ?? first);
    await replay({ after: one });
    await until('the others again', () => times('FT-replay-2') === 2 && times('FT-replay-3') === 2);
    const at = (JSON.parse(first.body) as { recordedtime: string }).recordedtime;
    await replay({ from: at, to: at });
    await until('the first a third time', () => times('FT-replay-1') === 3);
    await until('no more', async () => (await call('GET', `/subscriptions/${made.id}`)).body.feed?.replaying === 0);
    expect([times('FT-replay-2'), times('FT-replay-3')]).toEqual([2, 2]);
    for (const wrong of [
      {},
      { parked: false },
      { from: '9999999' },
      { from: 'yesterday' },
      { after: '1', parked: true },
    ]) {
      expect((await replay(wrong)).status, JSON.stringify(wrong)).toBe(422);
    }
    const { items } = (await call('GET', `/subscriptions/${made.id}/deliveries?limit=2`)).body as unknown as {
      items: FeedDelivery[];
    };
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ status: 204, outcome: 'accepted', replay: true, eventId: first.id, error: null });
    await call('DELETE', `/subscriptions/${made.id}`);
  });

  it('shows which result its agency acknowledged last', async () => {
    const { body: made } = await call('POST', '/subscriptions', terms());
    const posted = await bench.call('/api/v1/targets', {
      method: 'POST',
      json: { ...containerTarget, originator: 'freight-targeting', reference: 'FT-ack' },
    });
    const { id: targetId } = (await posted.json()) as { id: string };
    const due = new Date(Date.now() + 3_600_000).toISOString();
    const request = { targetId, reason: 'targeting-recommendation', kind: 'open-box', unit: 'yard', dueAt: due };
    const { body: examination } = await call('POST', '/examinations', request);
    for (const [step, body] of [
      ['accept', {}],
      ['start', {}],
      ['result', { code: 'nothing-found' }],
    ] as const) {
      const { status, body: answer } = await call('POST', `/examinations/${examination.id}/${step}`, body);
      expect(status, `${step}: ${answer.detail}`).toBe(200);
    }
    expect((await call('GET', `/subscriptions/${made.id}`)).body.feed?.acknowledged).toBeNull();
    await call('POST', `/examinations/${examination.id}/delivered`, {});
    const { body } = await call('GET', `/subscriptions/${made.id}`);
    expect(body.feed?.acknowledged).toMatchObject({ examinationId: examination.id, by: 'administrator' });
    await call('DELETE', `/subscriptions/${made.id}`);
  });
});

describe('who may subscribe to what', () => {
  it('an agency manages its own, and knows of no other', async () => {
    const token = agent('freight-targeting');
    const own = await call('POST', '/subscriptions', terms(), { token });
    const other = await call('POST', '/subscriptions', terms({ agency: 'police' }));
    const foreign = await call('POST', '/subscriptions', terms({ agency: 'police' }), { token });
    expect([own.status, other.status, foreign.status, foreign.body.code]).toEqual([201, 201, 403, 'not-allowed']);
    const list = (await call('GET', '/subscriptions', undefined, { token })).body as unknown as { items: Shown[] };
    expect(list.items.map(({ id }) => id)).toEqual([own.body.id]);
    const feeds = (await call('GET', '/feeds', undefined, { token })).body as unknown as { items: FeedStatus[] };
    expect(feeds.items.map(({ id }) => id)).toEqual([own.body.id]);
    const path = `/subscriptions/${other.body.id}`;
    for (const [method, at, body] of [
      ['GET', path, undefined],
      ['PUT', path, terms()],
      ['DELETE', path, undefined],
      ['POST', `${path}/rotate`, {}],
      ['POST', `${path}/replay`, { parked: true }],
      ['GET', `${path}/deliveries`, undefined],
      ['DELETE', `${path}/parked`, undefined],
    ] as const) {
      expect((await call(method, at, body, { token })).status, `${method} ${at}`).toBe(404);
    }
    for (const { body } of [own, other]) await call('DELETE', `/subscriptions/${body.id}`);
  });

  it('nobody has more sent than they may see themselves', async () => {
    const token = agent('freight-targeting', { lanes: ['lane-1'], tlp: 'green', personalData: 'masked' });
    const ask = (change: object) => call('POST', '/subscriptions', terms(change), { token });
    expect((await ask({ lanes: ['lane-2'] })).status).toBe(403);
    expect((await ask({ tlp: 'amber' })).status).toBe(403);
    expect((await ask({ personalData: 'full' })).status).toBe(403);
    const { status, body } = await ask({});
    expect(status).toBe(201);
    expect(body).toMatchObject({ lanes: ['lane-1'], tlp: 'green', personalData: 'masked' });
    await call('DELETE', `/subscriptions/${body.id}`);
  });

  it('gets what the sharing policy leaves: not another agency’s target, not an exercise unless asked for', async () => {
    const police = await startReceiver();
    const made = await call('POST', '/subscriptions', terms({ agency: 'police', url: police.url }));
    await send('FT-not-for-police');
    const exercise = { ...containerTarget, originator: 'police', reference: 'P-exercise', mode: 'exercise' };
    await bench.call('/api/v1/targets', { method: 'POST', json: exercise });
    const own = { ...containerTarget, originator: 'police', reference: 'P-own' };
    await bench.call('/api/v1/targets', { method: 'POST', json: own });
    await until('their own', () => police.received.some(({ body }) => body.includes('"P-own"')));
    expect(police.received).toHaveLength(1);
    await call('DELETE', `/subscriptions/${made.body.id}`);
    await police[Symbol.asyncDispose]();
  });
});

describe('the address', () => {
  it.each([
    'http://127.0.0.2/in',
    'https://10.1.2.3/in',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/in',
    'https://[::ffff:10.0.0.1]/in',
    'https://0.0.0.0/in',
    'https://2130706434/in',
    'https://0x7f.2/in',
    'http://203.0.113.7/in',
    'https://user:secret@203.0.113.7/in',
    'ftp://203.0.113.7/in',
  ])('%s is refused', async (url) => {
    const { status, body } = await call('POST', '/subscriptions', terms({ url }));
    expect([status, body.code]).toEqual([422, 'invalid-request']);
  });

  it('elsewhere is taken, over TLS', async () => {
    const { status, body } = await call(
      'POST',
      '/subscriptions',
      terms({ url: 'https://203.0.113.7/in', enabled: false }),
    );
    expect(status).toBe(201);
    await call('DELETE', `/subscriptions/${body.id}`);
  });
});
