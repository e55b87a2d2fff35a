import { expect, test } from 'vitest';
import type { Simulator } from '../../simulators/simulator.ts';
import { traceRecordSimulator } from '../../simulators/trace-record.ts';
import { type DriverBench, runDriver } from '../../tests/support/driver-bench.ts';
import { bundledProfile } from '../../tests/support/profiles.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { traceRecord } from './definition.ts';

const profile = bundledProfile('trace-record', 'generic-ims');
const tcp = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
const { signal } = new AbortController();
const alarm = { do: 'sample', result: 'ALARM', substances: [{ name: 'RDX', peak: 412, threshold: 150, k0: 1.39 }] };

const start = (link: Parameters<typeof traceRecordSimulator.start>[0]['link']) =>
  traceRecordSimulator.start({ deviceId: 'etd-1', link, random: () => 0.5 });

/** A bad frame is refused, and the next good one works. */
async function survivesGarbage(simulator: Simulator, bench: DriverBench): Promise<void> {
  await until('the greeting', () => bench.observations.some(({ type }) => type === 'settings'));
  await simulator.play({ do: 'garble' }, signal);
  await simulator.play({ do: 'status', state: 'WARMUP' }, signal);
  await simulator.play({ do: 'raw', text: `${'#'.repeat(20_000)}\n` }, signal);
  await simulator.play(alarm, signal);
  const scan = await until('the sample', () => bench.observations.find((item) => item.type === 'scan'));
  expect(scan).toMatchObject({
    decision: 'alarm',
    hazard: 'explosive',
    finding: { substances: [{ name: 'RDX', cas: '121-82-4' }] },
  });
  expect(bench.refusals.map(({ code }) => code)).toEqual(['checksum', 'line-too-long']);
  expect(Buffer.from(bench.refusals[0]?.bytes ?? []).toString('latin1')).toMatch(/^#STA;etd-1;.*\xff\xff/);
}

test('over TCP: garbage is refused, the next sample works; a fault is a condition', async () => {
  await using simulator = await start(tcp);
  await using bench = runDriver(traceRecord, simulator.link, {}, { profile });
  await survivesGarbage(simulator, bench);
  await simulator.play({ do: 'status', state: 'FAULT', code: '17', text: 'pump' }, signal);
  const fault = await until('the fault', () =>
    bench.observations.find((item) => item.type === 'condition' && item.active),
  );
  expect(fault).toMatchObject({ code: 'device-fault', text: 'unit fault 17 pump' });
  await simulator.play({ do: 'drop' }, signal);
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });
});

describeWith(['socat'], 'on a pseudo-terminal', () => {
  test('garbage is refused, the next sample works, and a stop leaves nothing open', async () => {
    using pty = ptyLink();
    await using simulator = await start(pty.link);
    await using bench = runDriver(traceRecord, pty.link, {}, { profile });
    await until('the port', () => bench.onlineCount() === 1);
    await simulator.play({ do: 'status', state: 'READY' }, signal);
    await survivesGarbage(simulator, bench);
    await bench.stop();
    expect(await bench.ended).toBeUndefined();
  });

  test('the line unplugged ends the attempt', async () => {
    using pty = ptyLink();
    const simulator = await start(pty.link);
    await using bench = runDriver(traceRecord, pty.link, {}, { profile });
    await until('the port', () => bench.onlineCount() === 1);
    await simulator[Symbol.asyncDispose]();
    expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  });

  test('a port that is not there is refused, naming it', async () => {
    await using bench = runDriver(
      traceRecord,
      {
        type: 'serial',
        path: '/dev/lanewatch-none',
        baudRate: 9600,
        dataBits: 8,
        parity: 'none',
        stopBits: 1,
      },
      {},
      { profile },
    );
    expect(await bench.ended).toMatchObject({
      code: 'link-refused',
      message: expect.stringContaining('/dev/lanewatch-none'),
    });
  });
});
