import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Alarm } from '../../src/domain/alarm.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { CommandPort } from '../../src/ports/desk.ts';
import { containerTarget } from './container-target.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const comment = (alarm: Alarm, text: string, key: string, token?: string) =>
  bench.call(`/api/v1/alarms/${alarm.id}/comment`, {
    method: 'POST',
    json: { text },
    headers: { 'idempotency-key': key },
    ...(token === undefined ? {} : { token }),
  });
const commentsOf = async (alarm: Alarm) =>
  ((await (await bench.call(`/api/v1/alarms/${alarm.id}`)).json()) as Alarm).comments.map((said) => said.text);

describe('a command with an Idempotency-Key', () => {
  it('has one effect, and the same answer to the letter', async () => {
    const alarm = await bench.raise('rpm-1');
    const first = await comment(alarm, 'seen', 'key-1');
    const second = await comment(alarm, 'seen', 'key-1');
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await commentsOf(alarm)).toEqual(['seen']);
  });

  it('keeps its status when it created something', async () => {
    const put = () =>
      bench.call('/api/v1/targets', { method: 'POST', json: containerTarget, headers: { 'idempotency-key': 'key-2' } });
    expect([(await put()).status, (await put()).status]).toEqual([201, 201]);
  });

  it('has one effect when many come at once', async () => {
    const alarm = await bench.raise('rpm-2');
    const answers = await Promise.all(Array.from({ length: 20 }, () => comment(alarm, 'at once', 'key-3')));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await commentsOf(alarm)).toEqual(['at once']);
  });

  it('is refused with 409 for another body or another resource, also at once', async () => {
    const [alarm, other] = [await bench.raise('rpm-3'), await bench.raise('rpm-4')];
    const answers = await Promise.all([
      comment(alarm, 'one', 'key-4'),
      comment(alarm, 'two', 'key-4'),
      comment(other, 'one', 'key-4'),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 409, 409]);
    expect(await answers[1]?.json()).toMatchObject({ code: 'idempotency-conflict' });
    expect([await commentsOf(alarm), await commentsOf(other)]).toEqual([['one'], []]);
  });

  it('has a key of its own for each principal', async () => {
    const alarm = await bench.raise('rpm-5');
    await comment(alarm, 'from one', 'key-5');
    expect((await comment(alarm, 'from another', 'key-5', bench.tokenOf('operator'))).status).toBe(200);
    expect(await commentsOf(alarm)).toEqual(['from one', 'from another']);
  });

  it('may be sent again after a refusal', async () => {
    const alarm = await bench.raise('rpm-6');
    const acknowledge = (version: number) =>
      bench.call(`/api/v1/alarms/${alarm.id}/acknowledge`, {
        method: 'POST',
        headers: { 'idempotency-key': 'key-6', 'if-match': `"${version}"` },
      });
    expect((await acknowledge(alarm.version + 7)).status).toBe(412);
    expect((await acknowledge(alarm.version)).status).toBe(200);
  });

  it('is not carried out again while the first is carried out but not durable', async () => {
    let commands = 0;
    const stuck: CommandPort = {
      command: async () => {
        commands += 1;
        throw new LanewatchError('journal-unavailable', 'not durable yet', { extra: { pending: true } });
      },
      commands: async () => [],
      answered: async () => undefined,
    };
    await using slow = await startHttpBench({ commands: stuck });
    const alarm = await slow.raise('rpm-1');
    const send = () =>
      slow.call(`/api/v1/alarms/${alarm.id}/acknowledge`, { method: 'POST', headers: { 'idempotency-key': 'key-7' } });
    expect([(await send()).status, (await send()).status]).toEqual([503, 503]);
    expect(commands).toBe(1);
  });

  it('is not remembered as under way once a later one is durable: by then the receipt tells', async () => {
    const asked: string[] = [];
    let isStuck = true;
    const alarm = await bench.raise('rpm-9');
    const port: CommandPort = {
      command: (async (_command, _actor, idempotency) => {
        asked.push(idempotency?.key ?? '');
        if (isStuck) throw new LanewatchError('journal-unavailable', 'not durable yet', { extra: { pending: true } });
        return { resource: alarm, created: false };
      }) as CommandPort['command'],
      commands: async () => [],
      answered: async () => undefined,
    };
    await using slow = await startHttpBench({ commands: port });
    const send = (key: string) =>
      slow.call('/api/v1/alarms/x/acknowledge', { method: 'POST', headers: { 'idempotency-key': key } });
    expect([(await send('a')).status, (await send('a')).status]).toEqual([503, 503]);
    isStuck = false;
    expect([(await send('b')).status, (await send('a')).status]).toEqual([200, 200]);
    expect(asked.map((key) => key.at(-1))).toEqual(['a', 'b', 'a']);
  });

  it('needs a usable key', async () => {
    const alarm = await bench.raise('rpm-8');
    expect((await comment(alarm, 'x', 'k'.repeat(201))).status).toBe(422);
  });
});
