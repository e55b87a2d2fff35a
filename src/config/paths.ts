import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { Link, Tls } from '../domain/link.ts';
import { messageOf } from '../errors.ts';
import type { Finding } from './problem.ts';
import type { SiteConfig } from './site-config.ts';

/** Relative paths in the configuration start at the folder of its file: here they become absolute. */
export function resolvePaths(config: SiteConfig, folder: string): SiteConfig {
  const brokers = Object.entries(config.mqtt.brokers).map(
    ([name, { tls, ...broker }]) =>
      [name, tls === undefined ? broker : { ...broker, tls: resolveTls(tls, folder) }] as const,
  );
  return {
    ...config,
    http: resolveHttp(config.http, folder),
    mqtt: { ...config.mqtt, brokers: Object.fromEntries(brokers) },
    feeds: {
      ...config.feeds,
      nats: config.feeds.nats.map(({ tls, ...feed }) =>
        tls === undefined ? feed : { ...feed, tls: resolveTls(tls, folder) },
      ),
    },
    devices: config.devices.map((device) => ({ ...device, link: resolveLink(device.link, folder) })),
  };
}

function resolveHttp({ tls, ...http }: SiteConfig['http'], folder: string): SiteConfig['http'] {
  if (tls === undefined) return http;
  const { certFile, keyFile, clientCaFile } = tls;
  return {
    ...http,
    tls: {
      certFile: resolve(folder, certFile),
      keyFile: resolve(folder, keyFile),
      ...(clientCaFile !== undefined && { clientCaFile: resolve(folder, clientCaFile) }),
    },
  };
}

function resolveLink(link: Link, folder: string): Link {
  if (link.type === 'folder') return { ...link, path: resolve(folder, link.path) };
  if (link.type === 'tcp' && link.tls !== undefined) return { ...link, tls: resolveTls(link.tls, folder) };
  return link;
}

function resolveTls({ caFile, certFile, keyFile, ...tls }: Tls, folder: string): Tls {
  return {
    ...tls,
    ...(caFile === undefined ? {} : { caFile: resolve(folder, caFile) }),
    ...(certFile === undefined ? {} : { certFile: resolve(folder, certFile) }),
    ...(keyFile === undefined ? {} : { keyFile: resolve(folder, keyFile) }),
  };
}

type TlsFiles = Pick<Tls, 'caFile' | 'certFile' | 'keyFile'> & { readonly clientCaFile?: string | undefined };

/** Certificates that cannot be read, in a configuration whose paths are resolved. Folders may come later: their driver says so. */
export function tlsFindings(config: SiteConfig): readonly Finding[] {
  const places: readonly (readonly [readonly PropertyKey[], TlsFiles | undefined])[] = [
    [['http', 'tls'], config.http.tls],
    ...Object.entries(config.mqtt.brokers).map(([name, { tls }]) => [['mqtt', 'brokers', name, 'tls'], tls] as const),
    ...config.feeds.nats.map(({ tls }, at) => [['feeds', 'nats', at, 'tls'], tls] as const),
    ...config.devices.map(
      ({ link }, at) => [['devices', at, 'link', 'tls'], link.type === 'tcp' ? link.tls : undefined] as const,
    ),
  ];
  return places.flatMap(([path, tls]) =>
    (['caFile', 'certFile', 'keyFile', 'clientCaFile'] as const).flatMap((key) => {
      const file = tls?.[key];
      if (file === undefined) return [];
      try {
        accessSync(file, constants.R_OK);
        return [];
      } catch (error) {
        return [{ path: [...path, key], message: `cannot be read: ${messageOf(error)}` }];
      }
    }),
  );
}
