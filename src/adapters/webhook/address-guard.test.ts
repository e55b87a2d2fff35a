import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { until } from '../../../tests/support/until.ts';
import { startReceiver } from '../../../tests/support/webhook-receiver.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { createAddressGuard } from './address-guard.ts';
import { retryAfterMs } from './retry-after.ts';
import { createSpecialKind } from './special-addresses.ts';
import { openWebhookSink } from './webhook-sink.ts';

const kindOf = createSpecialKind();

describe('what is not out there', () => {
  it.each([
    ['0.0.0.0', 'unspecified'],
    ['10.255.255.255', 'private'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['169.254.169.254', 'link-local'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['::ffff:127.0.0.1', 'IPv4-mapped'],
    ['::ffff:a00:1', 'IPv4-mapped'],
    ['64:ff9b::10.0.0.1', 'NAT64'],
    ['64:ff9b:1::1', 'NAT64'],
    ['2002:7f00:1::', '6to4'],
    ['2001::1', 'Teredo'],
    ['fd12:3456::1', 'private'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['ff02::1', 'multicast'],
  ])('%s is %s', (address, kind) => expect(kindOf(address)).toBe(kind));

  it.each([
    '9.255.255.255',
    '11.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '8.8.8.8',
    '2606:4700::1111',
  ])('%s is', (address) => expect(kindOf(address)).toBeNull());
});

describe('the guard', () => {
  const leadsTo =
    (...addresses: readonly string[]) =>
    async (): Promise<LookupAddress[]> =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const check = (allow: readonly string[], url: string, ...addresses: readonly string[]) =>
    createAddressGuard(allow, leadsTo(...addresses)).check(new URL(url));

  it('refuses a name that leads nowhere else than inside, and takes one that also leads out', async () => {
    await expect(check([], 'https://inside.example/', '10.0.0.1')).rejects.toThrow(
      'inside.example leads to 10.0.0.1, which is private',
    );
    await expect(check([], 'https://both.example/', '10.0.0.1', '203.0.113.7')).resolves.toBeUndefined();
  });

  it('takes what is listed, by name, by address and by range, and that without TLS', async () => {
    await expect(check(['inside.example'], 'http://Inside.example:8080/', '10.0.0.1')).resolves.toBeUndefined();
    await expect(check(['10.0.0.0/8'], 'http://inside.example/', '10.0.0.1')).resolves.toBeUndefined();
    await expect(check(['10.0.0.1'], 'http://10.0.0.1/')).resolves.toBeUndefined();
    await expect(check(['fd00::/8'], 'http://[fd00::7]/')).resolves.toBeUndefined();
    await expect(check(['10.0.0.0/8'], 'http://out.example/', '203.0.113.7')).rejects.toThrow('https is asked for');
    await expect(check(['10.0.0.0/8'], 'https://inside.example/', '127.0.0.1')).rejects.toThrow('loopback');
  });

  it('refuses a name that is none, and takes one that cannot be looked up now', async () => {
    const failing = (code: string) => async () => {
      throw Object.assign(new Error(code), { code });
    };
    const url = new URL('https://somewhere.example/');
    await expect(createAddressGuard([], failing('ENOTFOUND')).check(url)).rejects.toThrow('there is no host');
    await expect(createAddressGuard([], failing('EAI_AGAIN')).check(url)).resolves.toBeUndefined();
    await expect(createAddressGuard([], failing('EAI_AGAIN')).check(new URL('http://x.example/'))).rejects.toThrow(
      'https',
    );
  });

  it('connects to no address that a name leads to only after it was checked', async () => {
    await using target = await startReceiver();
    const { port } = new URL(target.url);
    let asked = 0;
    const rebinding = async (): Promise<LookupAddress[]> => {
      asked += 1;
      return [{ address: asked === 1 ? '203.0.113.7' : '127.0.0.1', family: 4 }];
    };
    const guard = createAddressGuard([], rebinding);
    await guard.check(new URL(`https://rebinding.example:${port}/`));
    const secrets = () => ['whsec_AAAA'];
    const url = `http://rebinding.example:${port}/in`;
    await using sink = openWebhookSink({ url, guard, secrets, clock: systemClock });
    const event = { id: 'e', sequence: 1, type: 't', json: '{"id":"e","sequence":"1","type":"t"}' };
    const { accepted, failure } = await sink.send([event], AbortSignal.timeout(5_000));
    expect([accepted, failure?.reason]).toEqual([0, 'rebinding.example leads to 127.0.0.1, which is loopback']);
    expect(target.received).toEqual([]);
    // The same wire does carry it where that is allowed.
    await using free = openWebhookSink({
      url,
      guard: createAddressGuard(['127.0.0.0/8'], rebinding),
      secrets,
      clock: systemClock,
    });
    expect(await free.send([event], AbortSignal.timeout(5_000))).toMatchObject({ accepted: 1, status: 204 });
    await until('the request', () => target.accepted.length === 1);
  });
});

it.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 08:00:00 GMT', 0],
  ['Monday, 23-Nov-26 09:00:30 GMT', 30_000],
  ['Mon Nov 23 09:00:30 2026', 30_000],
  ['soon', undefined],
  ['-5', undefined],
  ['2026-11-23T09:00:30Z', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(retryAfterMs(header, Date.UTC(2026, 10, 23, 9))).toBe(expected);
});
