import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aspectRpmSimulator } from '../../simulators/aspect-rpm.ts';
import { freePort } from '../../simulators/free-port.ts';
import { openLineServer } from '../../simulators/line-server.ts';
import { openPublisher } from '../../simulators/publisher.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { DeviceStatus } from '../../src/domain/device.ts';
import type { RefusedFact } from '../../src/domain/event.ts';
import { connectLive } from '../support/live.ts';
import { adminToken, pullAll, type Service, startService } from '../support/service.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const counts = (tag: string, each: number) => `${tag},${Array(4).fill(String(each).padStart(6, '0')).join(',')}\r\n`;
const report = (scanId: string, change: object = {}) => ({
  scanId,
  tdrType: 'MACHINE',
  alarmDecision: 'ALARM',
  alarmDecisionTime: new Date().toISOString(),
  totalProcessingTimeS: 1,
  abort: null,
  ooi: null,
  boardingPassId: null,
  carrierId: null,
  operator: null,
  algorithm: 'a',
  scanType: 'OPERATIONAL',
  threats: [],
  imageUri: null,
  ...change,
});

/** One post for all: a good portal, and devices that misbehave, on the built-in broker and on sockets. */
async function openPost() {
  await using opened = new AsyncDisposableStack();
  const portal = opened.use(
    await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) => say(counts('GB', 220))),
  );
  const noisy = opened.use(
    await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) => say(counts('GB', 220))),
  );
  const link = { type: 'modbus-tcp', host: '127.0.0.1', port: 0, unit: 1 } as const;
  const aspect = opened.use(await aspectRpmSimulator.start({ deviceId: 'aspect', link, random: () => 0.5 }));
  const mqttPort = await freePort('127.0.0.1');
  const mqtt = (topic: string) => ({ type: 'mqtt', broker: 'embedded', topic });
  const service = opened.use(
    await startService({
      version: 1,
      site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      mqtt: { embedded: { port: mqttPort } },
      lanes: ['good', 'bad', 'bags'].map((id) => ({
        id,
        name: id,
        kind: id === 'bags' ? 'baggage' : 'vehicle',
        join: { settleS: 1 },
      })),
      devices: [
        { id: 'portal', lane: 'good', driver: 'tsa-rpm', link: portal.link },
        { id: 'noisy', lane: 'bad', driver: 'tsa-rpm', link: noisy.link },
        { id: 'aspect', lane: 'bad', driver: 'aspect-rpm', link: aspect.link, options: { idlePollMs: 50 } },
        { id: 'xray', lane: 'bags', driver: 'xray-tdr', link: mqtt('scanners/xray') },
        { id: 'flood', lane: 'bad', driver: 'identity-reader', link: mqtt('readers/flood') },
      ],
    }),
  );
  const yard = opened.use(openPublisher({ brokerUrl: `mqtt://127.0.0.1:${mqttPort}`, clientId: 'yard' }));
  const flooder = opened.use(openPublisher({ brokerUrl: `mqtt://127.0.0.1:${mqttPort}`, clientId: 'flooder' }));
  const owned = opened.move();
  return { portal, noisy, aspect, service, yard, flooder, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function deviceOf(service: Service, id: string): Promise<DeviceStatus> {
  return (await service.request<DeviceStatus>('GET', `/devices/${id}`)).body;
}

async function alarmsOf(service: Service, deviceId: string): Promise<readonly Alarm[]> {
  const { body } = await service.request<{ items: Alarm[] }>('GET', '/alarms?limit=100');
  return body.items.filter((alarm) => alarm.deviceId === deviceId && alarm.signal !== 'condition');
}

async function residentBytes(service: Service): Promise<number> {
  const answer = await fetch(`${service.address()}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } });
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(await answer.text())?.[1]);
}

describe('bad input is counted, shown with its bytes and reason, and the next good frame works', () => {
  let post: Awaited<ReturnType<typeof openPost>>;
  beforeAll(async () => {
    post = await openPost();
    await until('every device online', async () => {
      const { body } = await post.service.request<{ items: DeviceStatus[] }>('GET', '/devices');
      return body.items.every((device) => device.state === 'online');
    });
  });
  afterAll(() => post[Symbol.asyncDispose]());

  test('a wrong line, an unknown tag and a line without end', async () => {
    const { noisy, service } = post;
    noisy.say(`GB,0001x8,000206,000262,000243\r\nZZ,1\r\n${'7'.repeat(5_000)}\r\n`);
    const device = await until('the refusals', async () => {
      const status = await deviceOf(service, 'noisy');
      return status.counters.refused >= 2 && status;
    });
    expect(device.counters).toMatchObject({ ignored: 1, refusedByCode: { 'not-a-number': 1, 'line-too-long': 1 } });
    expect(device.refusals[1]).toMatchObject({
      code: 'not-a-number',
      length: 30,
      bytes: Buffer.from('GB,0001x8,000206,000262,000243').toString('hex'),
    });
    noisy.say(counts('GA', 300));
    await until('the next good line raises', async () => (await alarmsOf(service, 'noisy')).length === 1);
    noisy.say('GX,000001,000000,000000,000000\r\n');
  });

  test('a wrong register block', async () => {
    const { aspect, service } = post;
    await aspect.play({ do: 'implausible' }, signal);
    const device = await until('the refusal', async () => {
      const status = await deviceOf(service, 'aspect');
      return (status.counters.refusedByCode.implausible ?? 0) > 0 && status;
    });
    expect(device).toMatchObject({ state: 'online', refusals: [{ code: 'implausible', length: 42 }] });
    // The first occupancy leaves good registers behind; the second one can be seen.
    await aspect.play({ do: 'occupancy', durationS: 0 }, signal);
    await aspect.play({ do: 'occupancy', durationS: 1, gammaSigma: 30 }, signal);
    await until('the next good block raises', async () => (await alarmsOf(service, 'aspect')).length === 1);
  });

  test('a report that fails its schema is in the journal before it is acknowledged, and raises nothing', async () => {
    const { yard, service } = post;
    await yard.publish('scanners/xray', report('bad-1', { alarmDecision: 'PERHAPS' }));
    const { body: device } = await service.request<DeviceStatus>('GET', '/devices/xray');
    expect(device.refusals[0]).toMatchObject({ code: 'schema', reason: expect.stringContaining('alarmDecision') });
    const [refused] = (await pullAll(service, 'lanewatch.message.refused')).map(({ data }) => data as RefusedFact);
    expect(refused).toMatchObject({ deviceId: 'xray', code: 'schema', sha256: device.refusals[0]?.sha256 });
    await yard.publish('scanners/xray', report('good-1'));
    expect(
      (await alarmsOf(service, 'xray')).map(({ evidence }) => evidence.kind === 'xray' && evidence.scanId),
    ).toEqual(['good-1']);
  });

  test('a message of 10 MB is refused by its size, without growing the service by as much again and again', async () => {
    const { yard, service } = post;
    const before = await residentBytes(service);
    for (let count = 0; count < 5; count += 1) await yard.publish('scanners/xray', 'x'.repeat(10_000_000));
    const device = await deviceOf(service, 'xray');
    expect(device.refusals[0]).toMatchObject({ code: 'too-large', length: 10_000_000 });
    expect(device.refusals[0]?.bytes.length).toBeLessThanOrEqual(512);
    expect((await residentBytes(service)) - before).toBeLessThan(200_000_000);
  });

  test('a clock an hour off: raised as historical, the device says so', async () => {
    const { yard, service } = post;
    await yard.publish(
      'scanners/xray',
      report('late-1', { alarmDecisionTime: new Date(Date.now() - 3_600_000).toISOString() }),
    );
    const late = (await alarmsOf(service, 'xray')).find(
      ({ evidence }) => evidence.kind === 'xray' && evidence.scanId === 'late-1',
    );
    expect(late?.historical).toBe(true);
    expect((await deviceOf(service, 'xray')).conditions).toMatchObject([{ code: 'clock-offset' }]);
    await yard.publish('scanners/xray', report('right-1'));
    expect((await deviceOf(service, 'xray')).conditions).toEqual([]);
  });

  test('devices that flood do not hold up another lane’s alarm, and memory stays bounded', {
    timeout: 40_000,
  }, async () => {
    const { noisy, portal, service, flooder } = post;
    await using live = await connectLive(service.address(), { after: null, types: ['lanewatch.alarm.raised'] });
    const before = await residentBytes(service);
    const garbage = `${'%'.repeat(60)}\r\n`.repeat(2_000);
    for (let block = 0; block < 20; block += 1) noisy.say(garbage);
    const flooding = Promise.all(
      Array.from({ length: 3_000 }, (_, id) => flooder.publish('readers/flood', `{"readId": "r${id}", no json`)),
    );
    // Awaited below; where the test has failed by then, that is the failure to show.
    flooding.catch(() => undefined);
    const said = Date.now();
    portal.say(counts('GA', 300));
    await until('the portal’s alarm', () => live.events().some(({ data }) => (data as Alarm).deviceId === 'portal'));
    expect(Date.now() - said).toBeLessThan(1_000);
    await flooding;
    const noise = await until(
      'all of the garbage',
      async () => {
        const status = await deviceOf(service, 'noisy');
        return status.counters.refused >= 40_000 && status;
      },
      20_000,
    );
    expect(noise.refusals.length).toBeLessThanOrEqual(50);
    expect((await deviceOf(service, 'flood')).counters.refused).toBe(3_000);
    expect((await residentBytes(service)) - before).toBeLessThan(200_000_000);
  });
});
