import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { Ajv as AjvClass } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventTypes } from '../../src/domain/event-data.ts';
import { faultsOf } from '../support/schemas.ts';
import { until } from '../support/until.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

const load = createRequire(import.meta.url);
const { Ajv } = load('ajv') as { Ajv: typeof AjvClass };
const addFormats = load('ajv-formats') as (ajv: AjvClass) => AjvClass;
const { schemas: official } = load('@asyncapi/specs') as { schemas: Record<string, object> };

interface Message {
  readonly payload: object;
  readonly headers?: object;
  readonly examples?: readonly { readonly payload: unknown; readonly headers?: unknown }[];
}
interface AsyncApi {
  readonly servers: Record<string, { readonly host: string; readonly protocol: string; readonly pathname?: string }>;
  readonly channels: Record<string, { readonly address: string | null; readonly messages: Record<string, object> }>;
  readonly components: { readonly schemas: Record<string, object>; readonly messages: Record<string, Message> };
}

let bench: HttpBench;
let document: AsyncApi;
beforeAll(async () => {
  bench = await startHttpBench();
  document = (await (await bench.call('/api/v1/asyncapi.json')).json()) as AsyncApi;
});
afterAll(() => bench[Symbol.asyncDispose]());

/** Draft 7, as AsyncAPI 3.0 has it. */
const draft7 = () => addFormats(new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }));
const compiler = () => {
  const ajv = draft7();
  const inPlace = (part: object): object =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/components/schemas/', '"urn:lanewatch:components#/definitions/'));
  ajv.addSchema({ $id: 'urn:lanewatch:components', definitions: inPlace(document.components.schemas) });
  return (schema: object) => ajv.compile(inPlace(schema));
};
const messageOf = (name: string): Message => {
  const message = document.components.messages[name];
  if (message === undefined) throw new Error(`there is no message ${name}`);
  return message;
};

describe('the AsyncAPI document', () => {
  it('is one by the official schema of AsyncAPI 3.0; a document with a fault is none', () => {
    // It brings the schema of schemas along.
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false }));
    const validate = ajv.compile(official['3.0.0'] ?? {});
    expect(faultsOf(validate, document)).toEqual([]);
    expect(faultsOf(validate, { ...document, channels: { live: { address: 7 } } })).not.toEqual([]);
    expect(faultsOf(validate, { ...document, operations: { follow: { action: 'shout' } } })).not.toEqual([]);
  });

  it('holds together: every reference leads somewhere', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(refs.length).toBeGreaterThan(200);
    const missing = refs.filter((path) => {
      const found = path
        .split('/')
        .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
      return found === undefined;
    });
    expect(missing).toEqual([]);
  });

  it('has a message for each type of event, wherever they go one by one', () => {
    for (const channel of ['stream', 'mqtt', 'nats']) {
      expect(Object.keys(document.channels[channel]?.messages ?? {}), channel).toEqual(eventTypes);
    }
  });

  it('has examples that fit what they are examples of', () => {
    const compile = compiler();
    let seen = 0;
    for (const [name, { payload, headers, examples = [] }] of Object.entries(document.components.messages)) {
      for (const example of examples) {
        seen += 1;
        expect(faultsOf(compile(payload), example.payload), name).toEqual([]);
        if (headers !== undefined) expect(faultsOf(compile(headers), example.headers), name).toEqual([]);
      }
    }
    expect(seen).toBeGreaterThan(20);
  });

  it('says where the live stream is and what goes over it: each frame is one of its messages', async () => {
    const { host, protocol, pathname } = document.servers.live ?? { host: '', protocol: '' };
    const url = `${protocol}://${host}${pathname}${document.channels.live?.address}`;
    const socket = new WebSocket(url, { headers: { authorization: `Bearer ${adminToken}` } });
    const frames: object[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data))));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const compile = compiler();
    const hello = { subscribe: { after: '0', readings: ['lane-1'] } };
    expect(faultsOf(compile(messageOf('subscribe').payload), hello)).toEqual([]);
    expect(faultsOf(compile(messageOf('subscribe').payload), { subscribe: { from: '0' } })).not.toEqual([]);
    socket.send(JSON.stringify(hello));
    await bench.raise('rpm-async');
    const reading = { deviceId: 'rpm-r', laneId: 'lane-1', quantity: 'gamma', unit: 'cps', quality: 'good' } as const;
    bench.readings.put({ ...reading, value: 880, atMs: Date.now() });
    const kinds = () => new Set(frames.flatMap((frame) => Object.keys(frame)));
    await until('a frame of each kind', () => kinds().has('caughtUp') && kinds().has('readings') && kinds().size > 2);
    socket.send('nonsense');
    await until('the error', () => kinds().has('error'));
    for (const frame of frames) {
      const [kind = ''] = Object.keys(frame);
      expect(faultsOf(compile(messageOf(kind).payload), frame), kind).toEqual([]);
    }
    socket.terminate();
  });

  it('says what comes by the stream of server-sent events', async () => {
    const alarm = await bench.raise('rpm-sse');
    const stop = new AbortController();
    const { http } = document.servers;
    const url = `${http?.protocol}://${http?.host}${http?.pathname}${document.channels.stream?.address}?after=0`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${adminToken}` }, signal: stop.signal });
    let text = '';
    const decoder = new TextDecoder();
    for await (const piece of answer.body ?? []) {
      text += decoder.decode(piece, { stream: true });
      if (text.includes(`"alarms/${alarm.id}"`) && text.endsWith('\n\n')) break;
    }
    stop.abort();
    const compile = compiler();
    const events = [...text.matchAll(/^id: (\d+)\ndata: (.*)$/gm)].map(([, id, data = '']) => ({
      id,
      data: JSON.parse(data),
    }));
    expect(events.length).toBeGreaterThan(2);
    for (const { id, data } of events) {
      expect(data.sequence).toBe(id);
      expect(faultsOf(compile(messageOf(data.type).payload), data), data.type).toEqual([]);
    }
  });

  it('says what is posted to a webhook, headers and all', async () => {
    const got: { headers: object; body: string }[] = [];
    const server = createServer((request, response) => {
      void textOf(request).then((body) => {
        got.push({ headers: request.headers, body });
        response.writeHead(204).end();
      });
    }).listen(0, '127.0.0.1');
    await until('the receiver', () => server.listening);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const json = { url, types: ['lanewatch.alarm.*'], agency: 'customs', purpose: 'targeting' };
    expect((await bench.call('/api/v1/subscriptions', { method: 'POST', json })).status).toBe(201);
    await bench.raise('rpm-hook');
    await until('a delivery', () => got.length > 0);
    server.close();
    const { payload, headers } = messageOf('delivery');
    const compile = compiler();
    for (const delivered of got) {
      expect(faultsOf(compile(payload), JSON.parse(delivered.body))).toEqual([]);
      expect(faultsOf(compile(headers ?? {}), delivered.headers)).toEqual([]);
      expect(delivered.headers).toMatchObject({
        'content-type': expect.stringContaining('application/cloudevents+json'),
      });
    }
  });
});
