import { expect, test } from 'vitest';
import { openLineServer } from '../../simulators/line-server.ts';
import { openPublisher } from '../../simulators/publisher.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { Target } from '../../src/domain/target.ts';
import { connectLive, type LiveClient } from '../support/live.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { eventChecker } from '../support/schemas.ts';
import { type CloudEventLike, pullAll, runCommand, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

function eventOf<T>(
  client: LiveClient,
  type: string,
  fits: (data: T) => boolean = () => true,
): CloudEventLike<T> | undefined {
  const found = client.events().find((event) => event.type === `lanewatch.${type}` && fits(event.data as T));
  return found as CloudEventLike<T> | undefined;
}

/** A container lane: a portal on TCP, a number reader and an X-ray scanner behind Mosquitto. */
function siteWith(broker: string, portalPort: number) {
  const mqtt = (topic: string) => ({ type: 'mqtt', broker: 'yard', topic });
  return {
    version: 1,
    site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
    mqtt: { brokers: { yard: { url: broker } } },
    lanes: [{ id: 'container', name: 'Container', kind: 'container', join: { beforeS: 20, afterS: 20, settleS: 1 } }],
    devices: [
      { id: 'rpm', lane: 'container', driver: 'tsa-rpm', link: { type: 'tcp', host: '127.0.0.1', port: portalPort } },
      { id: 'ocr', lane: 'container', driver: 'identity-reader', link: mqtt('readers/ocr') },
      { id: 'xray', lane: 'container', driver: 'xray-tdr', link: mqtt('scanners/xray/tdr') },
    ],
  };
}

const target = {
  originator: 'freight-targeting',
  reference: 'FT-2026-17',
  kind: 'container',
  identifiers: [{ kind: 'container', value: 'CSQU 305438-3' }],
  reasons: ['declared empty, weighs 12 t'],
  risk: 'high',
  requestedAction: 'examine',
};
const counts = (tag: string, each: number) => `${tag},${Array(4).fill(String(each).padStart(6, '0')).join(',')}\r\n`;

describeWith(['mosquitto'], 'the main job on real wires', () => {
  test('target, read, portal and X-ray become one matched alarm, answered and disposed of, pulled once in order', async () => {
    await using mosquitto = await startMosquitto();
    await using portal = await openLineServer({ type: 'tcp', host: '127.0.0.1', port: 0 }, (say) =>
      say(counts('GB', 220)),
    );
    if (portal.link.type !== 'tcp') throw new Error('the portal listens on TCP');
    await using service = await startService(siteWith(mosquitto.url, portal.link.port));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard-devices' });
    await using live = await connectLive(service.address(), { after: '0', readings: ['container'] });
    await until('all devices online', () =>
      ['rpm', 'ocr', 'xray'].every((id) =>
        eventOf(live, 'device.online', (data: { deviceId: string }) => data.deviceId === id),
      ),
    );

    const posted = await service.request<Target>('POST', '/targets', target, { 'idempotency-key': 'target-1' });
    expect(posted.status).toBe(201);

    const readAt = new Date().toISOString();
    await yard.publish('readers/ocr', {
      readId: 'ocr-1',
      kind: 'container',
      value: 'CSQU3054383',
      confidence: 0.98,
      method: 'ocr',
      readAt,
      imageUri: null,
    });
    await until('the match', () => eventOf(live, 'match.proposed'));
    for (const each of [45, 45, 45, 45, 45]) portal.say(counts('GS', each));
    const firstGaMs = Date.now();
    portal.say(counts('GA', 200));
    const raised = await until('the alarm', () =>
      eventOf<Alarm>(live, 'alarm.raised', (alarm) => alarm.signal === 'gamma'),
    );
    expect(Date.now() - firstGaMs, 'under a second from the first GA line').toBeLessThan(1_000);
    expect(raised.data).toMatchObject({
      deviceId: 'rpm',
      priority: 'high',
      firstOut: true,
      state: 'unacknowledged',
      matches: [
        {
          method: 'exact',
          score: 1,
          target: { reference: 'FT-2026-17' },
          reasons: [{ field: 'container', source: 'ocr-1' }],
        },
      ],
    });

    for (let sample = 0; sample < 9; sample += 1) portal.say(counts('GA', 200));
    portal.say('GX,000001,000000,000000,000000\r\n');
    const cleared = await until('the return', () =>
      eventOf<Alarm>(live, 'alarm.cleared', (alarm) => alarm.signal === 'gamma'),
    );
    expect(cleared.data).toMatchObject({
      state: 'returned',
      count: 10,
      evidence: { kind: 'radiation', background: 880, peak: 4000 },
    });

    const report = {
      scanId: 'X1-1',
      tdrType: 'MACHINE',
      alarmDecision: 'ALARM',
      alarmDecisionTime: new Date().toISOString(),
      totalProcessingTimeS: 4.1,
      abort: null,
      ooi: { id: 'CSQU3054383', idType: 'BARCODE', type: 'CARGO' },
      boardingPassId: null,
      carrierId: null,
      operator: null,
      algorithm: 'vendor\\name\\1.2',
      scanType: 'OPERATIONAL',
      imageUri: null,
      threats: [
        {
          ptoId: 1,
          category: 'ANOMALY',
          description: 'dense block',
          assessment: 'THREAT',
          probability: 0.8,
          polygon: [[1, 2, 0]],
        },
      ],
    };
    await yard.publish('scanners/xray/tdr', report);
    const scanned = await until('the X-ray alarm', () =>
      eventOf<Alarm>(live, 'alarm.raised', (alarm) => alarm.signal === 'xray-object'),
    );
    expect(scanned.data).toMatchObject({
      passageId: raised.data.passageId,
      firstOut: false,
      matches: [{ method: 'exact' }],
    });

    const acknowledged = await service.request<Alarm>('POST', `/alarms/${raised.data.id}/acknowledge`, {
      note: 'lane closed',
    });
    expect(acknowledged).toMatchObject({
      status: 200,
      body: { state: 'acknowledged', acknowledged: { note: 'lane closed' } },
    });
    const again = await service.request<{ code: string }>('POST', `/alarms/${raised.data.id}/acknowledge`, {});
    expect(again).toMatchObject({ status: 409, body: { code: 'forbidden-transition', state: 'acknowledged' } });
    const disposed = await service.request<Alarm>('POST', `/alarms/${raised.data.id}/dispose`, {
      class: 'real',
      code: 'illicit-radioactive',
    });
    expect(disposed.body).toMatchObject({
      state: 'normal',
      disposition: { class: 'real', code: 'illicit-radioactive' },
    });

    await until('the end of the passage', () => eventOf(live, 'passage.closed'));
    const passage = await service.request<object>('GET', `/passages/${raised.data.passageId}`);
    expect(passage.body).toMatchObject({
      complete: true,
      occupancy: { counter: 1, endReason: 'device' },
      scans: [{ id: 'X1-1' }],
      alarmIds: [raised.data.id, scanned.data.id],
    });

    const pulled = await pullAll(service, undefined, 5);
    expect(pulled.map(({ sequence }) => Number(sequence))).toEqual(pulled.map((_, index) => index + 1));
    const faults = eventChecker();
    for (const event of pulled) expect(faults(event), JSON.stringify(event)).toEqual([]);
    await until('the live client has as much', () => live.events().length === pulled.length);
    expect(live.events().map(({ id }) => id)).toEqual(pulled.map(({ id }) => id));
    expect(await service.end('SIGTERM')).toBe(0);
    expect((await runCommand(['verify', '--data', service.dataDir])).code).toBe(0);
  });
});
