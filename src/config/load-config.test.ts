import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configBench, good, withDevice } from '../../tests/support/config-bench.ts';

const { write, load, complaints } = configBench();

describe('a good file', () => {
  it('is read, with its defaults and the hash of its bytes', () => {
    const loaded = load(good);
    expect(loaded).toMatchObject({
      ok: true,
      config: {
        site: { mode: 'operational' },
        http: { host: '127.0.0.1', port: 8080 },
        matching: { retroactiveS: 3600 },
        lanes: [{ direction: 'both', join: { beforeS: 20, afterS: 20, settleS: 5 } }],
        devices: [{ id: 'rpm-1', enabled: true, options: {} }],
      },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('keeps secrets apart, from the environment and from files beside it', () => {
    write('password', 'pass from file\n');
    const yard = '{ url: mqtt://10.0.0.5, usernameEnv: Y_USER, passwordFile: password }';
    const loaded = load(`${good}mqtt: { brokers: { yard: ${yard} } }\n`, { Y_USER: 'user from env' });
    expect(loaded).toMatchObject({
      ok: true,
      secrets: { brokers: { yard: { username: 'user from env', password: 'pass from file' } } },
    });
    expect(JSON.stringify(loaded.ok && loaded.config)).not.toContain('from');
  });

  it('may keep a disabled spare on the wire of another device', () => {
    const spare = '{ id: spare, lane: lane-1, driver: portal, link: { type: tcp, host: localhost, port: 1601 }';
    expect(complaints(withDevice(`${spare}, enabled: false }`))).toEqual([]);
    expect(complaints(withDevice(`${spare} }`))).toHaveLength(1);
  });

  it('may put several units on one Modbus gateway, and several devices on one topic', () => {
    expect(
      complaints(`${good}
  - { id: a, lane: lane-1, driver: monitor, link: { type: modbus-tcp, host: h, unit: 1 } }
  - { id: b, lane: lane-1, driver: monitor, link: { type: modbus-tcp, host: h, unit: 2 } }
  - { id: c, lane: lane-1, driver: scanner, link: { type: mqtt, broker: embedded, topic: scanners/+/tdr } }
  - { id: d, lane: lane-1, driver: scanner, link: { type: mqtt, broker: embedded, topic: 'scanners/#' } }
mqtt: { embedded: {} }
`),
    ).toEqual([]);
  });
});

describe('any file', () => {
  const bits =
    'version: 1|\n|  |- |lanes:|devices:|{|}|[|]|: |&a |*a|<<: |? |!!map || |"|\'|#|---|__proto__|null|link'.split('|');
  const pieced = fc.array(fc.constantFrom(...bits), { maxLength: 40 }).map((parts) => parts.join(''));
  const known = fc.constantFrom('version', 'site', 'http', 'mqtt', 'history', 'lanes', 'devices');

  it.each([
    ['any text', fc.string({ unit: 'binary' })],
    ['any sequence of YAML signs', pieced],
    ['any data under the known keys', fc.dictionary(known, fc.jsonValue()).map((data) => JSON.stringify(data))],
  ])('that is wrong gives problems and never throws: %s', (_title, wrongYaml) => {
    fc.assert(
      fc.property(wrongYaml, (yaml) => {
        const loaded = load(yaml);
        expect(loaded.ok ? 0 : loaded.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it('nested beyond the stack is a problem, not a crash', () => {
    expect(load('['.repeat(100_000))).toMatchObject({ ok: false });
  });
});
