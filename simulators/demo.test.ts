import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drivers } from '../drivers/index.ts';
import { loadConfig } from '../src/config/load-config.ts';
import { Alarm } from '../src/domain/alarm.ts';
import { eventChecker } from '../tests/support/schemas.ts';
import { until } from '../tests/support/until.ts';
import { simulators } from './index.ts';
import { loadScenario } from './scenario.ts';

const root = join(import.meta.dirname, '..');
const token = 'demo-test-token-0123456789-0123456789';

describe('the demo post', () => {
  it('has a good configuration, and a scenario of actions its devices know', () => {
    const loaded = loadConfig(join(root, 'config/demo/site.yaml'), { drivers, env: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const { lanes, devices } = loaded.config;
    expect(lanes).toHaveLength(4);
    expect(new Set(devices.map(({ driver }) => driver)).size).toBeGreaterThanOrEqual(5);

    const { steps } = loadScenario(join(root, 'config/scenarios/demo.yaml'));
    const driverOf = new Map(devices.map(({ id, driver }) => [id, driver]));
    const unknown = steps.filter(({ device, action }) => {
      const simulator = simulators.get(driverOf.get(device) ?? '');
      return simulator?.actions.safeParse(action).success !== true;
    });
    expect(unknown).toEqual([]);
  });

  it('starts, signs somebody in, alarms within 15 s and stops cleanly', async () => {
    const data = await mkdtemp(join(tmpdir(), 'lanewatch-demo-'));
    const demo = spawn(process.execPath, [join(root, 'simulators/demo.ts'), '--port', '0', '--data', data], {
      env: { ...process.env, LANEWATCH_ADMIN_TOKEN: token },
    });
    const ended = once(demo, 'exit');
    let said = '';
    for (const stream of [demo.stdout, demo.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    try {
      const address = await until('the ready line', () => /^lanewatch ready (\S+)$/m.exec(said)?.[1], 10_000);
      const signIn = await until('the sign-in address', () => /Sign in \(once\): (\S+)/.exec(said)?.[1], 10_000);
      const session = await fetch(signIn, { redirect: 'manual' });
      expect([session.status, session.headers.get('set-cookie')]).toEqual([303, expect.stringContaining('HttpOnly')]);

      const headers = { authorization: `Bearer ${token}` };
      const alarm = await until(
        'the first alarm',
        async () => {
          const answer = (await (await fetch(`${address}/api/v1/alarms`, { headers })).json()) as { items: unknown[] };
          return answer.items[0];
        },
        15_000,
      );
      const faults = eventChecker();
      const events = (await (await fetch(`${address}/api/v1/events?limit=1000`, { headers })).json()) as {
        type: string;
      }[];
      expect(events.length).toBeGreaterThan(10);
      for (const event of events) expect(faults(event), JSON.stringify(event)).toEqual([]);
      expect(Alarm.parse(alarm)).toMatchObject({ laneId: 'truck-import', signal: 'gamma', mode: 'operational' });
    } finally {
      demo.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true });
    }
    expect(demo.exitCode, said).toBe(0);
  });
});
