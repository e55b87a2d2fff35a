import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { PersonalData } from '../../src/domain/words.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { connectLive, subscribeTo } from '../http/live-client.ts';
import { type Mosquitto, startMosquitto } from '../support/mosquitto.ts';
import { type NatsServer, startNats } from '../support/nats-server.ts';
import { betraying, planted, plantedHistory } from '../support/planted.ts';
import { type Service, startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts';

const everything = { types: ['lanewatch.*'], agency: 'piu-nl', purpose: 'test' };
const config = (brokerUrl: string, natsUrl: string) => ({
  version: 1,
  mqtt: { brokers: { yard: { url: brokerUrl } } },
  feeds: {
    mqtt: PersonalData.options.map((personalData) => ({
      ...{ id: `mqtt-${personalData}`, broker: 'yard', topic: personalData, personalData },
      ...everything,
    })),
    nats: PersonalData.options.map((personalData) => ({
      ...{ id: `nats-${personalData}`, url: natsUrl, subject: personalData, stream: personalData, personalData },
      ...everything,
    })),
  },
  site: { id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
  webhooks: { allow: ['127.0.0.0/8'] },
  lanes: ['pedestrian', 'vehicle', 'container'].map((kind) => ({ id: kind, name: kind, kind })),
  devices: [],
});
const last = 'lanewatch.message.refused';

/** Every way by which something leaves the real service, walked with every profile of personal data. */
describeWith(['mosquitto', 'nats-server'], 'whatever leaves', () => {
  let service: Service;
  let receiver: Receiver;
  let mosquitto: Mosquitto;
  let nats: NatsServer;
  let listener: MqttClient;
  const byTopic: (readonly [string, string])[] = [];
  const tokens = new Map<PersonalData, string>();
  const tokenOf = (profile: PersonalData) => ({ authorization: `Bearer ${tokens.get(profile)}` });
  const betrayed = (texts: readonly string[]) =>
    betraying.filter((value) => texts.some((text) => text.includes(value)));

  beforeAll(async () => {
    receiver = await startReceiver();
    mosquitto = await startMosquitto();
    nats = await startNats();
    listener = await connectAsync(mosquitto.url);
    listener.on('message', (topic, message) => byTopic.push([topic, message.toString('utf8')]));
    await listener.subscribeAsync('#', { qos: 1 });
    service = await startService(config(mosquitto.url, nats.url));
    await service.end('SIGTERM');
    const db = openDatabase(service.dataDir);
    const journal = openJournal(db, 'post', systemClock);
    const { sequence } = journal.head();
    const history = plantedHistory().events.map((event) => ({ ...event, sequence: sequence + event.sequence }));
    await journal.append(history, []);
    db.close();
    await service.start();
    for (const personalData of PersonalData.options) {
      const body = { name: `reader ${personalData}`, role: 'administrator', personalData };
      const made = await service.request<{ secret: string }>('POST', '/tokens', body);
      expect(made.status).toBe(201);
      tokens.set(personalData, made.body.secret);
    }
  }, 60_000);
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    await listener.endAsync(true);
    for (const server of [receiver, mosquitto, nats]) await server[Symbol.asyncDispose]();
  });

  const byHttp = async (profile: PersonalData): Promise<readonly string[]> => {
    const text = async (path: string) => {
      const answer = await fetch(`${service.address()}${path}`, { headers: tokenOf(profile) });
      return `${answer.status} ${await answer.text()}`;
    };
    const { body: document } = await service.request<{ paths: Record<string, { get?: unknown }> }>(
      'GET',
      '/openapi.json',
    );
    const paths = Object.entries(document.paths).flatMap(([path, { get }]) =>
      get === undefined || path.endsWith('/events/stream') || path.endsWith('/live') ? [] : [path],
    );
    const texts: string[] = [];
    for (const path of paths.filter((one) => !one.includes('{'))) {
      texts.push(await text(path));
      for (const value of Object.values(planted)) texts.push(await text(`${path}?q=${encodeURIComponent(value)}`));
    }
    for (const path of paths.filter((one) => one.includes('{id}'))) {
      const list = await service.request<{ items?: { id: string }[] }>(
        'GET',
        path.replace('/api/v1', '').split('/{id}')[0] ?? '',
      );
      for (const { id } of list.body?.items ?? []) texts.push(await text(path.replace('{id}', id)));
    }
    return texts;
  };
  const byLive = async (profile: PersonalData): Promise<readonly string[]> => {
    const headers = tokenOf(profile);
    using client = await connectLive(service.address(), subscribeTo({ after: '0' }), { headers });
    await until('caught up', () => client.caughtUp());
    return client.frames.map((frame) => JSON.stringify(frame));
  };
  const bySse = async (profile: PersonalData): Promise<readonly string[]> => {
    const stopping = new AbortController();
    const answer = await fetch(`${service.address()}/api/v1/events/stream?after=0`, {
      headers: tokenOf(profile),
      signal: stopping.signal,
    });
    expect(answer.status).toBe(200);
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString('utf8');
      if (text.includes(last)) break;
    }
    stopping.abort();
    return [text];
  };
  const byPull = async (profile: PersonalData): Promise<readonly string[]> => {
    const answer = await fetch(`${service.address()}/api/v1/events?limit=1000`, { headers: tokenOf(profile) });
    return [await answer.text()];
  };
  const byWebhook = async (personalData: PersonalData): Promise<readonly string[]> => {
    const from = receiver.accepted.length;
    const made = await service.request<{ id: string }>('POST', '/subscriptions', {
      ...everything,
      url: receiver.url,
      personalData,
    });
    expect(made.status).toBe(201);
    const replayed = await service.request('POST', `/subscriptions/${made.body.id}/replay`, { after: '0' });
    expect(replayed.status).toBeLessThan(300);
    const came = () => receiver.accepted.slice(from);
    // What comes last, in all three lanes.
    await until('the end', () => came().filter(({ type }) => type === 'lanewatch.passage.closed').length >= 3);
    await service.request('DELETE', `/subscriptions/${made.body.id}`);
    return came().map(({ body }) => body);
  };
  const ended = (texts: readonly string[]) =>
    texts.filter((text) => text.includes('lanewatch.passage.closed')).length >= 3;
  const byMqtt = async (profile: PersonalData): Promise<readonly string[]> => {
    const came = () => byTopic.filter(([topic]) => topic.startsWith(`${profile}/`)).map(([, text]) => text);
    await until('the end', () => ended(came()), 20_000);
    return came();
  };
  const byNats = async (profile: PersonalData): Promise<readonly string[]> => {
    const came = async () => (await nats.stored(profile)).map((stored) => JSON.stringify(stored));
    await until('the end', async () => ended(await came()), 20_000);
    return came();
  };
  const exits = { byHttp, byLive, bySse, byPull, byWebhook, byMqtt, byNats };

  describe.each(Object.entries(exits))('%s', (_name, leaves) => {
    it.each(['none', 'masked'] as const)('names nobody to the profile %s', { timeout: 60_000 }, async (profile) => {
      const texts = await leaves(profile);
      expect(texts.join('').length).toBeGreaterThan(1_000);
      expect(betrayed(texts)).toEqual([]);
    });
    it('names somebody to the profile full, so that the others prove something', { timeout: 60_000 }, async () => {
      expect(betrayed(await leaves('full'))).toContain(planted.passport);
    });
  });

  it('is not in the log', () => {
    expect(betrayed([service.stderr(), ...service.stdout])).toEqual([]);
  });
});
