import { describe, expect, it } from 'vitest';
import { deskBench } from '../../../tests/support/desk-bench.ts';
import type { Command } from '../command.ts';
import { type Subscription, SubscriptionInput } from '../subscription.ts';

const asked = SubscriptionInput.parse({
  url: 'https://hooks.example.org/border',
  types: ['lanewatch.alarm.*'],
  agency: 'freight-targeting',
  purpose: 'targeting',
});
const put: Command = { type: 'put-subscription', subscription: asked };

function subscribed() {
  const bench = deskBench();
  const tell = (command: Command) => bench.tell(command).at(-1)?.data as Subscription;
  const created = tell(put);
  const change = (change: 'rotated' | 'stopped' | 'deleted', detail?: string) =>
    tell({ type: 'change-subscription', subscriptionId: created.id, change, detail });
  return { bench, tell, created, change };
}

describe('a webhook subscription', () => {
  it('begins with what comes after it was made, and is on record as a whole', () => {
    const { bench, created } = subscribed();
    expect(created).toMatchObject({
      ...{ version: 1, state: 'enabled', change: 'created', by: 'anna', after: '0'.repeat(20), detail: null },
      ...{ lanes: null, tlp: null, personalData: null, includeNonOperational: false, url: asked.url },
    });
    expect(bench.state.subscriptions.get(created.id)).toEqual(created);
    expect(bench.events.at(-1)).toMatchObject({
      type: 'lanewatch.subscription.changed',
      subject: `subscriptions/${created.id}`,
    });
  });

  it('keeps its beginning when its terms change, and is enabled again by them', () => {
    const { tell, created, change, bench } = subscribed();
    bench.atS = 60;
    expect(change('stopped', 'HTTP 410')).toMatchObject({ version: 2, state: 'stopped', detail: 'HTTP 410' });
    const changed = tell({
      type: 'put-subscription',
      subscriptionId: created.id,
      subscription: { ...asked, types: ['*'] },
      ifVersion: 2,
    });
    expect(changed).toMatchObject({ version: 3, state: 'enabled', change: 'changed', types: ['*'] });
    expect([changed.after, changed.createdAt]).toEqual([created.after, created.createdAt]);
  });

  it('keeps its state when its secret is rotated, and is gone when deleted', () => {
    const { bench, created, change } = subscribed();
    expect(change('rotated')).toMatchObject({ state: 'enabled', change: 'rotated' });
    expect(change('deleted')).toMatchObject({ state: 'deleted' });
    expect(bench.state.subscriptions.size).toBe(0);
    const again = { type: 'change-subscription', subscriptionId: created.id, change: 'deleted' } as const;
    expect(bench.refusal(again).code).toBe('not-found');
  });

  it('refuses what was said of another version, and a 201st', () => {
    const { bench, created } = subscribed();
    expect(bench.refusal({ ...put, subscriptionId: created.id, ifVersion: 7 }).code).toBe('stale-version');
    expect(bench.refusal({ ...put, subscriptionId: 'nobody' }).code).toBe('not-found');
    for (let number = 2; number <= 200; number += 1) bench.tell(put);
    expect(bench.refusal(put)).toMatchObject({ code: 'forbidden-transition' });
  });
});

it.each([
  ['https://hooks.example.org', true],
  ['http://10.0.0.7:9000/in?key=1', true],
  ['https://[2001:db8::1]:8443/in', true],
  ['https://user:secret@hooks.example.org/', false],
  ['https://hooks.example.org/#here', false],
  ['https://hooks.example.org\\@127.0.0.1/', false],
  ['ftp://hooks.example.org/', false],
  ['hooks.example.org', false],
])('%s may be posted to: %s', (url, expected) => {
  expect(SubscriptionInput.safeParse({ ...asked, url }).success).toBe(expected);
});
