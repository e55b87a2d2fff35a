import { expect, test } from 'vitest';
import { seededRandom } from '../../simulators/random.ts';
import { tsaRpmSimulator } from '../../simulators/tsa-rpm.ts';
import { runDriver } from '../../tests/support/driver-bench.ts';
import { ptyLink } from '../../tests/support/pty-link.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { tsaRpm } from './definition.ts';

const tcp = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
const { signal } = new AbortController();
const start = (link: Parameters<typeof tsaRpmSimulator.start>[0]['link']) =>
  tsaRpmSimulator.start({ deviceId: 'rpm-1', link, random: seededRandom(7) });

test('an occupancy with gamma and neutron over TCP', async () => {
  await using simulator = await start(tcp);
  await using bench = runDriver(tsaRpm, simulator.link);
  await until('a background', () => bench.observations.some((item) => item.type === 'reading'));
  await simulator.play({ do: 'occupancy', durationS: 4, gammaSigma: 30, neutronAlarm: true, speedup: 20 }, signal);
  const closed = await until('the close', () => bench.observations.find((item) => item.type === 'occupancy-closed'));
  expect(closed).toMatchObject({ reason: 'device', counter: 1, durationS: 4 });
  expect(closed.profile.gamma).toHaveLength(20);
  const ended = bench.observations.filter((item) => item.type === 'detection' && !item.active);
  expect(ended).toMatchObject([{ signal: 'gamma' }, { signal: 'neutron' }]);
  expect(ended[0]?.type === 'detection' && ended[0].finding.sigma).toBeGreaterThan(20);
  expect(bench.refusals).toEqual([]);
});

test('garbage and an endless line are refused with their bytes; the next line is read normally', async () => {
  await using simulator = await start(tcp);
  await using bench = runDriver(tsaRpm, simulator.link);
  await until('a background', () => bench.observations.length > 0);
  await simulator.play({ do: 'garble' }, signal);
  await simulator.play({ do: 'tamper', on: true }, signal);
  await simulator.play({ do: 'raw', line: '9'.repeat(100_000) }, signal);
  await simulator.play({ do: 'raw', line: 'QQ,1' }, signal);
  await simulator.play({ do: 'tamper', on: true }, signal);
  await until('the good line', () =>
    bench.observations.some((item) => item.type === 'condition' && item.code === 'tamper'),
  );
  expect(bench.refusals.map(({ code, bytes }) => [code, bytes.length])).toEqual([
    ['not-ascii', 30],
    ['line-too-long', 256],
  ]);
  expect(bench.ignored).toEqual(['QQ']);
});

test('a lost GX is closed by the next background; subjects that passed unsaid are counted as missed', async () => {
  await using simulator = await start(tcp);
  await using bench = runDriver(tsaRpm, simulator.link);
  const pass = { do: 'occupancy', durationS: 1, speedup: 100 };
  const closed = () => bench.observations.filter((item) => item.type === 'occupancy-closed');
  await until('a background', () => bench.observations.length > 0);
  await simulator.play(pass, signal);
  await simulator.play({ ...pass, loseGx: true }, signal);
  const stop = new AbortController();
  const frozen = simulator.play({ do: 'freeze', durationS: 600 }, stop.signal);
  await simulator.play(pass, signal);
  stop.abort();
  await frozen;
  await simulator.play(pass, signal);
  await until('three closes', () => closed().length === 3);
  expect(closed().map(({ reason, counter }) => [reason, counter])).toEqual([
    ['device', 1],
    ['background', null],
    ['device', 4],
  ]);
  expect(bench.observations.filter((item) => item.type === 'occupancy-missed')).toMatchObject([
    { missed: 1, counter: 4 },
  ]);
});

test('a link cut in mid-occupancy ends the occupancy and the attempt', async () => {
  await using simulator = await start(tcp);
  await using bench = runDriver(tsaRpm, simulator.link);
  await until('a background', () => bench.observations.length > 0);
  const stop = new AbortController();
  const played = simulator.play({ do: 'occupancy', durationS: 60, gammaSigma: 40 }, stop.signal);
  await until('the occupancy', () => bench.observations.some(({ type }) => type === 'occupancy-opened'));
  await simulator.play({ do: 'drop' }, signal);
  expect(await bench.ended).toMatchObject({ code: 'link-lost' });
  expect(bench.observations.at(-1)).toMatchObject({ type: 'occupancy-closed', reason: 'link-lost' });
  stop.abort();
  await played;
});

describeWith(['socat'], 'on a pseudo-terminal', () => {
  test('the same text, the same occupancy', async () => {
    using pty = ptyLink();
    await using simulator = await start(pty.link);
    await using bench = runDriver(tsaRpm, pty.link);
    await until('the port', () => bench.onlineCount() === 1);
    await simulator.play({ do: 'occupancy', durationS: 2, gammaSigma: 30, speedup: 20 }, signal);
    await until('the close', () => bench.observations.some(({ type }) => type === 'occupancy-closed'));
    expect(bench.observations.some((item) => item.type === 'detection' && item.signal === 'gamma')).toBe(true);
  });
});
