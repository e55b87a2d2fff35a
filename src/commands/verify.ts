import { verifyChain } from '../adapters/sqlite/chain.ts';
import { openDatabase } from '../adapters/sqlite/database.ts';
import { required } from './usage.ts';

/** Walks the journal's hash chain, beside a running service too; 1 at the first break. */
export function verify(values: Readonly<Record<string, unknown>>): number {
  const dataDir = required(values, 'data');
  const db = openDatabase(dataDir, { readOnly: true });
  try {
    const report = verifyChain(db);
    if (report.ok) {
      process.stdout.write(`${dataDir}: ${report.events} events, chain whole, head ${report.sha256}\n`);
      return 0;
    }
    process.stderr.write(`${dataDir}: event ${report.sequence}: ${report.problem}\n`);
    return 1;
  } finally {
    db.close();
  }
}
