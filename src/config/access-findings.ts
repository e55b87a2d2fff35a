import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { type Grant, grantFault } from '../domain/grant.ts';
import { messageOf } from '../errors.ts';
import type { Finding } from './problem.ts';
import type { SiteConfig } from './site-config.ts';

/** What cannot be given to whom, certificates that nobody can show, and a certificate that does not fit its key. */
export function accessFindings({ http, access, lanes }: SiteConfig): readonly Finding[] {
  const laneIds = lanes.map(({ id }) => id);
  const fault = (path: readonly PropertyKey[], grant: Grant): readonly Finding[] => {
    const found = grantFault(grant, laneIds);
    return found === null ? [] : [{ path: [...path, found.path], message: found.message }];
  };
  const { oidc, certificates } = access;
  return [
    ...Object.entries(oidc?.roles ?? {}).flatMap(([value, grant]) => fault(['access', 'oidc', 'roles', value], grant)),
    ...certificates.flatMap((certificate, at) => fault(['access', 'certificates', at], certificate)),
    ...(certificates.length > 0 && http.tls?.clientCaFile === undefined
      ? [{ path: ['access', 'certificates'], message: 'needs http.tls.clientCaFile, which signs them' }]
      : []),
    ...pairFindings(http.tls),
  ];
}

/** Files that cannot be read are found elsewhere. */
function pairFindings(tls: SiteConfig['http']['tls']): readonly Finding[] {
  if (tls === undefined) return [];
  const [cert, key, ca] = [tls.certFile, tls.keyFile, tls.clientCaFile].map(read);
  if (cert === null || key === null || ca === null) return [];
  try {
    // Node takes an empty text for none at all.
    if ([cert, key, ca].includes('')) throw new Error('a file is empty');
    createSecureContext({ ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) });
    return [];
  } catch (error) {
    return [{ path: ['http', 'tls'], message: `cannot be used: ${messageOf(error)}` }];
  }
}

function read(file: string | undefined): string | undefined | null {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
