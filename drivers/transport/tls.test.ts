import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Tls } from '../../src/domain/link.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { type Certificates, type Issued, makeCertificates } from '../../tests/support/certificates.ts';
import { silentLog } from '../../tests/support/driver-bench.ts';
import { startMosquitto } from '../../tests/support/mosquitto.ts';
import { describeWith } from '../../tests/support/services.ts';
import { until } from '../../tests/support/until.ts';
import { openByteLink } from './byte-link.ts';
import { externalBroker } from './mqtt.ts';

/** One authority for devices and us, and another one that nobody trusts. */
let ours: Certificates;
let strangers: Certificates;
let peer: Issued;
let us: Issued;

function makeAll(): void {
  ours = makeCertificates();
  strangers = makeCertificates();
  peer = ours.issue('peer');
  us = ours.issue('us');
}
function removeAll(): void {
  ours[Symbol.dispose]();
  strangers[Symbol.dispose]();
}

/** What a link may be set up with, and what is to be said of it; undefined: it works. */
const setups: readonly (readonly [string, () => Tls, RegExp | undefined])[] = [
  ['both certificates good', () => ({ caFile: ours.caFile, ...us }), undefined],
  [
    'the authority of another',
    () => ({ caFile: strangers.caFile, ...us }),
    /not signed by an authority we trust.*caFile/,
  ],
  ['no authority given', () => ({ ...us }), /not signed by an authority we trust.*caFile/],
  ['no certificate of ours', () => ({ caFile: ours.caFile }), /asks for a certificate of ours.*certFile and keyFile/],
  ['ours from a stranger', () => ({ caFile: ours.caFile, ...strangers.issue('x') }), /does not accept our certificate/],
  [
    'ours expired',
    () => ({ caFile: ours.caFile, ...ours.issue('old', { days: -1 }) }),
    /our certificate .* has expired/,
  ],
  [
    'another name',
    () => ({ caFile: ours.caFile, ...us, serverName: 'portal.example' }),
    /for another name.*serverName/,
  ],
  ['a file that is gone', () => ({ caFile: `${ours.caFile}.gone`, ...us }), /ca\.crt\.gone cannot be read/],
  [
    'a key of another certificate',
    () => ({ caFile: ours.caFile, certFile: us.certFile, keyFile: peer.keyFile }),
    /us\.crt and .*peer\.key are no PEM certificate with its key/,
  ],
];

describeWith(['openssl'], 'a byte link over TLS', () => {
  beforeAll(makeAll);
  afterAll(removeAll);

  /** OpenSSL's own server as the device: it asks for a certificate of ours, and says a line to each it lets in. */
  async function listen(version = 'tls1_3', { certFile, keyFile }: Issued = peer) {
    const port = await freePort('127.0.0.1');
    const own = ['-cert', certFile, '-key', keyFile, '-CAfile', ours.caFile];
    const asking = ['-Verify', '1', '-verify_return_error', '-quiet', `-${version}`];
    const server = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...own, ...asking]);
    onTestFinished(() => void server.kill());
    await until('it listens', () => listensAt(port));
    return { port, say: () => void server.stdin.write('GB,1\n') };
  }
  async function listensAt(port: number): Promise<boolean> {
    const socket = connect(port, '127.0.0.1');
    const there = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]);
    socket.destroy();
    return there;
  }

  async function heard(port: number, tls: Tls, say: () => void = () => undefined): Promise<string> {
    await using link = await openByteLink({ type: 'tcp', host: '127.0.0.1', port, tls }, new AbortController().signal);
    say();
    for await (const chunk of link) return Buffer.from(chunk).toString();
    return '';
  }

  test.each(['tls1_3', 'tls1_2'])('says what is to be mended, in %s too', async (version) => {
    const { port, say } = await listen(version);
    for (const [name, tls, said] of setups) {
      if (said !== undefined) {
        await expect(heard(port, tls()), name).rejects.toMatchObject({
          code: expect.stringMatching(/^link-(refused|lost)$/),
          message: expect.stringMatching(said),
        });
        continue;
      }
      expect(await heard(port, tls(), say), name).toBe('GB,1\n');
    }
  });

  it('does not take a certificate that has expired, nor a port without TLS', async () => {
    const tls = { caFile: ours.caFile, ...us };
    const expired = await listen('tls1_3', ours.issue('expired', { days: -1 }));
    await expect(heard(expired.port, tls)).rejects.toMatchObject({
      code: 'link-refused',
      message: expect.stringMatching(/127\.0\.0\.1:\d+: the certificate it shows has expired: renew it there/),
    });
    const plain = createServer((socket) => socket.on('error', () => undefined).end('GB,1\r\n'));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    onTestFinished(() => void plain.close());
    const address = plain.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(heard(port, tls)).rejects.toMatchObject({ message: expect.stringContaining('does not speak TLS') });
  });

  it('a renewed certificate is taken by the next attempt', async () => {
    const { port, say } = await listen();
    const mine = ours.issue('renewed', { days: -1 });
    const tls = { caFile: ours.caFile, ...mine };
    await expect(heard(port, tls)).rejects.toMatchObject({ message: expect.stringContaining('has expired') });
    for (const key of ['certFile', 'keyFile'] as const) writeFileSync(mine[key], readFileSync(us[key]));
    expect(await heard(port, tls, say)).toBe('GB,1\n');
  });
});

describeWith(['openssl', 'mosquitto'], 'Mosquitto over TLS with client certificates', () => {
  beforeAll(makeAll);
  afterAll(removeAll);

  it('lets us in with both certificates, carries a message, and says what is to be mended otherwise', async () => {
    await using broker = await startMosquitto({ tls: { caFile: ours.caFile, ...peer } });
    const stopper = new AbortController();
    onTestFinished(() => stopper.abort());
    const subscribe = (tls: Tls) =>
      externalBroker({ url: broker.url, tls, clientIdPrefix: 'lanewatch' }, silentLog).subscribe(
        { subscriber: 'device-1', topic: 'a/b', qos: 1 },
        stopper.signal,
      );
    for (const [name, tls, said] of setups) {
      if (said === undefined) continue;
      await expect(subscribe(tls()), name).rejects.toMatchObject({
        code: 'link-refused',
        message: expect.stringMatching(said),
      });
    }
    const messages = await subscribe({ caFile: ours.caFile, ...us });
    const received: BusMessage[] = [];
    const reading = (async () => {
      for await (const message of messages) received.push(message);
    })();
    const tls = { caFile: ours.caFile, ...ours.issue('sender') };
    const sender = externalBroker({ url: broker.url, tls, clientIdPrefix: 'lanewatch' }, silentLog);
    const will = { topic: 'a/will', payload: 'gone' };
    await using device = await sender.publisher({ id: 'tower', will }, stopper.signal);
    const published = device.publish('a/b', 'x', false);
    await until('the message', () => received.length === 1);
    received[0]?.acknowledge(true);
    await published;
    stopper.abort();
    await reading;
  });
});
