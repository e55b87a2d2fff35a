import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { Alarm } from '../../src/domain/alarm.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { adminToken, type CloudEventLike, type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

/** A way from a broker to a live client. `arrived` is called with the scan's id as each alarm comes out. */
export interface Path extends AsyncDisposable {
  readonly name: string;
  readonly brokerUrl: string;
  onArrival(arrived: (scanId: string) => void): void;
}

/** A device as the configuration writes it, its lane left out. */
export interface BesideDevice {
  readonly id: string;
  readonly driver: string;
  readonly link: object;
}

export const topic = 'scanners/bench';

/**
 * The product: the real service as a process of its own, its live stream subscribed to raised alarms. `beside`: devices that
 * do something else meanwhile, on lanes of their own.
 */
export async function productPath(
  beside: readonly BesideDevice[] = [],
  nodeArgs: readonly string[] = [],
): Promise<Path & { readonly service: Service }> {
  await using opened = new AsyncDisposableStack();
  const mosquitto = opened.use(await startMosquitto());
  const service = opened.use(
    await startService(
      {
        version: 1,
        site: { id: 'bench', name: 'Bench', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
        mqtt: { brokers: { yard: { url: mosquitto.url } } },
        lanes: [
          { id: 'bags', name: 'Bags', kind: 'baggage', join: { beforeS: 1, afterS: 1, settleS: 1 } },
          ...beside.map(({ id }) => ({ id, name: id, kind: 'vehicle' })),
        ],
        devices: [
          { id: 'xray', lane: 'bags', driver: 'xray-tdr', link: { type: 'mqtt', broker: 'yard', topic } },
          ...beside.map((device) => ({ ...device, lane: device.id })),
        ],
      },
      nodeArgs,
    ),
  );
  await until('the scanner online', async () => {
    const { body } = await service.request<{ state: string }>('GET', '/devices/xray');
    return body.state === 'online';
  });
  let arrived: (scanId: string) => void = () => undefined;
  const socket = await openSocket(`${service.address().replace('http', 'ws')}/api/v1/live`, (frame) => {
    const { event, events = [] } = frame as { event?: CloudEventLike<Alarm>; events?: CloudEventLike<Alarm>[] };
    for (const { data } of event === undefined ? events : [event]) {
      if (data.evidence.kind === 'xray') arrived(data.evidence.scanId);
    }
  });
  socket.send(JSON.stringify({ subscribe: { after: null, types: ['lanewatch.alarm.raised'] } }));
  opened.defer(() => socket.terminate());
  const path = ownedPath('product', mosquitto.url, opened.move(), (listener) => {
    arrived = listener;
  });
  return { ...path, service };
}

/** The floor beside it (floor.ts). */
export async function floorPath(): Promise<Path> {
  await using opened = new AsyncDisposableStack();
  const mosquitto = opened.use(await startMosquitto());
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-floor-'));
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  const floor = opened.use(await startProgram('floor.ts', [mosquitto.url, topic, join(folder, 'floor.sqlite')]));
  let arrived: (scanId: string) => void = () => undefined;
  const socket = await openSocket(`ws://127.0.0.1:${floor.port}`, (frame) => {
    arrived((frame as { scanId: string }).scanId);
  });
  opened.defer(() => socket.terminate());
  return ownedPath('floor', mosquitto.url, opened.move(), (listener) => {
    arrived = listener;
  });
}

function ownedPath(name: string, brokerUrl: string, owned: AsyncDisposableStack, onArrival: Path['onArrival']): Path {
  return { name, brokerUrl, onArrival, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** A program of the bench in a process of its own, which says at what port it serves. */
export async function startProgram(
  file: string,
  args: readonly string[],
): Promise<AsyncDisposable & { readonly pid: number; readonly port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    pid: child.pid ?? 0,
    port: Number(String(line).replace('ready ', '')),
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export async function openSocket(url: string, take: (frame: unknown) => void): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${adminToken}` } });
  socket.on('message', (data) => take(JSON.parse(String(data))));
  await once(socket, 'open');
  return socket;
}
