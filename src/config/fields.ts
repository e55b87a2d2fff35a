import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

export const Host = z.string().min(1).max(253);
/** 0: the system picks a free one. */
export const ListenPort = z.int().min(0).max(65_535);
export const Variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable');
export const File = z.string().min(1);
/** An IP address, or a network by its prefix (CIDR, RFC 4632). */
export const Network = z.string().refine(isNetwork, 'must be an IP address or a network such as 10.0.0.0/8');

export function address(protocols: readonly string[]) {
  return z.string().superRefine((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.host === '' || !protocols.includes(url.protocol.slice(0, -1))) {
      context.addIssue(`must be an address that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`);
    } else if (url.username !== '' || url.password !== '') {
      context.addIssue('must hold no credentials: name them by an …Env or …File key');
    }
  });
}

function isNetwork(text: string): boolean {
  const [ip = '', prefix, ...more] = text.split('/');
  if (more.length > 0 || isIP(ip) === 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv6(ip) ? 128 : 32));
}

/** What webhooks may post to though it is private: a host name, an address, or a network. */
export const WebhookAllow = z
  .string()
  .refine(
    (text) => isNetwork(text) || z.hostname().safeParse(text).success,
    'must be a host name, an IP address or a network such as 10.0.0.0/8',
  );
