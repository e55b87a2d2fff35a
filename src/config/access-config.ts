import { z } from 'zod';
import { Grant, MachineGrant, PrincipalName } from '../domain/grant.ts';
import { address, File, Host, ListenPort, Network, Variable } from './fields.ts';

const perMinute = z.int().min(1).max(10_000_000);
const seconds = (least: number) =>
  z
    .int()
    .min(least)
    .max(30 * 86_400);

/** Certificate and key of the service, PEM. With `clientCaFile` client certificates that it signed are believed. */
const ServerTls = z.strictObject({ certFile: File, keyFile: File, clientCaFile: File.optional() });

/** Where the service listens, and how it meets the network. */
export const HttpConfig = z.strictObject({
  host: Host.default('127.0.0.1'),
  port: ListenPort.default(8080),
  /** Where browsers reach it, when that is not where it listens: `https://post.example`. */
  publicUrl: address(['https', 'http'])
    .refine((text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`, 'must have no path')
    .transform((text) => new URL(text).origin)
    .optional(),
  /** Proxies whose X-Forwarded-For, -Proto and -Host are believed. */
  trustProxy: z.array(Network).default([]),
  tls: ServerTls.optional(),
  /** Requests a minute: of one credential, and of one address that shows none. */
  rateLimit: z
    .strictObject({ perCredential: perMinute.default(60_000), perAddress: perMinute.default(3_000) })
    .prefault({}),
});

/** A browser's session ends after this long without use, and at most this long after it began. */
const SessionConfig = z
  .strictObject({ idleS: seconds(60).default(12 * 3_600), absoluteS: seconds(60).default(24 * 3_600) })
  .refine(({ idleS, absoluteS }) => idleS <= absoluteS, 'idleS must be at most absoluteS');

/** An OpenID Connect provider. Its word on `claim` says what somebody is given: the first of `roles` that is there. */
const Oidc = z.strictObject({
  issuer: address(['https', 'http']).refine(
    isSafeIssuer,
    'must be https, unless it is on this machine: what goes over plain http can be changed',
  ),
  clientId: z.string().min(1),
  clientSecretEnv: Variable.optional(),
  clientSecretFile: File.optional(),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile']),
  claim: z.string().min(1).default('groups'),
  /** Names the user here; must be there and no other user's. */
  nameClaim: z.string().min(1).default('preferred_username'),
  /** What the button says. */
  label: z.string().trim().min(1).max(60).default('Sign in with your organisation'),
  roles: z.record(z.string().min(1), Grant).refine((roles) => Object.keys(roles).length > 0, 'must not be empty'),
});

const Certificate = MachineGrant.extend({
  name: PrincipalName,
  subject: z
    .string()
    .regex(/^\s*[A-Za-z0-9.]+\s*=/, 'must be a whole subject such as "CN=gate-7, O=Port"')
    .optional(),
  fingerprint256: z
    .string()
    .regex(/^(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/, 'must be a SHA-256 fingerprint: 32 pairs of hexadecimal digits')
    .optional(),
}).refine(
  ({ subject, fingerprint256 }) => (subject === undefined) !== (fingerprint256 === undefined),
  'must have either subject or fingerprint256',
);

/** Who is let in, besides the users and tokens of the data folder. */
export const AccessConfig = z.strictObject({
  session: SessionConfig.prefault({}),
  oidc: Oidc.optional(),
  /** Machines by their client certificate. */
  certificates: z.array(Certificate).default([]),
});

export type HttpConfig = z.infer<typeof HttpConfig>;
export type AccessConfig = z.infer<typeof AccessConfig>;

function isSafeIssuer(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
