import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { drivers } from '../drivers/index.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { formatProblems } from '../src/config/problem.ts';
import { messageOf } from '../src/errors.ts';
import { systemClock } from '../src/runtime/system-clock.ts';
import { startPost } from './post.ts';
import { loadScenario, playScenario, type Scenario } from './scenario.ts';
import { startService } from './service-process.ts';

const root = join(import.meta.dirname, '..');
const files = {
  config: join(root, 'config/demo/site.yaml'),
  scenario: join(root, 'config/scenarios/demo.yaml'),
  data: join(root, 'data/demo'),
} as const;

/**
 * The demo post (`npm start`): the service as a process of its own, simulated devices on real wires, targets loaded, traffic in a
 * loop. Further arguments go to `serve`. Returns the exit code: 0 after SIGINT or SIGTERM, that of the service when it
 * ends by itself.
 */
async function runDemo(args: readonly string[], stop: AbortSignal): Promise<number> {
  const loaded = loadConfig(files.config, { drivers, env: process.env });
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  const { devices, mqtt } = loaded.config;
  const scenario = loadScenario(files.scenario);
  const token = process.env.LANEWATCH_ADMIN_TOKEN ?? randomBytes(32).toString('base64url');

  await using post = await startPost(devices, scenario.seed);
  await using service = startService(['--config', files.config, '--data', files.data, ...args], {
    ...process.env,
    LANEWATCH_ADMIN_TOKEN: token,
  });
  const over = new AbortController();
  const play = async () => {
    const address = await service.ready;
    if (mqtt.embedded !== undefined) await post.publishTo(`mqtt://${mqtt.embedded.host}:${mqtt.embedded.port}`);
    await prepare(address, token, scenario.targets);
    await playScenario(scenario, post.devices, AbortSignal.any([stop, over.signal]), systemClock);
    return 0;
  };
  const code = await Promise.race([play(), service.ended, abortOf(stop).then(() => 0)]);
  over.abort();
  if (code === 2) process.stderr.write('If the port is taken, give another: npm start -- --port 8081\n');
  return stop.aborted ? 0 : code;
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Loads the targets and prints the one-time sign-in address. */
async function prepare(address: string, token: string, targets: Scenario['targets']): Promise<void> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  for (const target of targets) await post('/targets', target);
  const { url } = (await post('/sign-in-links', { name: 'demo' })) as { url: string };
  process.stderr.write(`\n  Sign in (once): ${url}\n\n`);
}

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
try {
  process.exitCode = await runDemo(process.argv.slice(2), stopping.signal);
} catch (error) {
  // Whatever breaks once we are told to stop, breaks because everything stops.
  const { aborted } = stopping.signal;
  if (!aborted) process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = aborted ? 0 : 2;
}
