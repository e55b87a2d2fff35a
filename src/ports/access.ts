import type { Permission, Role } from '../domain/access.ts';
import type { PersonalData, Tlp } from '../domain/words.ts';

/** Whom a credential stands for: the name that goes into the record, the role, and what narrows it. */
export interface Principal {
  readonly name: string;
  readonly role: Role;
  /** Null: the post's own. */
  readonly agency: string | null;
  /** Null: all lanes. */
  readonly lanes: readonly string[] | null;
  /** Null: everything the role may do. */
  readonly scopes: readonly Permission[] | null;
  /** The most they may have of what is shared; where left out, what the role may have. */
  readonly tlp?: Tlp;
  readonly personalData?: PersonalData;
  readonly purpose?: string;
}

/** A principal as it is described: what is left out narrows nothing. */
export type PrincipalInput = Pick<Principal, 'name' | 'role'> & Partial<Principal>;

/** How long a browser's session may last, in seconds: without use, and at most. */
export interface SessionLimits {
  readonly idleS: number;
  readonly absoluteS: number;
}

/** Milliseconds since the epoch; null: never. */
export interface TokenTerms {
  readonly endsAtMs?: number | null;
  readonly createdBy?: string | null;
}

/** A service's bearer token, without its secret. Times in milliseconds since the epoch; `usedAtMs` is true to a minute. */
export interface ServiceToken {
  readonly id: string;
  readonly principal: Principal;
  readonly createdAtMs: number;
  /** Null: on the command line. */
  readonly createdBy: string | null;
  readonly endsAtMs: number | null;
  readonly usedAtMs: number | null;
}
export interface NewToken extends ServiceToken {
  readonly secret: string;
}

export interface SignedIn {
  readonly principal: Principal;
  /** The session's secret. */
  readonly session: string;
}

/** Tokens, sessions and sign-in codes. A secret is answered once, by the call that makes it; only its hash is kept. */
export interface AccessStore extends Disposable {
  /** Without an end, unless the terms say one. */
  createToken(input: PrincipalInput, terms?: TokenTerms): NewToken;
  tokens(): readonly ServiceToken[];
  /** Ends the token and the sessions that were opened by it; null where there is none. */
  revokeToken(id: string): ServiceToken | null;
  verifyToken(token: string): Principal | null;
  /** Opens a session that ends with its token. */
  signInByToken(token: string): SignedIn | null;
  openSession(input: PrincipalInput): string;
  /** Counts as use. */
  verifySession(secret: string): Principal | null;
  closeSession(secret: string): void;
  /** Good for one sign-in within 10 minutes. */
  createSignInCode(input: PrincipalInput): string;
  redeemSignInCode(code: string): Principal | null;
  /** Called when credentials have ended, so that who came by them is looked at again. */
  onEnded(listener: () => void): Disposable;
}
