import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { LanewatchError, messageOf } from '../../errors.ts';
import { createSpecialKind, within } from './special-addresses.ts';

/** Where a name leads, all of it. Rejects with what Node's own rejects with. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** Keeps webhooks away from what is not meant for them: this machine, its neighbours, the cloud's metadata. */
export interface AddressGuard {
  /**
   * May webhooks post there, as far as can be told now? Throws `invalid-request`. A name that cannot be looked up at the moment
   * passes: it is looked up again, and held to the same, for every connection.
   */
  check(url: URL): Promise<void>;
  /** The same for a host given as an address, which no look-up comes before. Throws `not-allowed`. */
  checkLiteral(url: URL): void;
  /** For the connection itself: gives only addresses that may be connected to, so that what was checked is what is used. */
  readonly lookup: LookupFunction;
}

const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** `allow`: host names, addresses and CIDR that may be posted to though they are private, and without TLS. */
export function createAddressGuard(allow: readonly string[], resolve: Resolve = systemResolve): AddressGuard {
  const isNetwork = (entry: string) => isIP(entry.split('/')[0] ?? '') !== 0;
  const isListed = within(allow.filter(isNetwork));
  const hosts = new Set(allow.filter((entry) => !isNetwork(entry)).map(nameOf));
  const specialKind = createSpecialKind();

  const faultOf = (host: string, address: string): string | null => {
    const kind = hosts.has(nameOf(host)) || isListed(address) ? null : specialKind(address);
    return kind === null ? null : `${host === address ? address : `${host} leads to ${address}, which`} is ${kind}`;
  };
  const permitted = (host: string, addresses: readonly LookupAddress[]): LookupAddress[] => {
    const free = addresses.filter(({ address }) => faultOf(host, address) === null);
    const [first] = addresses;
    if (free.length > 0) return free;
    throw new LanewatchError('not-allowed', (first && faultOf(host, first.address)) ?? `${host} leads nowhere`);
  };
  const isTrusted = (host: string, addresses: readonly LookupAddress[]): boolean =>
    hosts.has(nameOf(host)) || (addresses.length > 0 && addresses.every(({ address }) => isListed(address)));
  const addressesOf = async (host: string): Promise<readonly LookupAddress[]> => {
    const family = isIP(host);
    return family === 0 ? resolve(host) : [{ address: host, family }];
  };

  return {
    check: async (url) => {
      const host = hostOf(url);
      let found: readonly LookupAddress[] = [];
      try {
        found = permitted(host, await addressesOf(host));
      } catch (error) {
        if (error instanceof LanewatchError) throw refused(error.message);
        if (codeOf(error) === 'ENOTFOUND') throw refused(`there is no host ${host}`);
      }
      if (url.protocol !== 'https:' && !isTrusted(host, found)) {
        throw refused('https is asked for, unless webhooks.allow lists the host');
      }
    },
    checkLiteral: (url) => {
      const host = hostOf(url);
      const family = isIP(host);
      if (family !== 0) permitted(host, [{ address: host, family }]);
    },
    lookup: (host, options, callback) => {
      resolve(host).then(
        (addresses) => {
          try {
            const free = permitted(host, addresses);
            const [first] = free;
            if (options.all === true) callback(null, free);
            else callback(null, first?.address ?? '', first?.family);
          } catch (error) {
            callback(new Error(messageOf(error), { cause: error }), '');
          }
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    },
  };
}

function refused(detail: string): LanewatchError {
  return new LanewatchError('invalid-request', `url: webhooks must not post there: ${detail}`);
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function nameOf(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
