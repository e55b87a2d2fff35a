import { connectAsync } from 'mqtt';
import { expect, it } from 'vitest';
import { externalBroker } from '../../drivers/transport/mqtt.ts';
import { MqttFeed } from '../../src/config/feed-config.ts';
import { Lane } from '../../src/domain/site.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { gamma } from '../support/desk-bench.ts';
import { silentLog } from '../support/driver-bench.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { startFeedBench } from './feed-bench.ts';

const lanes = ['lane-1', 'lane-2'].map((id) => Lane.parse({ id, name: id, kind: 'vehicle' }));

function bench(broker: Mosquitto, change: object = {}) {
  const terms = { types: ['lanewatch.occupancy.*'], agency: 'tu', purpose: 'targeting', from: 'beginning' };
  const feed = MqttFeed.parse({ id: 'out', broker: 'yard', topic: 'border/post', ...terms, ...change });
  const bus = externalBroker({ url: broker.url, clientIdPrefix: 'lanewatch-post' }, silentLog);
  const configured = { config: { feeds: { mqtt: [feed], nats: [] }, lanes }, bus: () => bus };
  return startFeedBench({ clock: systemClock, configured });
}

/** A consumer with a session of its own, as a targeting system has. */
async function consume(broker: Mosquitto, topic: string, clientId: string) {
  const messages: { readonly topic: string; readonly text: string; readonly retain: boolean }[] = [];
  const client = await connectAsync(broker.url, { clientId, clean: false, protocolVersion: 4, reconnectPeriod: 50 });
  client.on('message', (on, payload, { retain }) =>
    messages.push({ topic: on, text: payload.toString('utf8'), retain }),
  );
  client.on('error', () => undefined);
  await client.subscribeAsync(topic, { qos: 1 });
  return { messages, [Symbol.asyncDispose]: () => client.endAsync(true) };
}

describeWith(['mosquitto'], 'MQTT out', () => {
  it('brings every event though the broker is restarted in the middle, in order but for repeats', {
    timeout: 60_000,
  }, async () => {
    await using broker = await startMosquitto();
    await using consumer = await consume(broker, 'border/post/events/#', 'targeting');
    await using feeds = await bench(broker);
    const status = () => feeds.feeds().status('out');
    await feeds.record(600);
    await until('it is under way', () => (status()?.accepted ?? 0) > 100, 20_000);
    await broker.stop();
    await until('it knows', () => status()?.state === 'retrying', 20_000);
    await feeds.record(100);
    await broker.start();
    await until('all of it', () => status()?.lag.events === 0, 30_000);
    const sequencesOf = () =>
      consumer.messages.map(({ text }) => Number((JSON.parse(text) as { sequence: string }).sequence));
    await until('the last', () => sequencesOf().includes(700), 20_000);
    expect([...new Set(sequencesOf())]).toEqual(Array.from({ length: 700 }, (_, at) => at + 1));
    expect(new Set(consumer.messages.map(({ topic }) => topic))).toEqual(
      new Set(['border/post/events/lanewatch.occupancy.missed']),
    );
  });

  it('keeps the highest open alarm of each lane, clears it, and says it again to a broker that has forgotten', {
    timeout: 60_000,
  }, async () => {
    await using broker = await startMosquitto();
    await using feeds = await bench(broker);
    const { desk } = feeds;
    const see = (deviceId: string, active: boolean) => {
      const receivedAtMs = Date.now();
      const raw = { deviceId, receivedAt: new Date(receivedAtMs).toISOString(), sha256: 'a'.repeat(64) };
      const observation = gamma(receivedAtMs, 1, active);
      desk.take({ type: 'observation', deviceId, laneId: 'lane-1', observation, raw, receivedAtMs });
    };
    const raise = (deviceId: string) => {
      see(deviceId, true);
      return until('the alarm', () => [...desk.state.alarms.values()].find((alarm) => alarm.deviceId === deviceId));
    };
    const retained = async (name: string) => {
      await using reader = await consume(broker, 'border/post/+/lane-1/alarm', name);
      await using status = await consume(broker, 'border/post/status', `${name}-status`);
      await until('the status', () => status.messages.length > 0);
      return { alarm: reader.messages.at(-1), status: status.messages.at(-1)?.text };
    };
    const alarm = await raise('rpm-1');
    const first = await until('it is retained', async () => (await retained('one')).alarm, 20_000);
    expect((await retained('two')).alarm?.retain).toBe(true);
    expect(JSON.parse(first.text)).toMatchObject({ id: alarm.id, priority: 'high', laneId: 'lane-1' });

    await broker.stop('SIGKILL');
    await broker.start();
    const again = await until('it is said again', async () => (await retained(`again-${Math.random()}`)).alarm, 20_000);
    expect(JSON.parse(again.text)).toMatchObject({ id: alarm.id });

    const by = { by: 'anna', role: 'operator' };
    await desk.command({ type: 'dispose', alarmId: alarm.id, class: 'innocent', code: 'norm', note: 'x' }, by);
    // A detection leaves the board once it is disposed of and its cause has gone.
    see('rpm-1', false);
    const isClear = async () => (await retained(`clear-${Math.random()}`)).alarm === undefined;
    await until('the lane is clear', isClear, 20_000);
    expect((await retained('status')).status).toBe('online');
    await feeds[Symbol.asyncDispose]();
    await until('offline', async () => (await retained(`off-${Math.random()}`)).status === 'offline', 10_000);
  });
});
