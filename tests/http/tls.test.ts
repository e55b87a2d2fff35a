import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { renewCertificates } from '../../src/app-certificates.ts';
import { Grant } from '../../src/domain/grant.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { type Certificates, type Issued, makeCertificates } from '../support/certificates.ts';
import { silentLog } from '../support/driver-bench.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';
import { adminToken, type HttpBench, startHttpBench } from './http-bench.ts';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describeWith(['openssl'], 'the post with TLS of its own', () => {
  let ours: Certificates;
  let others: Certificates;
  let bench: HttpBench;
  let gate: Issued;
  let scanner: Issued;
  beforeAll(async () => {
    ours = makeCertificates();
    others = makeCertificates();
    const { certFile, keyFile } = ours.issue('post');
    gate = ours.issue('gate-7');
    scanner = ours.issue('scanner');
    const machine = { ...Grant.parse({ role: 'operator', lanes: ['lane-1'] }), scopes: ['read-site' as const] };
    const { fingerprint256 } = new X509Certificate(readFileSync(scanner.certFile));
    bench = await startHttpBench({
      edge: {
        tls: { cert: read(certFile), key: read(keyFile), clientCa: read(ours.caFile) },
        certificates: [
          { subject: 'CN = gate-7', principal: { ...machine, name: 'gate 7' } },
          { fingerprint256: fingerprint256.toLowerCase(), principal: { ...machine, name: 'scanner', scopes: null } },
        ],
      },
    });
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
    ours[Symbol.dispose]();
    others[Symbol.dispose]();
  });
  const read = (file: string) => readFileSync(file, 'utf8');
  const shown = ({ certFile, keyFile }: Issued) => ({ cert: read(certFile), key: read(keyFile) });
  const call = (path: string, options: object = {}, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(
        bench.address + path,
        { ca: read(ours.caFile), agent: false, ...options },
        async (answer) => {
          let text = '';
          for await (const chunk of answer) text += String(chunk);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  it('speaks TLS only, 1.2 or later, and has browsers keep to it', async () => {
    expect(bench.address).toMatch(/^https:/);
    const { status, headers } = await call('/healthz');
    expect([status, headers['strict-transport-security']]).toEqual([200, expect.stringMatching(/^max-age=\d{7,}/)]);
    await expect(fetch(bench.address.replace('https', 'http'))).rejects.toThrow();
    const { port } = new URL(bench.address);
    const old = await new Promise((resolve) => {
      const options = { host: '127.0.0.1', port: Number(port), ca: read(ours.caFile) };
      const socket = connect({ ...options, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
      socket.on('secureConnect', () => resolve('connected'));
      socket.on('error', () => resolve('refused'));
    });
    expect(old).toBe('refused');
  });

  it('signs people in without a certificate, by a cookie that only TLS carries', async () => {
    const headers = { 'content-type': 'application/json', origin: bench.address };
    const body = JSON.stringify({ token: adminToken });
    const answer = await call('/api/v1/session', { method: 'POST', headers }, body);
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect([answer.status, cookie]).toEqual([
      201,
      expect.stringMatching(/^__Host-lanewatch_session=\S+; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ]);
    const session = await call('/api/v1/session', { headers: { cookie: cookie.split(';')[0] } });
    expect(JSON.parse(session.body)).toMatchObject({ name: 'administrator' });
  });

  it('knows a machine by the subject or the fingerprint of its certificate, as what it is given', async () => {
    const byName = await call('/api/v1/session', shown(gate));
    expect(JSON.parse(byName.body)).toMatchObject({ name: 'gate 7', role: 'operator', lanes: ['lane-1'] });
    expect((await call('/api/v1/alarms', shown(gate))).status).toBe(403);
    expect((await call('/api/v1/site', shown(gate))).status).toBe(200);
    const byPrint = await call('/api/v1/session', shown(scanner));
    expect(JSON.parse(byPrint.body)).toMatchObject({ name: 'scanner', scopes: null });
    expect((await call('/api/v1/alarms', shown(scanner))).status).toBe(200);
  });

  it('knows nobody by a certificate that is of another authority, unknown, or over', async () => {
    const strangers = [others.issue('gate-7'), ours.issue('gate-8'), ours.issue('gate-7-late', { days: -1 })];
    for (const stranger of strangers) {
      expect((await call('/api/v1/session', shown(stranger))).status).toBe(401);
    }
  });

  it('looks at a token before a certificate, and at a wrong one also', async () => {
    const withToken = (token: string) =>
      call('/api/v1/session', { ...shown(gate), headers: { authorization: `Bearer ${token}` } });
    expect(JSON.parse((await withToken(adminToken)).body)).toMatchObject({ name: 'administrator' });
    expect((await withToken('lw_wrong')).status).toBe(401);
  });

  it('takes nothing that changes something from a page of another host, though the browser shows its certificate', async () => {
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
    const path = '/api/v1/alarms/some-id/acknowledge';
    expect((await call(path, { ...shown(scanner), method: 'POST', headers }, '{}')).status).toBe(403);
    expect((await call(path, { ...shown(scanner), method: 'POST' })).status).toBe(404);
  });

  it('shows a renewed certificate without a restart, and keeps the former one while the new one is no good', async () => {
    const { certFile, keyFile } = ours.issue('renewed');
    const folder = mkdtempSync(join(tmpdir(), 'renewed-'));
    const [cert, key] = [join(folder, 'post.crt'), join(folder, 'post.key')];
    copyFileSync(certFile, cert);
    copyFileSync(keyFile, key);
    const readBoth = () => ({ cert: read(cert), key: read(key), clientCa: read(ours.caFile) });
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (_fields: object, message: string) => void warnings.push(message) };
    const files = { certFile: cert, keyFile: key };
    using _renewing = renewCertificates(bench.app.server, files, readBoth, { clock: systemClock, log, everyMs: 20 });
    const shownBy = () =>
      new Promise<string>((resolve, reject) => {
        const { port } = new URL(bench.address);
        const socket = connect({ host: '127.0.0.1', port: Number(port), ca: read(ours.caFile) }, () => {
          resolve(String(socket.getPeerCertificate().subject.CN));
          socket.destroy();
        });
        socket.on('error', reject);
      });
    const next = ours.issue('next');
    // Its key comes later: for a moment the two do not fit.
    copyFileSync(next.certFile, cert);
    await until('it is said', () => warnings.length > 0);
    expect(await shownBy()).toBe('post');
    copyFileSync(next.keyFile, key);
    await until('the next one is shown', async () => (await shownBy()) === 'next');
    expect(JSON.parse((await call('/api/v1/session', shown(gate))).body)).toMatchObject({ name: 'gate 7' });
    rmSync(folder, { recursive: true });
  });

  it('carries the live stream for a machine', async () => {
    const address = `${bench.address.replace('https', 'wss')}/api/v1/live`;
    const socket = new WebSocket(address, { ca: read(ours.caFile), ...shown(scanner) });
    const frame = await new Promise<string>((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ subscribe: { after: null } })));
      socket.on('message', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    socket.terminate();
    expect(frame).toContain('caughtUp');
  });
});
