import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { mqttMapSimulator } from '../../simulators/mqtt-map.ts';
import { parseSelector, selectFrom } from '../../src/domain/select.ts';
import { runDriver, silentLog } from '../../tests/support/driver-bench.ts';
import { bundledProfile } from '../../tests/support/profiles.ts';
import { until } from '../../tests/support/until.ts';
import { startEmbeddedBroker } from '../transport/embedded-broker.ts';
import { decode } from './decode.ts';
import { mqttMap } from './definition.ts';
import { MqttProfile } from './profile.ts';

const { signal } = new AbortController();
const sensor = MqttProfile.parse(bundledProfile('mqtt-map', 'dose-rate-sensor'));
const read = (text: string, profile = sensor, topic = 'a/b') => decode(Buffer.from(text), topic, profile);
const document = { time: '2026-11-24T06:00:00Z', doseRate: { value: 0.12 }, battery: 80, status: 'ok' };

describe('messages', () => {
  it('gives the values of its points, and the device’s own time', () => {
    expect(read(JSON.stringify(document))).toEqual({
      ok: true,
      values: new Map([
        ['doseRate', 0.12],
        ['battery', 80],
        ['status', 0],
      ]),
      atMs: Date.parse('2026-11-24T06:00:00Z'),
      refused: [],
    });
  });

  test.each([
    ['no JSON', '{"doseRate":', 'not-json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe]), 'not-utf8'],
    ['no time', JSON.stringify({ ...document, time: undefined }), 'time'],
    ['a time that is none', JSON.stringify({ ...document, time: 'yesterday' }), 'time'],
    ['without what is required', JSON.stringify({ ...document, doseRate: {} }), 'missing'],
    ['too large', ' '.repeat(70_000), 'too-large'],
  ])('refuses %s', (_, given, code) => {
    const decoded = typeof given === 'string' ? read(given) : decode(given, 'a', { ...sensor, payload: 'text' });
    expect(decoded).toMatchObject({ ok: false, code });
  });

  it('a value that cannot be leaves the others standing', () => {
    const decoded = read(JSON.stringify({ ...document, battery: 180, status: 'broken' }));
    expect(decoded).toMatchObject({ ok: true, refused: ['battery is 180', 'status is "broken"'] });
  });

  test.each([
    ['number', '12.5', 12.5],
    ['number', ' -3e2 ', -300],
    ['text', 'ON', 1],
  ] as const)('%s payloads: %s', (payload, text, value) => {
    const profile = MqttProfile.parse({ payload, points: [{ name: 'x', words: { ON: 1 } }] });
    expect(read(text, profile)).toMatchObject({ ok: true, values: new Map([['x', value]]), atMs: null });
    expect(read('constructor', profile)).not.toMatchObject({ ok: true, refused: [] });
  });

  it('takes a point from the topics it names only', () => {
    const profile = MqttProfile.parse({
      payload: 'number',
      points: [
        { name: 'gamma', topic: '+/gamma' },
        { name: 'neutron', topic: '+/neutron' },
      ],
    });
    expect(read('7', profile, 'a/neutron')).toMatchObject({ values: new Map([['neutron', 7]]) });
  });

  test.each([
    ['s', 1_795_500_000, 1_795_500_000_000],
    ['ms', '1795500000000', 1_795_500_000_000],
  ] as const)('times in %s', (format, time, atMs) => {
    const profile = MqttProfile.parse({
      payload: 'json',
      time: { select: '$.t', format },
      points: [{ name: 'x', select: '$.x' }],
    });
    expect(read(JSON.stringify({ t: time, x: 1 }), profile)).toMatchObject({ atMs });
  });
});

describe('selectors', () => {
  test.each([
    ['$', []],
    ['$.a.b', ['a', 'b']],
    ['$.a[0].b-c', ['a', 0, 'b-c']],
    ["$['odd name'][2]", ['odd name', 2]],
    ['a.b', null],
    ['$..a', null],
    ['$.a[?(@.x)]', null],
    ['$.a()', null],
    ['$[-1]', null],
  ])('%s', (text, path) => expect(parseSelector(text)).toEqual(path));

  it('finds own properties only', () => {
    expect(selectFrom({ a: [{ b: 7 }] }, '$.a[0].b')).toBe(7);
    expect(selectFrom({}, '$.constructor')).toBeUndefined();
    expect(selectFrom({}, "$['__proto__']")).toBeUndefined();
    expect(selectFrom([], '$.length.x')).toBeUndefined();
  });
});

test('no message makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
      fc.constantFrom('json', 'text', 'number'),
      (bytes, payload) => {
        expect(decode(bytes, 'a', { ...sensor, payload })).toHaveProperty('ok');
      },
    ),
  );
});

it('over a broker: readings, a detection with its own time, a condition; garbage refused and not acknowledged as good', async () => {
  await using broker = await startEmbeddedBroker({ host: '127.0.0.1', port: 0 }, silentLog);
  const link = { type: 'mqtt', broker: 'embedded', topic: 'dose/1', qos: 1 } as const;
  await using bench = runDriver(mqttMap, link, { profile: 'dose-rate-sensor' }, { bus: broker, profile: sensor });
  await until('online', () => bench.onlineCount() === 1);
  await using device = await mqttMapSimulator.start({
    deviceId: 'd',
    link,
    brokerUrl: `mqtt://127.0.0.1:${broker.port}`,
    random: () => 0.5,
  });
  const publish = (value: number, battery = 80) =>
    device.play({ do: 'publish', document: { doseRate: { value }, battery, status: 'ok' } }, signal);
  await device.play({ do: 'clock', offsetS: -30 }, signal);
  await publish(0.1);
  await device.play({ do: 'garble' }, signal);
  await publish(0.2);
  await publish(7, 9);
  await until('the detection', () => bench.observations.some((one) => one.type === 'detection'));
  const opened = bench.observations.find((one) => one.type === 'occupancy-opened');
  expect(Date.now() - (opened?.observedAtMs ?? 0), 'the device’s time, not ours').toBeGreaterThan(25_000);
  expect(bench.observations.find((one) => one.type === 'condition' && one.active)).toMatchObject({
    code: 'low-battery',
  });
  expect(bench.refusals).toMatchObject([{ code: 'not-json', reason: expect.stringContaining('utf-8') }]);
});
