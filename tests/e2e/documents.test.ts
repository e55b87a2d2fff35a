import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { n42Simulator } from '../../simulators/n42.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { Passage } from '../../src/domain/passage.ts';
import type { SpectrumSet } from '../../src/domain/spectrum.ts';
import { pullAll, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

function postOf(path: string) {
  return {
    version: 1,
    site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
    lanes: [{ id: 'lane-1', name: 'Lane 1', kind: 'vehicle', join: { settleS: 1 } }],
    devices: [{ id: 'srpm-1', lane: 'lane-1', driver: 'n42', link: { type: 'folder', path, pattern: '*.n42' } }],
  };
}

test('an N42 document in a folder: alarms by priority, spectra with the passage, nothing twice after a kill −9', async () => {
  const path = mkdtempSync(join(tmpdir(), 'lanewatch-documents-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(path, { recursive: true }));
  const link = { type: 'folder', path, pattern: '*.n42' } as const;
  const simulator = opened.use(await n42Simulator.start({ deviceId: 'srpm-1', link, random: () => 0.5 }));
  const service = opened.use(await startService(postOf(path)));

  await simulator.play({ do: 'passing', nuclides: ['U-235'], container: 'CSQU3054383', fault: '7' }, signal);
  const alarms = await until('both alarms', async () => {
    const { body } = await service.request<{ items: Alarm[] }>('GET', '/alarms');
    const raised = body.items.filter((alarm) => alarm.signal !== 'condition');
    return raised.length === 2 && raised;
  });
  expect(alarms.map((alarm) => [alarm.signal, alarm.priority]).toSorted()).toEqual([
    ['gamma', 'critical'],
    ['isotope', 'critical'],
  ]);
  expect(alarms.find((alarm) => alarm.signal === 'isotope')?.evidence).toMatchObject({
    kind: 'isotope',
    nuclides: [{ name: 'U-235', categories: ['snm'], confidence: 0.92, rawConfidence: 92 }],
  });
  const { body: passage } = await service.request<Passage>('GET', `/passages/${alarms[0]?.passageId}`);
  expect(passage).toMatchObject({
    identities: [{ kind: 'container', value: 'CSQU3054383' }],
    reports: [{ spectra: { count: 2 } }],
  });
  const { body: set } = await service.request<SpectrumSet>('GET', `/spectra/${passage.reports?.[0]?.spectra?.id}`);
  expect(set.spectra.map(({ class: kind, slices }) => [kind, slices])).toEqual([
    ['Foreground', 40],
    ['Background', 1],
  ]);
  const { body: device } = await service.request<{ conditions: { code: string }[]; settings: object }>(
    'GET',
    '/devices/srpm-1',
  );
  expect(device).toMatchObject({
    conditions: [{ code: 'fault-7' }],
    settings: { manufacturer: 'Simulated', form: '2011' },
  });
  await until('the file is done', () => readdirSync(join(path, 'done')).length === 1);

  await service.end('SIGKILL');
  await simulator.play({ do: 'repeat' }, signal);
  await service.start();
  await until('the repeated file is done too', () => readdirSync(join(path, 'done')).length === 2);
  expect((await pullAll(service, 'lanewatch.alarm.raised')).length, 'two detections, one fault').toBe(3);
  expect(await pullAll(service, 'lanewatch.passage.opened')).toHaveLength(1);
});
