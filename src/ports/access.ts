import type { Permission, Role } from '../domain/access.ts';
import type { Grant } from '../domain/grant.ts';
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

/** A person. Times in milliseconds since the epoch. */
export interface User {
  readonly name: string;
  readonly grant: Grant;
  readonly disabled: boolean;
  /** The issuer of the identity provider that they sign in with; null: they have a password here. */
  readonly provider: string | null;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly signedInAtMs: number | null;
}

export interface UserChange {
  readonly grant?: Grant | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

/**
 * The people who sign in. Names are the same whatever their case. A change of what they are given, of their password, or
 * disabling them ends their sessions. Rejects with `invalid-request` for a password that cannot be had, `not-found`,
 * `forbidden-transition` (a name that is taken, what the provider says, the last administrator), `too-many-requests`.
 */
export interface Users {
  list(): readonly User[];
  find(name: string): User | null;
  create(name: string, grant: Grant, password: string): Promise<User>;
  change(name: string, change: UserChange): Promise<User>;
  remove(name: string): User;
  /** Null for an unknown name, a disabled user and a wrong password, after the same work. */
  signIn(name: string, password: string): Promise<SignedIn | null>;
  /** Who signed in with a password, by this session; null for every other one. */
  ofSession(session: string): User | null;
  /** Ends all sessions of the user and opens a new one; null where the present password is wrong. */
  changeOwn(session: string, present: string, next: string): Promise<SignedIn | null>;
  /** Makes the user known at the first time. `not-allowed`: disabled here; `forbidden-transition`: the name is another's. */
  signInByProvider(identity: ProvidedIdentity, grant: Grant): SignedIn;
}

/** Whom an identity provider vouches for: by `(issuer, subject)`, whatever the name (OpenID Connect Core, 5.7). */
export interface ProvidedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
}

/** Until there is a user or a token, nothing can be done but to make the first administrator. */
export interface SetUp {
  needed(): boolean;
  /** A new secret that is good once, in place of the one before. */
  begin(): string;
  /** Null where the code is not the one; `forbidden-transition` when it is not needed any more. */
  finish(code: string, name: string, password: string): Promise<SignedIn | null>;
}

/** Tokens, sessions and sign-in codes. A secret is answered once, by the call that makes it; only its hash is kept. */
export interface AccessStore extends Disposable {
  /** Without an end, unless the terms say one. `forbidden-transition` where a user has the name. */
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
  readonly users: Users;
  readonly setUp: SetUp;
  /** Called when credentials have ended, so that who came by them is looked at again. */
  onEnded(listener: () => void): Disposable;
}
