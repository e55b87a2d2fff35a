import { drivers } from '../../drivers/index.ts';
import { loadConfig } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { required } from './usage.ts';

/** Says everything that is wrong with a configuration file, one line a problem; 1 when there is anything. */
export function check(values: Readonly<Record<string, unknown>>): number {
  const file = required(values, 'config');
  const loaded = loadConfig(file, { drivers, env: process.env });
  if (loaded.ok) {
    const { lanes, devices } = loaded.config;
    process.stdout.write(`${file}: good, ${lanes.length} lanes, ${devices.length} devices\n`);
    return 0;
  }
  process.stderr.write(`${formatProblems(loaded.problems)}\n`);
  return 1;
}
