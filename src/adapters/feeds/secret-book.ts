import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { SecretBook } from '../../ports/feeds.ts';
import { durably, type FeedsDatabase } from './feeds-database.ts';

/** Standard Webhooks: 24 to 64 random bytes. */
const secretBytes = 32;

interface SecretRow {
  readonly version: number;
  readonly secret: string;
}

/** `whsec_` and base64. Kept as they are, since they sign; shown only by the call that has them made. */
export function openSecretBook(db: FeedsDatabase, clock: Clock): SecretBook {
  const newest = db.prepare<[string], SecretRow>(
    'SELECT version, secret FROM secrets WHERE subscription = ? ORDER BY version DESC LIMIT 1',
  );
  const one = db
    .prepare<[string, number, number], string>(
      'SELECT secret FROM secrets WHERE subscription = ? AND version = ? AND (endsAtMs IS NULL OR endsAtMs > ?)',
    )
    .pluck();
  const current = db
    .prepare<[string, number], string>(
      'SELECT secret FROM secrets WHERE subscription = ? AND (endsAtMs IS NULL OR endsAtMs > ?) ORDER BY version DESC LIMIT 5',
    )
    .pluck();
  const forget = db.prepare('DELETE FROM secrets WHERE subscription = ?');
  const end = db.prepare('UPDATE secrets SET endsAtMs = ? WHERE subscription = ? AND endsAtMs IS NULL');
  const add = db.prepare('INSERT INTO secrets (subscription, version, secret) VALUES (?, ?, ?)');
  const sweep = db.prepare('DELETE FROM secrets WHERE endsAtMs <= ?');

  return {
    secretFor: ({ id, version }, graceMs) => {
      const nowMs = clock.now();
      if ((newest.get(id)?.version ?? 0) < version) {
        durably(db, () => {
          sweep.run(nowMs);
          end.run(nowMs + graceMs, id);
          add.run(id, version, `whsec_${randomBytes(secretBytes).toString('base64')}`);
        });
      }
      return one.get(id, version, nowMs) ?? null;
    },
    secretsOf: (id) => current.all(id, clock.now()),
    forget: (id) => void forget.run(id),
  };
}
