import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboardFiles } from './dashboard-files.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

let files: ReturnType<typeof dashboardFiles>;
let bench: HttpBench;
beforeAll(async () => {
  files = dashboardFiles();
  bench = await startHttpBench({ dashboardDir: files.dir });
});
afterAll(async () => {
  await bench[Symbol.asyncDispose]();
  files[Symbol.dispose]();
});

/** Writes these bytes as they are; everything that comes back until the end, and how much of `body` was taken. */
function raw(head: string, body: () => Buffer | null = () => null): Promise<{ answer: string; sent: number }> {
  return new Promise((resolve) => {
    const { port } = new URL(bench.address);
    const socket = connect(Number(port), '127.0.0.1');
    let answer = '';
    let sent = 0;
    const more = (): void => {
      const chunk = socket.writable ? body() : null;
      if (chunk === null) return;
      sent += chunk.length;
      if (socket.write(chunk)) setImmediate(more);
      else socket.once('drain', more);
    };
    socket.on('connect', () => {
      socket.write(head);
      more();
    });
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      // The answer is whole once its body has come; what still is to be sent is nobody's.
      if (/\r\n\r\n[\s\S]*\}$/.test(answer)) socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ answer, sent }));
  });
}
const bearer = `authorization: Bearer ${adminToken}\r\n`;
const megabyte = Buffer.alloc(1_048_576, 0x20);

describe('a body that is too large', () => {
  const lasting = (megabytes: number, wrap = (chunk: Buffer) => chunk) => {
    let left = megabytes;
    return () => (left-- > 0 ? wrap(megabyte) : null);
  };
  const head = (rest: string) =>
    `POST /api/v1/targets HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${rest}\r\n`;

  it('of 100 MB is refused by what it says of itself, before it has come', async () => {
    const { answer, sent } = await raw(head(`${bearer}content-length: 104857600\r\n`), lasting(100));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"too-large"');
    expect(sent).toBeLessThan(50 * 1_048_576);
  });

  it('that does not say how large it is, is refused once it is', async () => {
    const chunked = (chunk: Buffer) =>
      Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')]);
    const { answer, sent } = await raw(head(`${bearer}transfer-encoding: chunked\r\n`), lasting(100, chunked));
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(50 * 1_048_576);
  });

  it('is not looked at from who has no credential, and a sign-in takes little', async () => {
    const anonymous = await raw(head('content-length: 104857600\r\n'));
    expect(anonymous.answer).toMatch(/^HTTP\/1\.1 401 /);
    const signIn = head('content-length: 104857600\r\n').replace('/targets', '/session');
    expect((await raw(signIn, lasting(100))).answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('what tries to be two requests', () => {
  const smuggled = 'GET /api/v1/users HTTP/1.1\r\nhost: a\r\n\r\n';
  it.each([
    ['a length and chunks', `content-length: ${smuggled.length}\r\ntransfer-encoding: chunked\r\n`],
    ['two lengths', 'content-length: 0\r\ncontent-length: 5\r\n'],
    ['a coding that is not known', 'transfer-encoding: xchunked\r\n'],
    ['a name with a space', 'content-length : 5\r\n'],
    ['a folded header', 'x: a\r\n b: c\r\n'],
  ])('by %s is refused, and the connection ends', async (_how, headers) => {
    const { answer } = await raw(`POST /healthz HTTP/1.1\r\nhost: a\r\n${bearer}${headers}\r\n0\r\n\r\n${smuggled}`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|401|404)/);
    expect(answer).not.toContain('"items"');
  });

  it('with more headers than a request needs is refused', async () => {
    const many = Array.from({ length: 400 }, (_, at) => `x-${at}: ${'y'.repeat(100)}\r\n`).join('');
    expect((await raw(`GET /healthz HTTP/1.1\r\nhost: a\r\n${many}\r\n`)).answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('what is put into an address or a header', () => {
  it('is never a header or a place of the answer', async () => {
    const html = 'accept: text/html\r\n';
    for (const path of [
      '/signin?code=x%0d%0aset-cookie:%20lanewatch_session=planted',
      '//evil.example/%2f..',
      '/%0d%0alocation:%20http://evil.example',
      '/api/v1/alarms/x%0d%0ax:y',
    ]) {
      const { answer } = await raw(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${html}\r\n`);
      const [head = ''] = answer.split('\r\n\r\n');
      expect(head.toLowerCase(), path).not.toMatch(/evil\.example|set-cookie|\r\nx:/);
    }
  });

  it('leads out of no folder', async () => {
    for (const path of [
      '/../../../../etc/passwd',
      '/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/assets/..%5c..%5c..%5cetc%5cpasswd',
      '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/assets/app-1a2b.js%00.html',
      '/docs/static/..%2f..%2f..%2f..%2fetc%2fpasswd',
      '/api/v1/attachments/..%2f..%2faccess.sqlite',
      '/file:///etc/passwd',
    ]) {
      const { answer } = await raw(`GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${bearer}\r\n`);
      expect(answer, path).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer, path).not.toContain('root:');
    }
  });

  it('is taken from a proxy only where one is trusted', async () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const answer = await bench.call('/api/v1/sign-in-links', { method: 'POST', headers });
    expect(((await answer.json()) as { url: string }).url.startsWith(`${bench.address}/signin?code=`)).toBe(true);
    await using behind = await startHttpBench({
      edge: { publicUrl: 'https://post.example', trustProxy: ['127.0.0.1'] },
    });
    const link = await behind.call('/api/v1/sign-in-links', { method: 'POST', headers });
    const own = await behind.call('/api/v1/session', {
      method: 'POST',
      token: null,
      json: { token: adminToken },
      headers: { origin: 'https://post.example' },
    });
    expect(own.status).toBe(201);
    expect(((await link.json()) as { url: string }).url).toMatch(/^https:\/\/post\.example\/signin\?code=/);
  });
});
