import type { Role } from '../domain/access.ts';

/** Whom a credential stands for: the name that goes into the record, and the role. */
export interface Principal {
  readonly name: string;
  readonly role: Role;
}

/** Tokens, sessions and sign-in codes. A secret is answered once, by the call that makes it; only its hash is kept. */
export interface AccessStore extends Disposable {
  /** A bearer token without an end. */
  createToken(principal: Principal): string;
  verifyToken(token: string): Principal | null;
  /** A browser's session: ends after 12 h without use, or 24 h after it began. */
  openSession(principal: Principal): string;
  /** Counts as use. */
  verifySession(secret: string): Principal | null;
  closeSession(secret: string): void;
  /** Good for one sign-in within 10 minutes. */
  createSignInCode(principal: Principal): string;
  redeemSignInCode(code: string): Principal | null;
}
