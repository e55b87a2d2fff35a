import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openPublisher } from '../../simulators/publisher.ts';
import { seededRandom } from '../../simulators/random.ts';
import { tsaRpmSimulator } from '../../simulators/tsa-rpm.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import type { Examination } from '../../src/domain/examination.ts';
import type { Match } from '../../src/domain/match.ts';
import { connectLive } from '../support/live.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { type CloudEventLike, pullAll, runCommand, type Service, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

function siteWith(broker: string, portal: object, examinations: object) {
  return {
    version: 1,
    site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
    mqtt: { brokers: { yard: { url: broker } } },
    examinations,
    lanes: [{ id: 'container', name: 'Container', kind: 'container', join: { beforeS: 2, afterS: 20, settleS: 1 } }],
    devices: [
      { id: 'rpm', lane: 'container', driver: 'tsa-rpm', link: portal },
      {
        id: 'ocr',
        lane: 'container',
        driver: 'identity-reader',
        link: { type: 'mqtt', broker: 'yard', topic: 'readers/ocr' },
      },
    ],
  };
}

const target = (reference: string, value: string) => ({
  originator: 'freight-targeting',
  reference,
  kind: 'container',
  identifiers: [{ kind: 'container', value }],
  risk: 'high',
  requestedAction: 'examine',
});
const read = (readId: string, value: string) => ({
  readId,
  kind: 'container',
  value,
  confidence: 0.98,
  method: 'ocr',
  readAt: new Date().toISOString(),
  imageUri: null,
});
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function tokenOf(service: Service, role: string): Promise<{ readonly authorization: string }> {
  const args = ['token', 'create', '--data', service.dataDir, '--role', role, '--name', `the ${role}`];
  const { code, stdout } = await runCommand(args);
  expect(code).toBe(0);
  return { authorization: `Bearer ${stdout.trim()}` };
}

async function newest<T>(service: Service, type: string, fits: (data: T) => boolean = () => true) {
  const events = (await pullAll(service, `lanewatch.${type}`)) as readonly CloudEventLike<T>[];
  return events.findLast(({ data }) => fits(data));
}

describeWith(['mosquitto'], 'the closed loop on real wires', () => {
  test('target, read and gamma alarm lead to a referral, a result with its picture, and its delivery, over a kill -9', {
    timeout: 60_000,
  }, async () => {
    await using mosquitto = await startMosquitto();
    const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
    await using portal = await tsaRpmSimulator.start({ deviceId: 'rpm', link, random: seededRandom(4) });
    await using service = await startService(siteWith(mosquitto.url, portal.link, { deliveryS: 1 }));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard-devices' });
    const targeting = await tokenOf(service, 'targeting');
    const officer = await tokenOf(service, 'operator');
    const examiner = await tokenOf(service, 'examiner');
    await until('both devices online', async () => {
      const { body } = await service.request<{ items: { state: string }[] }>('GET', '/devices');
      return body.items.every(({ state }) => state === 'online');
    });

    expect((await service.request('POST', '/targets', target('FT-1', 'CSQU3054383'), targeting)).status).toBe(201);
    await yard.publish('readers/ocr', read('r1', 'CSQU3054383'));
    const match = await until('the match', () => newest<Match>(service, 'match.proposed'));
    const action = { do: 'occupancy', durationS: 3, gammaSigma: 40, speedup: 5 };
    await portal.play(action, new AbortController().signal);
    const raised = await until('the alarm', () =>
      newest<Alarm>(service, 'alarm.raised', (it) => it.signal === 'gamma'),
    );
    const judged = await service.request('POST', `/matches/${match.data.id}/judge`, { verdict: 'confirmed' }, officer);
    expect(judged.status).toBe(200);

    const asked = {
      alarmId: raised.data.id,
      targetId: match.data.targetId,
      reason: 'radiation-alarm',
      kind: 'riid',
      unit: 'yard',
      dueAt: inAnHour(),
    };
    const made = await service.request<Examination>('POST', '/examinations', asked, {
      ...targeting,
      'idempotency-key': 'x',
    });
    const { id } = made.body;
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'requested', target: { reference: 'FT-1' }, mode: 'operational' },
    });
    const queue = await service.request(
      'GET',
      '/examinations?unit=yard&state=requested&order=due',
      undefined,
      examiner,
    );
    expect(queue.body).toMatchObject({ items: [{ id }], next: null });
    const step = (name: string, body: object, who: object) =>
      service.request<Examination>('POST', `/examinations/${id}/${name}`, body, { ...who });
    expect((await step('accept', {}, examiner)).body).toMatchObject({ state: 'accepted', assignee: 'the examiner' });
    expect((await step('start', { place: 'bay 2' }, officer)).status).toBe(403);
    expect((await step('start', { place: 'bay 2' }, examiner)).body.state).toBe('started');

    const picture = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from('the open box')]);
    const sent = await fetch(`${service.address()}/api/v1/attachments`, {
      method: 'POST',
      headers: { ...examiner, 'content-type': 'image/jpeg' },
      body: new Uint8Array(picture),
    });
    const { sha256 } = (await sent.json()) as { sha256: string };
    expect([sent.status, sha256]).toEqual([201, createHash('sha256').update(picture).digest('hex')]);
    await service.end('SIGKILL');
    await service.start();

    const result = {
      code: 'illegal-radioactive',
      findings: [{ what: 'Cs-137 source', quantity: 1.2, unit: 'GBq' }],
      method: 'riid',
      seizure: 'S-2026-11',
      attachments: [sha256],
    };
    const resulted = await step('result', result, examiner);
    expect(resulted).toMatchObject({
      status: 200,
      body: {
        state: 'resulted',
        result: {
          niem: 'IllegalRadioactiveMaterialFound',
          place: 'bay 2',
          suggestedDisposition: { class: 'real', code: 'illicit-radioactive' },
        },
      },
    });
    const board = await service.request<Alarm>('GET', `/alarms/${raised.data.id}`, undefined, officer);
    expect(board.body).toMatchObject({
      disposition: null,
      examinations: [{ id, state: 'resulted', code: 'illegal-radioactive' }],
    });
    expect(board.body.state, 'a result leaves the alarm on the board').not.toBe('normal');
    const shown = await fetch(`${service.address()}/api/v1/attachments/${sha256}`, { headers: targeting });
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).toBe(true);

    await until('the requester’s end is overdue', () => newest<Examination>(service, 'examination.overdue'));
    expect((await step('delivered', {}, officer)).status).toBe(403);
    expect((await step('delivered', {}, targeting)).body).toMatchObject({ state: 'delivered', overdue: false });
    const disposed = await service.request<Alarm>(
      'POST',
      `/alarms/${raised.data.id}/dispose`,
      { class: 'real', code: 'illicit-radioactive' },
      officer,
    );
    expect(disposed.body).toMatchObject({ disposition: { code: 'illicit-radioactive', by: 'the operator' } });

    const events = await pullAll(service);
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1));
    const told = events.filter(
      ({ subject, type }) => subject === `examinations/${id}` || type.endsWith('alarm.disposed'),
    );
    expect(told.map(({ type }) => type.replace('lanewatch.', ''))).toEqual([
      'examination.requested',
      'examination.accepted',
      'examination.started',
      'examination.resulted',
      'examination.overdue',
      'examination.delivered',
      'alarm.disposed',
    ]);
    expect(await service.end('SIGTERM')).toBe(0);
    expect((await runCommand(['verify', '--data', service.dataDir])).code).toBe(0);
  });

  test('a target that was to be examined leaves unexamined: targeting is told on the live stream, over a kill -9', {
    timeout: 60_000,
  }, async () => {
    await using mosquitto = await startMosquitto();
    const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
    await using portal = await tsaRpmSimulator.start({ deviceId: 'rpm', link, random: seededRandom(5) });
    await using service = await startService(siteWith(mosquitto.url, portal.link, { missedAfterS: 2 }));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard-devices' });
    await service.request('POST', '/targets', target('FT-2', 'CSQU3054383'));
    await yard.publish('readers/ocr', read('r1', 'CSQU3054383'));
    await until('it has left', () => newest(service, 'passage.closed'), 10_000);
    await service.end('SIGKILL');
    await service.start();
    await using live = await connectLive(service.address(), { after: '0', types: ['lanewatch.examination.*'] });
    const missed = await until('the miss', () => live.events()[0], 10_000);
    expect(missed).toMatchObject({
      type: 'lanewatch.examination.missed',
      data: {
        state: 'missed',
        target: { originator: 'freight-targeting', reference: 'FT-2' },
        reason: 'targeting-recommendation',
      },
    });
    const { body } = await service.request('GET', '/examinations?state=missed');
    expect(body).toMatchObject({ items: [missed.data], next: null });
  });
});
