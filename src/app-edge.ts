import { readFileSync } from 'node:fs';
import { openOidc } from './adapters/oidc.ts';
import type { Secrets } from './config/secrets.ts';
import type { SiteConfig } from './config/site-config.ts';
import type { EdgeOptions } from './http/access/edge-options.ts';
import type { IdentityProvider } from './ports/identity-provider.ts';

/** How the HTTP edge meets the network, from the configuration; reads the certificates. */
export function edgeOf({ http, access }: SiteConfig): EdgeOptions {
  const { tls } = http;
  return {
    publicUrl: http.publicUrl ?? null,
    trustProxy: http.trustProxy,
    tls:
      tls === undefined
        ? null
        : {
            cert: readFileSync(tls.certFile, 'utf8'),
            key: readFileSync(tls.keyFile, 'utf8'),
            clientCa: tls.clientCaFile === undefined ? null : readFileSync(tls.clientCaFile, 'utf8'),
          },
    rateLimit: http.rateLimit,
    certificates: access.certificates.map(({ subject, fingerprint256, ...principal }) => ({
      subject,
      fingerprint256,
      principal,
    })),
  };
}

export function providerOf({ access: { oidc } }: SiteConfig, secrets: Secrets): IdentityProvider | null {
  return oidc === undefined ? null : openOidc({ ...oidc, clientSecret: secrets.oidcClientSecret });
}
