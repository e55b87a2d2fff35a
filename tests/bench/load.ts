import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startMosquitto } from '../support/mosquitto.ts';
import { adminToken, startService } from '../support/service.ts';
import { until } from '../support/until.ts';
import { type Lateness, watchLateness } from './lateness.ts';
import { type LoadPorts, type LoadReport, loadCounts, loadSite, sampleMs } from './load-site.ts';
import { openSocket, startProgram } from './paths.ts';
import { cpuSeconds, residentMiB, slopeOf } from './process-usage.ts';
import { inTurn, quantile, type Row, row, type Settings } from './rows.ts';

/** What is under load: a process, and readings for whoever listens. */
interface Program extends AsyncDisposable {
  readonly pid: number;
  readonly liveUrl: string;
  /** Asks it for its metrics, as a Prometheus does. */
  scrape(): Promise<void>;
}
type Start = (brokerUrl: string, ports: LoadPorts) => Promise<Program>;

interface Load extends Lateness {
  readonly pollsMs: readonly number[];
  readonly cpuCores: number;
  readonly memory: readonly { readonly x: number; readonly y: number }[];
}

/** 500 devices at once: how late, how much processor, how much memory. */
export async function benchLoad(settings: Settings): Promise<readonly Row[]> {
  const seconds = settings.seconds ?? (settings.quick ? 10 : 60);
  const warmUpS = settings.quick ? 5 : 15;
  const measure = (start: Start) => () => measureLoad(start, warmUpS, seconds);
  const results = await inTurn(settings.rounds, measure(serviceUnderLoad(settings)), measure(floorUnderLoad));
  const late = (what: string, figures: (load: Load) => readonly number[], shares: readonly number[] = [0.5, 0.99]) =>
    shares.map((share) => row(`${what}, p${share * 100}`, 'ms', results, (load) => quantile(figures(load), share)));
  return [
    row('500 devices, processor', 'cores', results, ({ cpuCores }) => cpuCores),
    ...late(`${loadCounts.portals} TSA at 5 Hz, line to live client`, ({ portalsMs }) => portalsMs),
    ...late(`${loadCounts.units} Modbus at 5 Hz, poll behind its time`, ({ pollsMs }) => pollsMs),
    ...late(`${loadCounts.sensors} MQTT at 1 Hz, message to live client`, ({ sensorsMs }) => sensorsMs),
    row('memory at the end', 'MiB', results, ({ memory }) => memory.at(-1)?.y ?? Number.NaN),
    row('memory growth', 'MiB/min', results, ({ memory }) => slopeOf(memory) * 60),
  ];
}

async function measureLoad(start: Start, warmUpS: number, seconds: number): Promise<Load> {
  await using opened = new AsyncDisposableStack();
  const mosquitto = opened.use(await startMosquitto());
  const devices = await startDevices(mosquitto.url);
  opened.defer(devices.end);
  const program = opened.use(await start(mosquitto.url, devices.ports));
  const watching = watchLateness();
  const socket = await openSocket(program.liveUrl, (frame) => {
    watching.see((frame as { readings?: [] }).readings ?? []);
  });
  opened.defer(() => socket.terminate());
  const lanes = loadSite('', devices.ports).lanes.filter(({ id }) => !id.startsWith('unit'));
  socket.send(JSON.stringify({ subscribe: { types: ['lanewatch.alarm.*'], readings: lanes.map(({ id }) => id) } }));
  await until(
    'every device heard',
    async () => {
      const { units } = await devices.report('look');
      return watching.allSeen() && units === loadCounts.units;
    },
    60_000,
  );
  await wait(warmUpS * 1_000);

  await devices.report('measure');
  watching.begin();
  const memory: { x: number; y: number }[] = [];
  const [beganS, usedS] = [performance.now() / 1_000, cpuSeconds(program.pid)];
  for (let second = 0; second < seconds; second += 1) {
    if (second % 15 === 0) void program.scrape();
    await wait((beganS + second + 1) * 1_000 - performance.now());
    memory.push({ x: second, y: residentMiB(program.pid) });
  }
  const cpuCores = (cpuSeconds(program.pid) - usedS) / (performance.now() / 1_000 - beganS);
  const { pollIntervalsMs } = await devices.report('end');
  const pollsMs = pollIntervalsMs.map((interval) => interval - sampleMs);
  return { ...watching.lateness(), pollsMs, cpuCores, memory };
}

/** The devices' process (load-devices.ts). */
async function startDevices(brokerUrl: string) {
  const child = fork(join(import.meta.dirname, 'load-devices.ts'), [brokerUrl]);
  const [ports] = (await once(child, 'message')) as [LoadPorts];
  return {
    ports,
    report: async (asked: 'look' | 'measure' | 'end'): Promise<LoadReport> => {
      const told = once(child, 'message');
      child.send(asked);
      const [report] = (await told) as [LoadReport];
      return report;
    },
    end: async () => {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

function serviceUnderLoad({ profileDir }: Settings): Start {
  const nodeArgs = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  return async (brokerUrl, ports) => {
    const service = await startService(loadSite(brokerUrl, ports), nodeArgs);
    return {
      pid: service.pid(),
      liveUrl: `${service.address().replace('http', 'ws')}/api/v1/live`,
      scrape: async () => {
        const headers = { authorization: `Bearer ${adminToken}` };
        await (await fetch(`${service.address()}/metrics`, { headers })).text();
      },
      [Symbol.asyncDispose]: async () => {
        // A profile is written at an orderly end only.
        if (profileDir !== undefined) await service.end('SIGTERM');
        await service[Symbol.asyncDispose]();
      },
    };
  };
}

const floorUnderLoad: Start = async (brokerUrl, ports) => {
  const floor = await startProgram('load-floor.ts', [brokerUrl, ports.portals.join(','), String(ports.modbus)]);
  return { ...floor, liveUrl: `ws://127.0.0.1:${floor.port}`, scrape: async () => undefined };
};
