import { randomUUIDv7 } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { drivers } from '../../drivers/index.ts';
import { startApp } from '../app.ts';
import { loadConfig } from '../config/load-config.ts';
import { formatProblems } from '../config/problem.ts';
import { LanewatchError } from '../errors.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { required, UsageError } from './usage.ts';

/** After this long a stop is no longer waited for. */
const stopDeadlineMs = 4_500;

/** Runs the service until SIGTERM or SIGINT. Prints one line on stdout when it accepts connections. */
export async function serve(values: Readonly<Record<string, unknown>>): Promise<number> {
  const loaded = loadConfig(required(values, 'config'), { drivers, env: process.env });
  if (!loaded.ok) {
    process.stderr.write(`${formatProblems(loaded.problems)}\n`);
    return 2;
  }
  const log = pino({ level: process.env.LANEWATCH_LOG_LEVEL ?? 'info' }, pino.destination({ fd: 2, sync: true }));
  const dashboardDir = join(import.meta.dirname, '../../dashboards/operations/dist');
  const stop = stopSignal();
  try {
    const app = await startApp({
      loaded,
      dataDir: typeof values.data === 'string' ? values.data : 'data',
      host: typeof values.host === 'string' ? values.host : undefined,
      port: portOf(values.port),
      adminToken: process.env.LANEWATCH_ADMIN_TOKEN,
      dashboardDir: existsSync(dashboardDir) ? dashboardDir : null,
      clock: systemClock,
      random: Math.random,
      // In the order of time, so that a new row stands beside the last one: random ones would touch a page each.
      newId: randomUUIDv7,
      log,
    });
    process.stdout.write(`lanewatch ready ${app.address}\n`);
    await stop;
    log.info({}, 'stopping');
    const late = setTimeout(() => {
      log.error({}, 'the stop took too long; what is committed is safe');
      process.exit(1);
    }, stopDeadlineMs);
    await app[Symbol.asyncDispose]();
    clearTimeout(late);
    return 0;
  } catch (error) {
    if (!isStartFault(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function portOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || value === '')
    throw new UsageError(`--port ${String(value)} is no port number`);
  return port;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  });
}

/** What the operator of the machine can mend: said in one line, without a stack. */
function isStartFault(error: unknown): error is Error {
  if (error instanceof LanewatchError) return error.code !== 'internal';
  return (
    error instanceof Error &&
    'code' in error &&
    ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(String(error.code))
  );
}
