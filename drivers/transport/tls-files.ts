import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Tls } from '../../src/domain/link.ts';
import { LanewatchError, messageOf } from '../../src/errors.ts';

/** What node:tls and mqtt.js are given for a `tls` setting. */
export interface TlsParts {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  /** Sent as SNI and checked; an address is no name there (RFC 6066, 3). */
  readonly servername?: string;
  readonly rejectUnauthorized: true;
  readonly minVersion: 'TLSv1.2';
}

/**
 * Reads the files of a `tls` setting now. Throws `link-refused` naming what cannot be used: it may be in the middle of being
 * renewed, so the next attempt looks again.
 */
export function tlsFiles({ caFile, certFile, keyFile, serverName }: Tls, host: string): TlsParts {
  const name = serverName ?? (isIP(host) === 0 ? host : undefined);
  const ca = caFile === undefined ? {} : { ca: read(caFile) };
  const own = certFile === undefined || keyFile === undefined ? {} : { cert: read(certFile), key: read(keyFile) };
  usable(ca, `${caFile} is no PEM certificate`);
  usable(own, `${certFile} and ${keyFile} are no PEM certificate with its key`);
  return {
    ...ca,
    ...own,
    ...(name === undefined ? {} : { servername: name }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new LanewatchError('link-refused', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function usable(parts: Pick<TlsParts, 'ca' | 'cert' | 'key'>, otherwise: string): void {
  try {
    createSecureContext(parts);
  } catch (cause) {
    throw new LanewatchError('link-refused', `${otherwise}: ${messageOf(cause)}`, { cause });
  }
}
