import { connect as connectSocket } from 'node:net';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedBroker, startEmbeddedBroker } from '../../drivers/transport/embedded-broker.ts';
import { openPublisher } from '../../simulators/publisher.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { silentLog } from '../support/driver-bench.ts';
import { until } from '../support/until.ts';

let broker: EmbeddedBroker;
let stopper: AbortController;
beforeEach(async () => {
  broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
  stopper = new AbortController();
});
afterEach(async () => {
  stopper.abort();
  await broker[Symbol.asyncDispose]();
});
const url = () => `mqtt://127.0.0.1:${broker.port}`;

/** Subscribes and keeps what arrives; `ended` settles as the iteration does. */
async function collect(subscription: { subscriber?: string; topic: string; qos?: 0 | 1 }, signal = stopper.signal) {
  const { subscriber = 'device-1', topic, qos = 1 } = subscription;
  const messages = await broker.subscribe({ subscriber, topic, qos }, signal);
  const received: BusMessage[] = [];
  const ended = (async () => {
    for await (const message of messages) received.push(message);
  })().catch((error: unknown) => error);
  return { received, ended };
}
const texts = (messages: readonly BusMessage[]) => messages.map(({ payload }) => Buffer.from(payload).toString());

describe('embedded broker', () => {
  it('sends the PUBACK after acknowledge and not before', async () => {
    const { received } = await collect({ topic: 'scanners/+/tdr' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'xray-1' });
    const acknowledged: string[] = [];
    const first = device.publish('scanners/xray-1/tdr', 'first').then(() => acknowledged.push('first'));
    await until('the first message', () => received.length === 1);
    // A later message to nobody is acknowledged at once: had the first been, its PUBACK were here by now.
    await device.publish('elsewhere', 'second');
    expect(acknowledged).toEqual([]);
    expect(received[0]).toMatchObject({ topic: 'scanners/xray-1/tdr', held: true, retained: false });
    received[0]?.acknowledge(true);
    await first;
    expect(acknowledged).toEqual(['first']);
  });

  it('hands on without waiting for acknowledgements, in order', async () => {
    const { received } = await collect({ topic: 'readers/#' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'anpr-1' });
    const sent = Array.from({ length: 3_000 }, (_, index) => `${index}`);
    const published = sent.map((text) => device.publish('readers/anpr-1', text));
    await until('more than one in flight', () => received.length > 50);
    let next = 0;
    const settle = setInterval(() => {
      for (; next < received.length; next += 1) received[next]?.acknowledge(true);
    }, 1);
    await Promise.all(published).finally(() => clearInterval(settle));
    expect(texts(received)).toEqual(sent);
  });

  it('keeps a message for a subscriber that is away, and gives it everything unacknowledged when it is back', async () => {
    const firstTry = new AbortController();
    const { received: before, ended } = await collect({ topic: 'readers/1' }, firstTry.signal);
    await using device = openPublisher({ brokerUrl: url(), clientId: 'reader' });
    const one = device.publish('readers/1', 'one');
    await until('the first', () => before.length === 1);
    firstTry.abort();
    expect(await ended).toBeUndefined();
    const two = device.publish('readers/1', 'two');

    const { received: after } = await collect({ topic: 'readers/1' });
    await until('both', () => after.length === 2);
    expect(texts(after)).toEqual(['one', 'two']);
    for (const message of after) message.acknowledge(true);
    await Promise.all([one, two]);
  });

  it('lets the device send again after the service has restarted', async () => {
    const { received, ended } = await collect({ topic: 'readers/1' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'reader' });
    const published = device.publish('readers/1', 'only one');
    await until('it arrived', () => received.length === 1);
    const { port } = broker;
    await broker[Symbol.asyncDispose]();
    expect(await ended).toMatchObject({ code: 'link-lost' });

    broker = await startEmbeddedBroker({ host: '127.0.0.1', port }, silentLog);
    const { received: again } = await collect({ topic: 'readers/1' });
    await until('it arrived again', () => again.length === 1);
    again[0]?.acknowledge(true);
    await published;
  });

  it('forgets what a device that has gone left unread', async () => {
    const away = new AbortController();
    await collect({ topic: 'readers/1' }, away.signal);
    away.abort();
    for (const clientId of ['a', 'b', 'c']) {
      const device = await connectAsync(url(), { clientId, protocolVersion: 4, reconnectPeriod: 0 });
      device.publish('readers/1', `from ${clientId}`, { qos: 1 });
      await device.endAsync(true);
    }
    await using device = openPublisher({ brokerUrl: url(), clientId: 'd' });
    const published = device.publish('readers/1', 'from d');
    const { received } = await collect({ topic: 'readers/1' });
    await until('the one that stayed', () => received.length > 0);
    expect(texts(received)).toEqual(['from d']);
    received[0]?.acknowledge(true);
    await published;
  });

  it('acknowledges when every subscriber of the topic has', async () => {
    const { received: one } = await collect({ subscriber: 'one', topic: 'shared/#' });
    const { received: two } = await collect({ subscriber: 'two', topic: 'shared/+' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'device' });
    let acknowledged = false;
    const published = device.publish('shared/topic', 'both').then(() => {
      acknowledged = true;
    });
    await until('both have it', () => one.length === 1 && two.length === 1);
    one[0]?.acknowledge(true);
    one[0]?.acknowledge(true);
    await device.publish('elsewhere', 'a round trip');
    expect(acknowledged).toBe(false);
    two[0]?.acknowledge(false);
    await published;
  });

  it('gives retained messages to a new subscriber and QoS 0 without holding the device', async () => {
    const device = await connectAsync(url(), { clientId: 'plain', protocolVersion: 4 });
    await device.publishAsync('state/1', 'kept', { qos: 1, retain: true });
    const { received } = await collect({ topic: 'state/+' });
    await until('the retained one', () => received.length === 1);
    expect(received[0]).toMatchObject({ retained: true, held: false });
    await device.publishAsync('state/2', 'loose', { qos: 0 });
    await until('the loose one', () => received.length === 2);
    expect(received[1]).toMatchObject({ retained: false, held: false });
    await device.endAsync();
  });

  it('delivers the last will of a device that breaks off', async () => {
    const { received } = await collect({ topic: 'state/#' });
    const will = { topic: 'state/device', payload: Buffer.from('gone'), qos: 1 as const, retain: false };
    const device = await connectAsync(url(), { clientId: 'mortal', protocolVersion: 4, reconnectPeriod: 0, will });
    await device.endAsync(true);
    await until('the will', () => texts(received).includes('gone'));
  });

  it('delivers a 10 MB message and ends the connection of a device that announces more than it may', async () => {
    const { received } = await collect({ topic: 'images' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'scanner' });
    const published = device.publish('images', Buffer.alloc(10_000_000, 7));
    await until('the image', () => received.length === 1);
    expect(received[0]?.payload.length).toBe(10_000_000);
    received[0]?.acknowledge(false);
    await published;

    const rude = connectSocket(broker.port, '127.0.0.1');
    rude.on('error', () => undefined);
    rude.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
    await until('the connection is ended', () => rude.closed || rude.readableEnded);
    rude.destroy();
  });

  it('survives garbage, $SYS publications and a device that leaves at once', async () => {
    const { received } = await collect({ topic: '#' });
    for (const bytes of ['GET / HTTP/1.1\r\n\r\n', '\x00\x00\x00', '\x10\x02zz']) {
      const socket = connectSocket(broker.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.end(bytes);
      await until('the broker hangs up', () => socket.closed);
    }
    const liar = await connectAsync(url(), { clientId: 'liar', protocolVersion: 4, reconnectPeriod: 0 });
    liar.publish('$SYS/uptime', 'x', { qos: 1 });
    await until('the broker hangs up', () => !liar.connected);
    await liar.endAsync(true);
    await using device = openPublisher({ brokerUrl: url(), clientId: 'good' });
    const published = device.publish('a/b', 'still here');
    await until('the good message', () => received.length === 1);
    received[0]?.acknowledge(true);
    await published;
  });

  it('reads no further than its window from a device that is not acknowledged', async () => {
    const { received } = await collect({ subscriber: 'slow', topic: 'images' });
    const { received: others } = await collect({ topic: 'quiet' });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'scanner' });
    const published: Promise<void>[] = [];
    for (let count = 1; count <= 100; count += 1) {
      published.push(device.publish('images', `${count}`));
      await until('it is here', () => received.length === count);
    }
    published.push(device.publish('images', 'one too many'));
    await using quiet = openPublisher({ brokerUrl: url(), clientId: 'quiet' });
    const roundTrip = quiet.publish('quiet', 'a round trip');
    await until('it is here', () => others.length === 1);
    others[0]?.acknowledge(true);
    await roundTrip;
    expect(received.length).toBe(100);
    for (const message of received) message.acknowledge(true);
    await until('the last', () => received.length === 101);
    received[100]?.acknowledge(true);
    await Promise.all(published);
  });

  it('does not let a flooding device starve another', async () => {
    await collect({ subscriber: 'flooded', topic: 'flood' });
    const { received } = await collect({ topic: 'quiet' });
    const flood = await connectAsync(url(), { clientId: 'flood', protocolVersion: 4, reconnectPeriod: 0 });
    for (let index = 0; index < 20_000; index += 1) flood.publish('flood', 'x'.repeat(100), { qos: 1 });
    await using device = openPublisher({ brokerUrl: url(), clientId: 'quiet' });
    const published = device.publish('quiet', 'me too');
    await until('the quiet one', () => received.length === 1, 1_000);
    received[0]?.acknowledge(true);
    await published;
    await flood.endAsync(true);
  });

  it('ends the first of two readers of one session', async () => {
    const { ended } = await collect({ topic: 'readers/1' });
    await collect({ topic: 'readers/1' });
    expect(await ended).toMatchObject({ code: 'link-lost' });
  });

  it('names the address it cannot listen on', async () => {
    await expect(startEmbeddedBroker({ host: '127.0.0.1', port: broker.port }, silentLog)).rejects.toMatchObject({
      code: 'configuration-fault',
      message: expect.stringContaining(`127.0.0.1:${broker.port}`),
    });
  });
});
