import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openLineServer } from '../../simulators/line-server.ts';
import { runCommand } from '../support/service.ts';

/** Each starts four processes, one after the other. */
const processesMs = 60_000;

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-recording-'));
  return { file: (name: string) => join(folder, name), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

test(
  'the commands: record a device of a configuration, replay the file; it stays unacknowledged',
  async () => {
    using place = scratch();
    await using portal = await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) =>
      say('NB,000000,000000,000000,000000\r\nGB,000188,000206,000262,000243\r\nGB,00x\r\n'),
    );
    const config = {
      version: 1,
      site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      lanes: [{ id: 'l', name: 'L', kind: 'vehicle' }],
      devices: [{ id: 'rpm-1', lane: 'l', driver: 'tsa-rpm', link: portal.link }],
    };
    writeFileSync(place.file('site.yaml'), stringify(config));
    const out = place.file('rpm-1.jsonl');
    const made = await runCommand([
      'record',
      '--config',
      place.file('site.yaml'),
      '--device',
      'rpm-1',
      '--out',
      out,
      '--seconds',
      '2',
    ]);
    expect(made).toMatchObject({ code: 0 });
    expect(made.stderr).toContain('2 good frames, 1 refused');
    const again = await runCommand(['replay', '--file', out]);
    expect(again.code).toBe(0);
    const lines = again.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ refused: 'wrong-field-count', bytes: Buffer.from('GB,00x').toString('hex') });
    expect(
      await runCommand(['record', '--config', place.file('site.yaml'), '--device', 'no', '--out', out]),
    ).toMatchObject({ code: 2 });
    const taken = await runCommand(['record', '--config', place.file('site.yaml'), '--device', 'rpm-1', '--out', out]);
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringMatching(/rpm-1\.jsonl cannot be begun: EEXIST/) });
    writeFileSync(out, `${readFileSync(out, 'utf8')}{"what":"no"}\n`);
    expect((await runCommand(['replay', '--file', out])).stderr).toMatch(/rpm-1\.jsonl:\d+: /);
  },
  processesMs,
);

test(
  'a recording read anew, as the configuration has the device now: the way to a profile',
  async () => {
    using place = scratch();
    await using unit = await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) =>
      say('R,7,2026-11-24 05:00:00,ALARM\r\nR,8,2026-11-24 05:01:00,FINE\r\n'),
    );
    const site = {
      version: 1,
      site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      lanes: [{ id: 'l', name: 'L', kind: 'baggage' }],
    };
    const device = { id: 'etd-1', lane: 'l', driver: 'trace-record', link: unit.link };
    const config = place.file('site.yaml');
    writeFileSync(config, stringify({ ...site, devices: [device] }));
    const out = place.file('etd-1.jsonl');
    const made = await runCommand(['record', '--config', config, '--device', 'etd-1', '--out', out, '--seconds', '2']);
    expect(made.stderr).toContain('0 good frames, 2 refused');

    mkdirSync(place.file('profiles'));
    const data = {
      framing: { by: 'line' },
      silenceS: null,
      layout: { by: 'delimiter', delimiter: ',', sample: { tag: 'R', columns: ['number', 'time', 'result'] } },
      time: { format: 'YYYY-MM-DD HH:mm:ss', zone: 'site' },
      results: { ALARM: 'ALARM', FINE: 'PASS' },
      states: {},
    };
    const profile = { driver: 'trace-record', name: 'ours', title: 'Ours', source: 'seen', data };
    writeFileSync(place.file('profiles/ours.yaml'), stringify(profile));
    writeFileSync(config, stringify({ ...site, devices: [{ ...device, options: { profile: 'ours' } }] }));
    const again = await runCommand(['replay', '--file', out, '--config', config]);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout.match(/"decision":"(alarm|clear)"/g)).toHaveLength(4);
    expect(again.stdout).not.toContain('refused');

    writeFileSync(config, stringify({ ...site, devices: [{ ...device, id: 'other' }] }));
    const none = await runCommand(['replay', '--file', out, '--config', config]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('has no device etd-1') });
  },
  processesMs,
);
