import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeCertificates } from '../../tests/support/certificates.ts';
import { configBench, good } from '../../tests/support/config-bench.ts';
import { describeWith } from '../../tests/support/services.ts';

const { load, write, complaints, folder } = configBench();
const config = (yaml: string, env?: Record<string, string>) => {
  const loaded = load(`${good}${yaml}\n`, env);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
};
const oidc = (rest: string, issuer = 'https://id.example') =>
  `access: { oidc: { issuer: "${issuer}", clientId: lanewatch, roles: { ops: { role: operator } }${rest} } }`;

describe('how the post is reached and who is let in', () => {
  it('has its usual limits where nothing is said', () => {
    const { http, access } = config('').config;
    expect(http).toEqual({
      host: '127.0.0.1',
      port: 8080,
      trustProxy: [],
      rateLimit: { perCredential: 60_000, perAddress: 3_000 },
    });
    expect(access).toEqual({ session: { idleS: 43_200, absoluteS: 86_400 }, certificates: [] });
  });

  it('has the client secret from the environment or a file, and not in the configuration', () => {
    const loaded = config(oidc(', clientSecretEnv: OIDC'), { OIDC: 'hush' });
    expect(loaded.secrets.oidcClientSecret).toBe('hush');
    expect(JSON.stringify(loaded.config)).not.toContain('hush');
    write('secret', 'from the file\n');
    expect(config(oidc(', clientSecretFile: secret')).secrets.oidcClientSecret).toBe('from the file');
  });

  it.each(['http://127.0.0.1:9000', 'http://localhost:9000/realm', 'https://id.example/realms/post'])(
    'may ask the issuer %s',
    (issuer) => {
      expect(config(oidc('', issuer)).config.access.oidc?.issuer).toBe(issuer);
    },
  );

  const broken: readonly [string, string, readonly string[]][] = [
    [
      'proxies that are no addresses',
      'http: { trustProxy: [proxy.example, 10.0.0.0/33, 10.0.0.0/8, "::1", "fd00::/129"] }',
      [0, 1, 4].map(
        (at) => `site.yaml:7: http.trustProxy[${at}]: must be an IP address or a network such as 10.0.0.0/8`,
      ),
    ],
    [
      'a public address with a path, and no limit at all',
      'http: { publicUrl: "https://post.example/board", rateLimit: { perAddress: 0 } }',
      ['site.yaml:7: http.publicUrl: must have no path', 'site.yaml:7: http.rateLimit.perAddress: must be at least 1'],
    ],
    [
      'certificates that are not there',
      'http: { tls: { certFile: none.crt, keyFile: none.key } }',
      [
        expect.stringMatching(/^site\.yaml:7: http\.tls\.certFile: cannot be read: ENOENT/) as string,
        expect.stringMatching(/^site\.yaml:7: http\.tls\.keyFile: cannot be read: ENOENT/) as string,
      ],
    ],
    [
      'a session that is idle for longer than it lasts',
      'access: { session: { idleS: 7200, absoluteS: 3600 } }',
      ['site.yaml:7: access.session: idleS must be at most absoluteS'],
    ],
    [
      'a provider that is asked over plain http from afar, and roles that are none',
      'access: { oidc: { issuer: "http://id.example", clientId: x, roles: { ops: { role: king }, lane: { role: operator, lanes: [lane-9] } } } }',
      [
        'site.yaml:7: access.oidc.issuer: must be https, unless it is on this machine: what goes over plain http can be changed',
        'site.yaml:7: access.oidc.roles.ops.role: must be one of operator, supervisor, examiner, technician, targeting, auditor, administrator',
      ],
    ],
    [
      'a lane that is not there, and an administrator of another agency',
      'access: { oidc: { issuer: "https://id.example", clientId: x, roles: { a: { role: operator, lanes: [lane-9] }, b: { role: administrator, agency: police } } } }',
      [
        'site.yaml:7: access.oidc.roles.a.lanes: there is no lane lane-9',
        'site.yaml:7: access.oidc.roles.b.agency: who administers is of the post itself',
      ],
    ],
    [
      'no roles, and a secret that is not set',
      'access: { oidc: { issuer: "https://id.example", clientId: x, clientSecretEnv: GONE, roles: {} } }',
      [
        'site.yaml:7: access.oidc.clientSecretEnv: environment variable GONE is not set',
        'site.yaml:7: access.oidc.roles: must not be empty',
      ],
    ],
    [
      'certificates of machines that nobody signs, that say both or neither, and what their role may not',
      'access: { certificates: [{ name: a, role: operator, subject: "CN=a", scopes: [administer] }] }',
      [
        'site.yaml:7: access.certificates: needs http.tls.clientCaFile, which signs them',
        'site.yaml:7: access.certificates[0].scopes: the role operator has no permission administer',
      ],
    ],
    [
      'machines known by nothing, or by what is none',
      'access: { certificates: [{ name: a, role: operator }, { name: b, role: operator, fingerprint256: "AB:CD" }, { name: c, role: operator, subject: gate }] }',
      [
        'site.yaml:7: access.certificates[0]: must have either subject or fingerprint256',
        'site.yaml:7: access.certificates[1].fingerprint256: must be a SHA-256 fingerprint: 32 pairs of hexadecimal digits',
        'site.yaml:7: access.certificates[2].subject: must be a whole subject such as "CN=gate-7, O=Port"',
      ],
    ],
  ];
  it.each(broken)('refuses %s', (_what, yaml, faults) => {
    expect(complaints(`${good}${yaml}\n`).toSorted()).toEqual([...faults].toSorted());
  });
});

describeWith(['openssl'], 'the certificate of the post', () => {
  it('resolves certificates from the folder of the file, and takes a public address without its slash', () => {
    using certificates = makeCertificates();
    const { certFile, keyFile } = certificates.issue('post');
    execFileSync('cp', [certFile, join(folder, 'post.crt')]);
    execFileSync('cp', [keyFile, join(folder, 'post.key')]);
    const { http } = config(
      'http: { publicUrl: "https://post.example/", tls: { certFile: post.crt, keyFile: post.key } }',
    ).config;
    expect(http.tls).toEqual({ certFile: join(folder, 'post.crt'), keyFile: join(folder, 'post.key') });
    expect(http.publicUrl).toBe('https://post.example');
  });

  it('refuses an empty one', () => {
    for (const name of ['empty.crt', 'empty.key']) write(name, '');
    expect(complaints(`${good}http: { tls: { certFile: empty.crt, keyFile: empty.key } }\n`)).toEqual([
      'site.yaml:7: http.tls: cannot be used: a file is empty',
    ]);
  });

  it('refuses a key that is of another certificate', () => {
    using certificates = makeCertificates();
    const [one, other] = [certificates.issue('one'), certificates.issue('other')];
    const faults = complaints(`${good}http: { tls: { certFile: ${one.certFile}, keyFile: ${other.keyFile} } }\n`);
    expect(faults).toEqual([expect.stringMatching(/^site\.yaml:7: http\.tls: cannot be used: .*key values mismatch/)]);
  });
});
