import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from 'vitest';

/** What the real wires of some tests need from the machine (Debian packages; see .ci/run). */
export type Service = 'mosquitto' | 'nats-server' | 'socat' | 'pymodbus' | 'chromium' | 'mbpoll' | 'openssl';

/** The Debian interpreter, which sees the Debian package python3-pymodbus. */
export const python3 = '/usr/bin/python3';

/**
 * `describe` for tests that need installed servers: runs when all are there; skips and says why when one is not; with
 * LANEWATCH_REQUIRE_SERVICES=1 a missing one is a failing test.
 */
export function describeWith(services: readonly Service[], title: string, body: () => void): void {
  const missing = services.filter((service) => !isInstalled(service));
  if (missing.length === 0) return void describe(title, body);
  const reason = `not installed: ${missing.join(', ')}`;
  if (process.env.LANEWATCH_REQUIRE_SERVICES !== '1') {
    // The reporter counts what is skipped, and names nothing.
    console.warn(`skipped: ${title} (${reason})`);
    return void describe.skip(`${title} (${reason})`, body);
  }
  describe(title, () => {
    it('finds the servers it needs', () => {
      throw new Error(`${reason}, and LANEWATCH_REQUIRE_SERVICES=1 forbids to skip`);
    });
  });
}

function isInstalled(service: Service): boolean {
  if (service === 'pymodbus') return hasPymodbus();
  const programs = service === 'mosquitto' ? ['mosquitto', 'mosquitto_passwd'] : [service];
  return programs.every((program) => findProgram(program) !== undefined);
}

/** Full path of a program on the PATH or in Debian's folder for servers, which an ordinary user's PATH leaves out. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function hasPymodbus(): boolean {
  if (!isExecutable(python3)) return false;
  try {
    execFileSync(python3, ['-c', 'import pymodbus.server'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
