import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../errors.ts';
import type { Finding } from './problem.ts';
import type { Credentials, ReadableConfig } from './readable.ts';

/** What one feed signs in with. */
export type FeedSecrets = Partial<Readonly<Record<'username' | 'password' | 'token' | 'credentials', string>>>;

/** The values behind the …Env and …File keys. Never logged, never answered, never written back. */
export interface Secrets {
  readonly brokers: Readonly<Record<string, { readonly username?: string; readonly password?: string }>>;
  /** By feed. `credentials`: the text of a `.creds` file. */
  readonly feeds: Readonly<Record<string, FeedSecrets>>;
  readonly influxToken?: string;
  readonly oidcClientSecret?: string;
}

export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative …File paths start from: that of the configuration file. */
  readonly folder: string;
}

/** Fetches every secret that the configuration names; each one that cannot be had is a finding. Reads files, throws nothing. */
export function resolveSecrets(
  config: Pick<ReadableConfig, 'mqtt' | 'history' | 'access' | 'feeds'>,
  { env, folder }: SecretSources,
): { readonly secrets: Secrets; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];

  type Name = keyof FeedSecrets | 'clientSecret';
  const fetch = (credentials: Credentials, name: Name, path: readonly PropertyKey[]) => {
    const variable = credentials[`${name}Env`];
    const file = credentials[`${name}File`];
    const refuse = (key: string, message: string) => void findings.push({ path: [...path, key], message });
    if (variable !== undefined && file !== undefined)
      return refuse(`${name}File`, `stands beside ${name}Env: keep one`);
    if (variable !== undefined) {
      const value = env[variable];
      return value === undefined || value === ''
        ? refuse(`${name}Env`, `environment variable ${variable} is not set`)
        : value;
    }
    if (file === undefined) return undefined;
    try {
      const value = readFileSync(resolve(folder, file), 'utf8').trim();
      return value === '' ? refuse(`${name}File`, `file ${file} is empty`) : value;
    } catch (error) {
      return refuse(`${name}File`, `file ${file} cannot be read: ${messageOf(error)}`);
    }
  };

  const brokers = Object.entries(config.mqtt.brokers).map(([broker, credentials]) => {
    const path = ['mqtt', 'brokers', broker];
    const username = fetch(credentials, 'username', path);
    const password = fetch(credentials, 'password', path);
    return [broker, { ...(username && { username }), ...(password && { password }) }] as const;
  });
  const feeds = config.feeds.nats.map((feed, index) => {
    const names = ['username', 'password', 'token', 'credentials'] as const;
    const values = names.flatMap((name) => {
      const value = fetch(feed, name, ['feeds', 'nats', index]);
      return value === undefined ? [] : [[name, value] as const];
    });
    return [feed.id ?? '', Object.fromEntries(values)] as const;
  });
  const influxToken = config.history.influx && fetch(config.history.influx, 'token', ['history', 'influx']);
  const oidcClientSecret = config.access.oidc && fetch(config.access.oidc, 'clientSecret', ['access', 'oidc']);
  const secrets = {
    brokers: Object.fromEntries(brokers),
    feeds: Object.fromEntries(feeds),
    ...(influxToken && { influxToken }),
    ...(oidcClientSecret && { oidcClientSecret }),
  };
  return { secrets, findings };
}
