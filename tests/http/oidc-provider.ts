import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const clientId = 'lanewatch';
export const clientSecret = 'a-client-secret-for-tests-only';

/** A real OpenID Connect provider on a free port of this machine. Whoever gives a name there is believed. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  /** What it says of people, by their subject. */
  readonly people: Map<string, Readonly<Record<string, unknown>>>;
  /** Makes it the provider of one client. `inToken`: it says everything in the ID token, else at its user-info endpoint. */
  serve(redirectUri: string, inToken?: boolean): void;
  /** It stops listening, and listens again on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startTestProvider(): Promise<TestProvider> {
  const people: TestProvider['people'] = new Map();
  const server = createServer();
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const port = await listen(0);
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };

  return {
    issuer,
    people,
    serve: (redirectUri, inToken = false) => {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: clientId,
            client_secret: clientSecret,
            redirect_uris: [redirectUri],
            token_endpoint_auth_method: 'client_secret_post',
          },
        ],
        jwks: { keys: [key] },
        cookies: { keys: ['a key of the provider'] },
        claims: { openid: ['sub'], profile: ['preferred_username', 'groups'] },
        conformIdTokenClaims: !inToken,
        findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
        // Nobody is asked whether we may know their name.
        loadExistingGrant: async ({ oidc }) => {
          const { client, session } = oidc;
          const grant = new oidc.provider.Grant({
            ...(client && { clientId: client.clientId }),
            ...(session?.accountId && { accountId: session.accountId }),
          });
          grant.addOIDCScope('openid profile');
          await grant.save();
          return grant;
        },
      });
      server.removeAllListeners('request');
      server.on('request', provider.callback());
    },
    stop,
    start: async () => {
      await listen(port);
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** A browser without a screen: its cookies by host, and one request at a time. */
export function smallBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const get = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { host } = new URL(url);
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  /** Follows redirections until an answer is none, or leads to where `until` says. */
  const follow = async (url: string, until: (url: string) => boolean = () => false): Promise<string> => {
    const location = (await get(url)).headers.get('location');
    if (location === null) return url;
    const next = new URL(location, url).href;
    return until(next) ? next : follow(next, until);
  };
  return { get, follow };
}

type SmallBrowser = ReturnType<typeof smallBrowser>;

/** Begins at our sign-in and signs in at the provider; returns the address at which the provider sends the browser back. */
export async function comeBack(browser: SmallBrowser, ours: string, subject: string): Promise<string> {
  const isOurs = (url: string) => url.startsWith(`${ours}/signin/oidc/callback`);
  const form = await browser.follow(`${ours}/signin/oidc`, isOurs);
  if (isOurs(form)) return form;
  const answer = await browser.get(form, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ prompt: 'login', login: subject, password: 'any' }).toString(),
  });
  return browser.follow(new URL(answer.headers.get('location') ?? '', form).href, isOurs);
}
