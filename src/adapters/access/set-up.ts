import { timingSafeEqual } from 'node:crypto';
import { LanewatchError } from '../../errors.ts';
import type { SetUp } from '../../ports/access.ts';
import type { Passwords } from './passwords.ts';
import { hashOf, newSecret } from './secret.ts';
import type { UserRows } from './user-rows.ts';
import { refuseWeak } from './users.ts';

/** The first administrator. `open`: makes the session of a user that is there. Once not needed, it is not until the next start. */
export function openSetUp(parts: {
  readonly rows: UserRows;
  readonly passwords: Passwords;
  readonly signIn: (name: string, password: string) => ReturnType<SetUp['finish']>;
  /** Is there any other credential? */
  readonly otherwise: () => boolean;
}): SetUp {
  const { rows, passwords, otherwise, signIn } = parts;
  let over = false;
  let codeHash: Buffer | null = null;
  const needed = (): boolean => {
    over ||= otherwise() || rows.any();
    return !over;
  };
  const isCode = (code: string): boolean => codeHash !== null && timingSafeEqual(hashOf(code), codeHash);

  return {
    needed,
    begin: () => {
      const code = newSecret('');
      codeHash = hashOf(code);
      return code;
    },
    finish: async (code, name, password) => {
      if (!isCode(code)) return null;
      refuseWeak(name, password);
      const passwordHash = await passwords.hash(password);
      if (!needed()) throw new LanewatchError('forbidden-transition', 'the first administrator is there: sign in');
      rows.add({ name, grant: { role: 'administrator', agency: null, lanes: null }, passwordHash });
      codeHash = null;
      return signIn(name, password);
    },
  };
}
