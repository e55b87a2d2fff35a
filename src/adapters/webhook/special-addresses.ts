import { BlockList, isIPv6 } from 'node:net';

/** Addresses that are not out there (IANA special-purpose registries): what webhooks must not reach unless they may. */
const ranges: readonly (readonly [string, number, string])[] = [
  ['0.0.0.0', 8, 'unspecified'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'carrier-grade NAT'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'reserved for benchmarks'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
  ['::', 128, 'unspecified'],
  ['::1', 128, 'loopback'],
  ['::', 96, 'IPv4-compatible'],
  ['::ffff:0:0', 96, 'IPv4-mapped'],
  ['::ffff:0:0:0', 96, 'IPv4-translated'],
  ['64:ff9b::', 96, 'NAT64'],
  ['64:ff9b:1::', 48, 'NAT64'],
  ['100::', 64, 'discard-only'],
  ['2001::', 32, 'Teredo'],
  ['2002::', 16, '6to4'],
  ['fc00::', 7, 'private'],
  ['fe80::', 10, 'link-local'],
  ['fec0::', 10, 'site-local'],
  ['ff00::', 8, 'multicast'],
];

export type AddressTest = (address: string) => boolean;

/** Tests whether an address is in one of these ranges: addresses, or CIDR. */
export function within(networks: readonly string[]): AddressTest {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    if (prefix === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return (address) => list.check(withoutZone(address), familyOf(withoutZone(address)));
}

/** Of what kind an address that is not out there is; null for one that is. */
export function createSpecialKind(): (address: string) => string | null {
  const tests = ranges.map(([address, prefix, kind]) => ({ kind, isIn: within([`${address}/${prefix}`]), address }));
  return (address) => {
    // A mapped address would pass for an IPv4 one here, and is refused as what it is.
    const own = tests.filter((test) => isIPv6(test.address) === isIPv6(withoutZone(address)));
    return own.find(({ isIn }) => isIn(address))?.kind ?? null;
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

/** `fe80::1%eth0` → `fe80::1` */
function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}
