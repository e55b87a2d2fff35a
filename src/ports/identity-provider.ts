import type { Grant } from '../domain/grant.ts';
import type { ProvidedIdentity } from './access.ts';

/** What must be kept of a sign-in between leaving for the provider and coming back. Never leaves the service. */
export interface PendingSignIn {
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/**
 * Vouches for people (OpenID Connect, code flow with PKCE). Rejects with `provider-unavailable` when it cannot be reached,
 * `not-authenticated` when it does not vouch, `not-allowed` for who has no role here.
 */
export interface IdentityProvider {
  /** What the button says. */
  readonly label: string;
  begin(redirectUri: string): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** `query`: that of the address at which the browser came back. */
  finish(
    query: string,
    pending: PendingSignIn,
  ): Promise<{ readonly identity: ProvidedIdentity; readonly grant: Grant }>;
}
