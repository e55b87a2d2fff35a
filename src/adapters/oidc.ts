import * as oidc from 'openid-client';
import type { Grant } from '../domain/grant.ts';
import { PrincipalName } from '../domain/grant.ts';
import { LanewatchError, messageOf } from '../errors.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Left out by a public client. */
  readonly clientSecret?: string | undefined;
  readonly scopes: readonly string[];
  readonly claim: string;
  readonly nameClaim: string;
  readonly label: string;
  readonly roles: Readonly<Record<string, Grant>>;
}

const timeoutS = 10;

/** The provider is asked what it offers at the first sign-in, and again after that failed: it need not be up at our start. */
export function openOidc(settings: OidcSettings): IdentityProvider {
  const { issuer, clientId, clientSecret, scopes, claim, nameClaim, label, roles } = settings;
  let known: Promise<oidc.Configuration> | null = null;
  const discover = (): Promise<oidc.Configuration> => {
    const insecure = new URL(issuer).protocol === 'http:';
    const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretPost(clientSecret);
    return oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
      timeout: timeoutS,
      // By signature also, where the standard lets TLS alone do (OpenID Connect Core, 3.1.3.7).
      execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
    });
  };
  const configuration = async (): Promise<oidc.Configuration> => {
    known ??= discover();
    try {
      return await known;
    } catch (error) {
      known = null;
      throw unavailable(error);
    }
  };
  /** Of the ID token; of the user-info endpoint where the token is silent. */
  const claimsOf = async (
    config: oidc.Configuration,
    tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  ) => {
    const claims = tokens.claims();
    if (claims === undefined) throw new LanewatchError('not-authenticated', 'the provider sent no ID token');
    const complete = [claim, nameClaim].every((name) => claims[name] !== undefined);
    if (complete || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
  };

  return {
    label,
    begin: async (redirectUri) => {
      const config = await configuration();
      const [state, nonce, codeVerifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, pending: { redirectUri, state, nonce, codeVerifier } };
    },
    finish: async (query, { redirectUri, state, nonce, codeVerifier }) => {
      const config = await configuration();
      const claims = await (async () => {
        const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirectUri}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        return await claimsOf(config, tokens);
      })().catch((error: unknown) => {
        throw refusal(error);
      });
      const name = PrincipalName.safeParse(claims[nameClaim]);
      if (!name.success) throw new LanewatchError('not-allowed', `the provider says no usable ${nameClaim}`);
      const grant = grantFor(claims[claim], roles);
      if (grant === null) throw new LanewatchError('not-allowed', `no ${claim} of ${name.data} has a role here`);
      return { identity: { issuer: claims.iss, subject: claims.sub, name: name.data }, grant };
    },
  };
}

/** The first of the configured values that the claim, a text or a list, has. */
function grantFor(claimed: unknown, roles: Readonly<Record<string, Grant>>): Grant | null {
  const values: readonly unknown[] = [claimed].flat();
  return Object.entries(roles).find(([value]) => values.includes(value))?.[1] ?? null;
}

/** An answer that is wrong, or none at all. */
function refusal(error: unknown): LanewatchError {
  if (error instanceof LanewatchError) return error;
  const answered =
    error instanceof oidc.AuthorizationResponseError ||
    error instanceof oidc.ResponseBodyError ||
    error instanceof oidc.WWWAuthenticateChallengeError ||
    (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT');
  if (!answered) return unavailable(error);
  return new LanewatchError('not-authenticated', `the provider does not vouch: ${messageOf(error)}`, { cause: error });
}

function unavailable(error: unknown): LanewatchError {
  const detail = `the identity provider cannot be asked: ${messageOf(error)}`;
  return new LanewatchError('provider-unavailable', detail, { cause: error });
}
