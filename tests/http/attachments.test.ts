import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attachment, attachmentLimitBytes } from '../../src/domain/attachment.ts';
import type { Examination } from '../../src/domain/examination.ts';
import { until } from '../support/until.ts';
import { type HttpBench, startHttpBench } from './http-bench.ts';
import { problemOf } from './problem-of.ts';

let bench: HttpBench;
beforeAll(async () => {
  bench = await startHttpBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const path = '/api/v1/attachments';
const png = (tail: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(tail)]);
const send = (body: Uint8Array | string, type: string, token = bench.tokenOf('examiner')) =>
  bench.call(path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(Buffer.from(body)),
    token,
  });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const fileOf = (digest: string) => join(bench.dataDir, 'attachments', digest.slice(0, 2), digest);
const unfinished = () => readdirSync(join(bench.dataDir, 'attachments', 'unfinished'));

async function resulted(attachments: readonly string[]): Promise<Response> {
  const alarm = await bench.raise(`rpm-${attachments[0]?.slice(0, 8)}`);
  const dueAt = new Date(Date.now() + 60_000).toISOString();
  const asked = { alarmId: alarm.id, reason: 'radiation-alarm', kind: 'riid', unit: 'yard', dueAt };
  const made = await bench.call('/api/v1/examinations', { method: 'POST', json: asked });
  const { id } = (await made.json()) as Examination;
  await bench.call(`/api/v1/examinations/${id}/accept`, { method: 'POST' });
  const json = { code: 'norm', attachments };
  return bench.call(`/api/v1/examinations/${id}/result`, { method: 'POST', json });
}

describe('an attachment', () => {
  it('is kept under its SHA-256, once, and named by a result', async () => {
    const bytes = png('a picture');
    const first = await send(bytes, 'image/png');
    const kept = { sha256: sha256(bytes), size: bytes.length, type: 'image/png' };
    expect([first.status, await first.json()]).toEqual([201, kept]);
    expect(await (await send(bytes, 'image/png', bench.tokenOf('supervisor'))).json()).toEqual(kept);
    expect(readFileSync(fileOf(kept.sha256)).equals(bytes)).toBe(true);
    expect(unfinished()).toEqual([]);
    const answer = await resulted([kept.sha256, kept.sha256]);
    expect(await answer.json()).toMatchObject({ result: { attachments: [kept.sha256] } });
  });

  it('that was never sent is not named: 422 which', async () => {
    const digest = sha256(Buffer.from('never'));
    const problem = await problemOf(await resulted([digest]));
    expect(problem).toMatchObject({ status: 422, detail: expect.stringContaining(digest) });
  });

  it('is answered to its uploader at once, to other readers once a result names it, to nobody else', async () => {
    const bytes = png('evidence');
    const digest = sha256(bytes);
    await send(bytes, 'image/png');
    const statusFor = async (role: Parameters<typeof bench.tokenOf>[0]) =>
      (await bench.call(`${path}/${digest}`, { token: bench.tokenOf(role) })).status;
    expect([await statusFor('examiner'), await statusFor('supervisor'), await statusFor('technician')]).toEqual([
      200, 404, 403,
    ]);
    await resulted([digest]);
    expect([await statusFor('supervisor'), await statusFor('targeting'), await statusFor('technician')]).toEqual([
      200, 200, 403,
    ]);
    const answer = await bench.call(`${path}/${digest}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${digest.slice(0, 16)}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it.each(['..%2f..%2fjournal.sqlite', '../../journal.sqlite', 'A'.repeat(64), 'a'.repeat(63), '%00'])(
    'has no other name than its digest: %s',
    async (name) => {
      expect((await bench.call(`${path}/${name}`)).status).toBeGreaterThanOrEqual(400);
    },
  );
});

describe('its type', () => {
  const dicom = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
  it.each([
    ['image/jpeg', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['application/pdf', Buffer.from('%PDF-1.7\n')],
    ['application/dicom', dicom],
    ['text/plain; charset=utf-8', Buffer.from('größer als erlaubt')],
    ['application/xml', Buffer.from('\ufeff <?xml version="1.0"?><RadInstrumentData/>')],
  ])('%s is taken by what its bytes are', async (type, bytes) => {
    const answer = await send(bytes, type);
    expect([answer.status, ((await answer.json()) as Attachment).type]).toEqual([201, type.split(';')[0]]);
  });

  it.each([
    ['an image that is a page', 'image/png', Buffer.from('<html><script>')],
    ['a picture of another kind', 'image/jpeg', png('x')],
    ['text that is not', 'text/plain', Buffer.from([0x68, 0xff, 0xfe])],
    ['text cut in a character', 'text/plain', Buffer.from('ü').subarray(0, 1)],
    ['text with a NUL', 'text/plain', Buffer.from('a\0b')],
    ['no XML', 'application/xml', Buffer.from('{}')],
    ['nothing', 'text/plain', Buffer.alloc(0)],
  ])('%s is refused, and nothing of it kept', async (_name, type, bytes) => {
    expect(await problemOf(await send(bytes, type))).toMatchObject({ status: 422, code: 'invalid-request' });
    expect(existsSync(fileOf(sha256(bytes)))).toBe(false);
    expect(unfinished()).toEqual([]);
  });

  it.each(['text/html', 'image/svg+xml', 'application/json', 'application/octet-stream'])(
    '%s is not one',
    async (type) => {
      expect(await problemOf(await send('{}', type))).toMatchObject({ status: 415 });
    },
  );
});

describe('its size', () => {
  it('is at most 20 MiB, to the byte, whether it is announced or not', async () => {
    const most = Buffer.alloc(attachmentLimitBytes, 'a');
    expect((await send(most, 'text/plain')).status).toBe(201);
    expect(await problemOf(await send(Buffer.concat([most, Buffer.from('a')]), 'text/plain'))).toMatchObject({
      status: 413,
    });
    const chunks = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1_048_576).fill(97)),
    });
    const answer = await bench.call(path, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: chunks,
      duplex: 'half',
    } as RequestInit);
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'too-large' });
    await until('nothing is left of it', () => unfinished().length === 0);
  });

  it('is what was announced: a body that is cut off leaves nothing', async () => {
    const { port, hostname } = new URL(bench.address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${bench.tokenOf('examiner')}\r\n` +
        'content-type: text/plain\r\ncontent-length: 1000\r\n\r\nthe beginning',
    );
    await until('it is being written', () => unfinished().length === 1);
    socket.destroy();
    await until('it is gone', () => unfinished().length === 0);
  });
});
