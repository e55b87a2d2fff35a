import { expect, test } from 'vitest';
import { openPublisher } from '../../simulators/publisher.ts';
import { seededRandom } from '../../simulators/random.ts';
import type { Passage } from '../../src/domain/passage.ts';
import type { Target } from '../../src/domain/target.ts';
import { connectLive } from '../support/live.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { type CloudEventLike, pullAll, runCommand, type Service, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

const site = (broker: string) => ({
  version: 1,
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  mqtt: { brokers: { yard: { url: broker } } },
  lanes: [
    { id: 'trucks', name: 'Trucks', kind: 'vehicle' },
    { id: 'bags', name: 'Bags', kind: 'baggage' },
  ],
  devices: [
    {
      id: 'anpr',
      lane: 'trucks',
      driver: 'identity-reader',
      link: { type: 'mqtt', broker: 'yard', topic: 'readers/anpr' },
    },
    { id: 'xray', lane: 'bags', driver: 'xray-tdr', link: { type: 'mqtt', broker: 'yard', topic: 'scanners/xray' } },
  ],
});

const plateRead = (id: number) => ({
  readId: `read-${id}`,
  kind: 'plate',
  value: `AB${id}`,
  country: 'NL',
  confidence: 0.9,
  method: 'plate-reader',
  readAt: new Date().toISOString(),
  imageUri: null,
});
const bagScan = (id: number) => ({
  scanId: `scan-${id}`,
  tdrType: 'MACHINE',
  alarmDecision: id % 3 === 0 ? 'ALARM' : 'CLEAR',
  alarmDecisionTime: new Date().toISOString(),
  totalProcessingTimeS: 1,
  abort: null,
  ooi: { id: String(1_000_000_000 + id), idType: 'BARCODE', type: 'BAGGAGE' },
  boardingPassId: null,
  carrierId: null,
  operator: null,
  algorithm: 'a',
  scanType: 'OPERATIONAL',
  threats: [],
  imageUri: null,
});

/** Which device messages the journal holds, and how often each was taken in as new. */
function messagesIn(events: readonly CloudEventLike[]): Map<string, number> {
  const seen = new Map<string, number>();
  const known = new Set<string>();
  for (const event of events) {
    if (!event.type.startsWith('lanewatch.passage.')) continue;
    const { id, identities, scans } = event.data as Passage;
    for (const source of new Set([...identities.map((read) => read.source), ...scans.map((scan) => scan.id)])) {
      if (!/^(read|scan)-\d+$/.test(source) || known.has(`${id} ${source}`)) continue;
      known.add(`${id} ${source}`);
      seen.set(source, (seen.get(source) ?? 0) + 1);
    }
  }
  return seen;
}

/** Sends targets one after the other until told to stop; keeps those that were answered. */
async function command(service: Service, name: string, stop: () => boolean, answered: string[]): Promise<void> {
  for (let number = 0; !stop(); number += 1) {
    const reference = `${name}-${number}`;
    const body = {
      originator: 'tu',
      reference,
      kind: 'vehicle',
      identifiers: [{ kind: 'plate', value: `XX${number}` }],
      risk: 'low',
      requestedAction: 'notify',
    };
    try {
      const { status } = await service.request<Target>('POST', '/targets', body);
      if (status === 201) answered.push(reference);
    } catch {
      // The service was killed with the command on its way: it was not answered, so nothing is promised.
      return;
    }
  }
}

describeWith(['mosquitto'], 'kill -9 in the middle of traffic', () => {
  test('no acknowledged message and no answered command is lost, live clients resume without gap or repeat', {
    timeout: 60_000,
  }, async () => {
    await using mosquitto = await startMosquitto();
    await using service = await startService(site(mosquitto.url));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard-devices' });
    const random = seededRandom(20_261_124);
    await until('the devices’ sessions', async () => {
      const { body } = await service.request<{ items: { state: string }[] }>('GET', '/devices');
      return body.items.every((device) => device.state === 'online');
    });

    const answered: string[] = [];
    const watched: CloudEventLike[] = [];
    let sent = 0;
    for (let kill = 0; kill < 4; kill += 1) {
      const live = await connectLive(service.address(), { after: watched.at(-1)?.sequence ?? '0' });
      let stop = false;
      const commanding = Promise.all([1, 2, 3].map((who) => command(service, `T${kill}.${who}`, () => stop, answered)));
      await until('an answered command', () => answered.some((reference) => reference.startsWith(`T${kill}.`)));
      const traffic = Array.from({ length: 300 }, () => {
        sent += 1;
        return sent % 2 === 0
          ? yard.publish('readers/anpr', plateRead(sent))
          : yard.publish('scanners/xray', bagScan(sent));
      });
      const before = live.events().length;
      const moment = Math.floor(random() * 150);
      await until('some of it has come through', () => live.events().length >= before + moment);
      await service.end('SIGKILL');
      stop = true;
      await commanding;
      await live.closed;
      watched.push(...live.events());
      await Promise.all(traffic);
      await service.start();
    }
    await using last = await connectLive(service.address(), { after: watched.at(-1)?.sequence ?? '0' });
    const expected = Array.from(
      { length: sent },
      (_, index) => `${(index + 1) % 2 === 0 ? 'read' : 'scan'}-${index + 1}`,
    );
    const journal = await until(
      'every acknowledged message in the journal',
      async () => {
        const events = await pullAll(service, undefined, 1_000);
        const held = messagesIn(events);
        return expected.every((id) => held.has(id)) && events;
      },
      20_000,
    );
    const held = messagesIn(journal);
    expect(
      expected.filter((id) => held.get(id) !== 1),
      'taken in once each',
    ).toEqual([]);

    const references = new Set(
      journal.filter(({ type }) => type === 'lanewatch.target.added').map(({ data }) => (data as Target).reference),
    );
    expect(answered.length).toBeGreaterThanOrEqual(4);
    expect(
      answered.filter((reference) => !references.has(reference)),
      'answered and lost',
    ).toEqual([]);

    await until('the live client is level', () => watched.length + last.events().length >= journal.length);
    const followed = [...watched, ...last.events()].slice(0, journal.length);
    expect(followed.map(({ sequence, id }) => [Number(sequence), id])).toEqual(
      journal.map(({ id }, index) => [index + 1, id]),
    );
    await service.end('SIGTERM');
    const verified = await runCommand(['verify', '--data', service.dataDir]);
    expect(verified).toMatchObject({ code: 0 });
  });

  test('a broker restart in mid-stream loses no QoS 1 message', { timeout: 60_000 }, async () => {
    await using mosquitto = await startMosquitto();
    await using service = await startService(site(mosquitto.url));
    await using yard = openPublisher({ brokerUrl: mosquitto.url, clientId: 'yard-devices' });
    await using live = await connectLive(service.address(), {
      after: '0',
      types: ['lanewatch.passage.*', 'lanewatch.device.*'],
    });
    await until(
      'both devices',
      () => live.events().filter(({ type }) => type === 'lanewatch.device.online').length === 2,
    );
    const ids = Array.from({ length: 900 }, (_, index) => index + 1);
    const sending = ids.map((id) => yard.publish('readers/anpr', plateRead(id)));
    await until('some of it', () => live.events().length > 100);
    await mosquitto.stop();
    await until('the device knows', () => live.events().some(({ type }) => type === 'lanewatch.device.offline'));
    await mosquitto.start();
    await Promise.all(sending);
    const expected = ids.map((id) => `read-${id}`);
    await until('all of it', () => messagesIn(live.events()).size === expected.length, 30_000);
    expect([...messagesIn(live.events()).values()].every((times) => times === 1)).toBe(true);
  });
});
