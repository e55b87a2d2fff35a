import { constants } from 'node:crypto';
import type { Principal } from '../../ports/access.ts';

/** A machine known by its certificate: by exactly one of the two. */
export interface MachineCertificate {
  /** All of its subject, e.g. `CN=gate-7, O=Port`. */
  readonly subject?: string | undefined;
  /** SHA-256 of the certificate, as OpenSSL prints it. */
  readonly fingerprint256?: string | undefined;
  readonly principal: Principal;
}

/** How the HTTP edge meets the network. */
export interface EdgeOptions {
  /** Where browsers reach us, when it is not where we listen: `https://post.example`. */
  readonly publicUrl: string | null;
  /** Addresses and networks (CIDR) whose X-Forwarded-… headers are believed. */
  readonly trustProxy: readonly string[];
  /** PEM. `clientCa`: client certificates are asked for, and believed when it signed them. */
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string | null } | null;
  /** Requests a minute. */
  readonly rateLimit: { readonly perCredential: number; readonly perAddress: number };
  readonly certificates: readonly MachineCertificate[];
}

export const usualEdge: EdgeOptions = {
  publicUrl: null,
  trustProxy: [],
  tls: null,
  rateLimit: { perCredential: 60_000, perAddress: 3_000 },
  certificates: [],
};

/** TLS 1.2 or later. Certificates of clients are asked for, not demanded: people have none. */
export function secureOptionsOf({ cert, key, clientCa }: NonNullable<EdgeOptions['tls']>) {
  return {
    cert,
    key,
    minVersion: 'TLSv1.2' as const,
    // A resumed session would be without the certificate: none is resumed.
    ...(clientCa !== null && {
      ca: clientCa,
      requestCert: true,
      rejectUnauthorized: false,
      secureOptions: constants.SSL_OP_NO_TICKET,
    }),
  };
}
