import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedBroker } from '../../drivers/transport/embedded-broker.ts';
import { type BrokerSettings, externalBroker } from '../../drivers/transport/mqtt.ts';
import { openPublisher } from '../../simulators/publisher.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { silentLog } from '../support/driver-bench.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { startRecordingProxy } from './recording-proxy.ts';

type Settings = Omit<BrokerSettings, 'clientIdPrefix'>;

/** Disposed of by vitest: a test that runs into its time limit never gets to its own `await using`. */
async function startBroker(...setup: Parameters<typeof startMosquitto>) {
  const broker = await startMosquitto(...setup);
  onTestFinished(() => broker[Symbol.asyncDispose]());
  return broker;
}

/** Subscribes as `device-1` and keeps what arrives, each message acknowledged when `onMessage` does it. */
async function collect(settings: Settings, topic: string, onMessage?: (message: BusMessage) => void) {
  const stopper = new AbortController();
  onTestFinished(() => stopper.abort());
  const bus = externalBroker({ ...settings, clientIdPrefix: 'lanewatch' }, silentLog);
  const messages = await bus.subscribe({ subscriber: 'device-1', topic, qos: 1 }, stopper.signal);
  const received: BusMessage[] = [];
  const ended = (async () => {
    for await (const message of messages) {
      received.push(message);
      onMessage?.(message);
    }
  })().catch((error: unknown) => error);
  const stop = () => {
    stopper.abort();
    return ended;
  };
  return { received, ended, stop };
}
const textOf = ({ payload }: BusMessage) => Buffer.from(payload).toString();
const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);

describeWith(['mosquitto'], 'Mosquitto between the devices and us', () => {
  describe.each([5, 4] as const)('MQTT protocol level %i', (protocolVersion) => {
    it('sends no PUBACK before its commit, and hands on without waiting for commits', async () => {
      const broker = await startBroker();
      const committed = new Set<number>();
      const pubacks: { readonly reasonCode: number; readonly covered: boolean }[] = [];
      await using proxy = await startRecordingProxy(broker.port, (_, reasonCode) => {
        pubacks.push({ reasonCode, covered: committed.has(pubacks.length) });
      });
      const { received } = await collect({ url: `mqtt://127.0.0.1:${proxy.port}`, protocolVersion }, 'a/+');
      await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
      await Promise.all(numbers(100).map((text) => device.publish('a/b', text)));
      await until('all are here, none acknowledged', () => received.length === 100);
      expect(pubacks).toEqual([]);

      for (const index of [...received.keys()].reverse()) {
        committed.add(index);
        received[index]?.acknowledge(index % 10 !== 0);
      }
      await until('all PUBACKs', () => pubacks.length === 100);
      expect(pubacks.every(({ covered }) => covered)).toBe(true);
      const reasons = pubacks.map((_, index) => (protocolVersion === 5 && index % 10 === 0 ? 0x99 : 0));
      expect(pubacks.map(({ reasonCode }) => reasonCode)).toEqual(reasons);
      expect(received.map(textOf)).toEqual(numbers(100));
    });

    it('loses nothing when the broker is restarted in mid-stream', async () => {
      const broker = await startBroker();
      const arrived = new Set<string>();
      const settings = { url: broker.url, protocolVersion };
      const keep = (message: BusMessage) => {
        arrived.add(textOf(message));
        setImmediate(() => message.acknowledge(true));
      };
      const before = await collect(settings, 'a/b', keep);
      await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
      const ledger = Promise.all(numbers(3_000).map((text) => device.publish('a/b', text)));
      await until('the stream runs', () => arrived.size > 200, 20_000);
      await broker.stop('SIGTERM');
      expect(await before.ended).toMatchObject({ code: 'link-lost' });
      expect(arrived.size).toBeLessThan(3_000);
      await broker.start();
      await collect(settings, 'a/b', keep);
      await ledger;
      await until('every message', () => arrived.size === 3_000, 20_000);
    }, 60_000);

    it('gets every message after being killed with messages in flight, again and again', async () => {
      const broker = await startBroker();
      const directory = await mkdtemp(join(tmpdir(), 'lanewatch-ledger-'));
      onTestFinished(() => rm(directory, { recursive: true }));
      const ledger = join(directory, 'ledger');
      await writeFile(ledger, '');
      const committed = async () => (await readFile(ledger, 'utf8')).split('\n').filter((line) => line !== '');
      const run = async (isEnough: () => Promise<boolean>) => {
        const script = new URL('./subscriber-process.ts', import.meta.url);
        const child = fork(script, [broker.url, 'a/b', ledger, `${protocolVersion}`], { execArgv: [] });
        const gone = once(child, 'exit');
        await until('enough is committed', isEnough, 20_000).finally(() => child.kill('SIGKILL'));
        await gone;
      };

      await run(async () => broker.log().includes('Sending SUBACK to lanewatch-killed'));
      await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
      const published = Promise.all(numbers(4_000).map((text) => device.publish('a/b', text)));
      for (const share of [0.1, 0.3, 0.5]) await run(async () => (await committed()).length > share * 4_000);
      await published;
      await run(async () => new Set(await committed()).size === 4_000);
    }, 120_000);

    it('goes on with a session that has more in flight than fits its window', async () => {
      const broker = await startBroker();
      await using proxy = await startRecordingProxy(broker.port, () => undefined);
      const settings = { url: `mqtt://127.0.0.1:${proxy.port}`, protocolVersion };
      const before = await collect(settings, 'a/b');
      await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
      const published = Promise.all(numbers(1_200).map((text) => device.publish('a/b', text)));
      await until('the window is full', () => before.received.length === 1_000, 10_000);
      await published;
      proxy.cut();
      await before.ended;
      const { received } = await collect(settings, 'a/b', (message) => message.acknowledge(true));
      await until('every message', () => new Set(received.map(textOf)).size === 1_200, 10_000);
    });

    it('delivers a message of 10 MB and the next one', async () => {
      const broker = await startBroker();
      const { received } = await collect({ url: broker.url, protocolVersion }, 'a/b', (message) =>
        message.acknowledge(message.payload.length < 100),
      );
      await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
      await device.publish('a/b', Buffer.alloc(10_000_000, 1));
      await device.publish('a/b', 'good');
      await until('both', () => received.length === 2);
      expect(received.map(({ payload }) => payload.length)).toEqual([10_000_000, 4]);
    });

    it('says that the credentials are refused, and is let in with good ones', async () => {
      const broker = await startBroker({ users: { lanewatch: 'right' } });
      const settings = { url: broker.url, protocolVersion, username: 'lanewatch' };
      await expect(collect({ ...settings, password: 'wrong' }, 'a/b')).rejects.toMatchObject({
        code: 'configuration-fault',
        message: expect.stringContaining(`127.0.0.1:${broker.port}`),
      });
      await collect({ ...settings, password: 'right' }, 'a/b');
    });
  });

  it('names the address of a broker that is not there', async () => {
    const broker = await startBroker();
    await broker[Symbol.asyncDispose]();
    await expect(collect({ url: `mqtt://user:secret@127.0.0.1:${broker.port}` }, 'a/b')).rejects.toMatchObject({
      code: 'link-refused',
      message: expect.stringMatching(new RegExp(`^broker 127.0.0.1:${broker.port}: (?!.*secret)`)),
    });
  });

  it('throws link-lost when the connection is cut, and a late acknowledgement harms nothing', async () => {
    const broker = await startBroker();
    await using proxy = await startRecordingProxy(broker.port, () => undefined);
    const { received, ended } = await collect({ url: `mqtt://127.0.0.1:${proxy.port}` }, 'a/b');
    await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
    await device.publish('a/b', 'x');
    await until('it is here', () => received.length === 1);
    proxy.cut();
    expect(await ended).toMatchObject({ code: 'link-lost' });
    received[0]?.acknowledge(true);
    const { received: again } = await collect({ url: broker.url }, 'a/b');
    await until('it is delivered again', () => again.length === 1);
  });

  it('leaves aside what an earlier topic of its session still brings', async () => {
    const broker = await startBroker();
    const before = await collect({ url: broker.url }, 'old/+');
    expect(await before.stop()).toBeUndefined();
    const { received } = await collect({ url: broker.url }, 'new');
    await using device = openPublisher({ brokerUrl: broker.url, clientId: 'device' });
    await device.publish('old/1', 'old');
    await device.publish('new', 'new');
    await until('the new one', () => received.length === 1);
    expect(received.map(textOf)).toEqual(['new']);
  });

  it('gets a retained message once, not again with every connection', async () => {
    const broker = await startBroker();
    const device = await connectAsync(broker.url, { clientId: 'device' });
    await device.publishAsync('a/b', 'kept', { qos: 1, retain: true });
    const before = await collect({ url: broker.url }, 'a/+', (message) => message.acknowledge(true));
    await until('the retained one', () => before.received.length === 1);
    expect(before.received[0]).toMatchObject({ retained: true, held: true });
    await before.stop();
    const { received } = await collect({ url: broker.url }, 'a/+', (message) => message.acknowledge(true));
    await device.publishAsync('a/c', 'new', { qos: 1 });
    await until('the new one', () => received.length > 0);
    expect(received.map(textOf)).toEqual(['new']);
    await device.endAsync();
  });

  it('ends the first of two readers of one session', async () => {
    const broker = await startBroker();
    const { ended } = await collect({ url: broker.url }, 'a/b');
    await collect({ url: broker.url }, 'a/b');
    expect(await ended).toMatchObject({ code: 'link-lost' });
  });

  it('stops although the broker hangs, connected or connecting', async () => {
    const broker = await startBroker();
    const { stop } = await collect({ url: broker.url }, 'a/b');
    broker.freeze(true);
    expect(await stop()).toBeUndefined();
    const late = AbortSignal.timeout(100);
    const bus = externalBroker({ url: broker.url, clientIdPrefix: 'lanewatch' }, silentLog);
    const attempt = bus.subscribe({ subscriber: 'late', topic: 'a/b', qos: 1 }, late);
    await expect(attempt).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('a broker without MQTT 5', () => {
  it('is a configuration fault, and works with 3.1.1', async () => {
    await using broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
    const url = `mqtt://127.0.0.1:${broker.port}`;
    await expect(collect({ url }, 'a/b')).rejects.toMatchObject({ code: 'configuration-fault' });
    await collect({ url, protocolVersion: 4 }, 'a/b');
  });
});
