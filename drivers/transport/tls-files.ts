import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
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

/** Reads the files of a `tls` setting now. Throws `configuration-fault` naming the one that cannot be read. */
export function tlsFiles({ caFile, certFile, keyFile, serverName }: Tls, host: string): TlsParts {
  const name = serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ...(caFile === undefined ? {} : { ca: read(caFile) }),
    ...(certFile === undefined ? {} : { cert: read(certFile) }),
    ...(keyFile === undefined ? {} : { key: read(keyFile) }),
    ...(name === undefined ? {} : { servername: name }),
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  };
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new LanewatchError('configuration-fault', `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
