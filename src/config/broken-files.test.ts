import { describe, expect, it } from 'vitest';
import { configBench, good, lanes, withDevice } from '../../tests/support/config-bench.ts';

const { loadFile, complaints } = configBench();

const tcp = 'link: { type: tcp, host: h, port: 1 }';
const broken: readonly [string, string, readonly string[]][] = [
  ['an empty file', '', ['site.yaml:1: must be a group of keys']],
  [
    'no YAML',
    'a: [1',
    ['site.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  [
    'an alias without anchor',
    `${good}matching: *gone\n`,
    ['site.yaml:1: Unresolved alias (the anchor must be set before the alias): gone'],
  ],
  ['a key given twice', `${good}version: 1\n`, ['site.yaml:7: version: is given twice, first in line 1']],
  [
    'a key given twice deep inside',
    withDevice(`{ id: x, id: y, lane: lane-1, driver: portal, ${tcp} }`),
    ['site.yaml:6: devices[0].id: is given twice, first in line 6'],
  ],
  [
    'unknown keys',
    `${good}matching: { retro: 5 }\nsight: 1\n`,
    ['site.yaml:7: matching.retro: is not a known key', 'site.yaml:8: sight: is not a known key'],
  ],
  ['a missing part', `version: 1\n${lanes}devices: []\n`, ['site.yaml:1: site: is missing']],
  ['another version', good.replace('version: 1', 'version: 2'), ['site.yaml:1: version: must be 1']],
  [
    'wrong types',
    good.replace('name: One', 'name: [One]').replace('1601', 'high'),
    ['site.yaml:4: lanes[0].name: must be text', 'site.yaml:6: devices[0].link.port: must be a number'],
  ],
  ['a port out of range', good.replace('1601', '70000'), ['site.yaml:6: devices[0].link.port: must be at most 65535']],
  [
    'a rear reader that is no device',
    good.replace('kind: vehicle', 'kind: vehicle, rearReaders: [anpr-9]'),
    ['site.yaml:4: lanes[0].rearReaders[0]: there is no device "anpr-9": there are rpm-1'],
  ],
  [
    'an unknown lane kind',
    good.replace('vehicle', 'tram'),
    ['site.yaml:4: lanes[0].kind: must be one of vehicle, container, rail, pedestrian, baggage, parcel, cargo'],
  ],
  [
    'a time zone that is none',
    good.replace('Europe/Amsterdam', 'Europe/Atlantis'),
    ['site.yaml:2: site.timeZone: must be a time zone of the IANA database, e.g. Europe/Amsterdam'],
  ],
  [
    'an offset for a time zone',
    good.replace('Europe/Amsterdam', '"+01:00"'),
    ['site.yaml:2: site.timeZone: must be a time zone of the IANA database, e.g. Europe/Amsterdam'],
  ],
  [
    'a UN/LOCODE of no country',
    good.replace('NLRTM', 'QQRTM'),
    ['site.yaml:2: site.unlocode: must be a UN/LOCODE: country code and three characters, e.g. NLRTM'],
  ],
  [
    'join windows out of reason',
    good.replace('kind: vehicle', 'kind: vehicle, join: { beforeS: -1, afterS: 9999, settleS: 0 }'),
    [
      'site.yaml:4: lanes[0].join.beforeS: must be at least 0',
      'site.yaml:4: lanes[0].join.afterS: must be at most 3600',
      'site.yaml:4: lanes[0].join.settleS: must be at least 0.1',
    ],
  ],
  [
    'no lanes',
    good.replace(lanes, 'lanes: []\n'),
    [
      'site.yaml:3: lanes: must have at least 1 items',
      'site.yaml:5: devices[0].lane: there is no lane "lane-1": there is none',
    ],
  ],
  [
    'a lane id used twice',
    good.replace('devices:', '  - { id: lane-1, name: Two, kind: rail }\ndevices:'),
    ['site.yaml:5: lanes[1].id: "lane-1" is already the id of lanes[0]'],
  ],
  [
    'a device id used twice',
    withDevice(`{ id: rpm-1, lane: lane-1, driver: portal, ${tcp} }`),
    ['site.yaml:7: devices[1].id: "rpm-1" is already the id of devices[0]'],
  ],
  [
    'an id that would need escaping',
    withDevice(`{ id: a/b, lane: lane-1, driver: portal, ${tcp} }`),
    [
      'site.yaml:6: devices[0].id: must be letters, digits, dots, dashes and underscores, and begin with a letter or a digit',
    ],
  ],
  [
    'a lane that is not there',
    withDevice(`{ id: x, lane: lane-9, driver: portal, ${tcp} }`),
    ['site.yaml:6: devices[0].lane: there is no lane "lane-9": there are lane-1'],
  ],
  [
    'a driver that is not there',
    withDevice(`{ id: x, lane: lane-1, driver: sonar, ${tcp} }`),
    ['site.yaml:6: devices[0].driver: there is no driver "sonar": there are portal, monitor, scanner, mapped'],
  ],
  [
    'a link the driver does not speak',
    withDevice(`{ id: x, lane: lane-1, driver: monitor, ${tcp} }`),
    ['site.yaml:6: devices[0].link.type: driver monitor does not speak tcp: it speaks modbus-tcp'],
  ],
  [
    'an unknown link',
    withDevice('{ id: x, lane: lane-1, driver: portal, link: { type: pigeon } }'),
    [
      'site.yaml:6: devices[0].link.type: must be one of tcp, serial, modbus-tcp, modbus-rtu, mqtt, folder',
      'site.yaml:6: devices[0].link.type: driver portal does not speak pigeon: it speaks tcp, serial',
    ],
  ],
  [
    "options against the driver's schema",
    `${withDevice('{ id: x, lane: lane-1, driver: scanner, link: { type: mqtt, broker: embedded, topic: t }, options: { profile: huge, a.b: 1 } }')}mqtt: { embedded: {} }\n`,
    [
      'site.yaml:6: devices[0].options.profile: must be one of small, large',
      'site.yaml:6: devices[0].options["a.b"]: is not a known key',
    ],
  ],
  [
    'two devices on one address',
    withDevice('{ id: x, lane: lane-1, driver: portal, link: { type: tcp, host: localhost, port: 1601 } }'),
    ['site.yaml:7: devices[1].link: is the wire of devices[0] too, which carries one device only'],
  ],
  [
    'two devices on one serial line',
    `${good}
  - { id: a, lane: lane-1, driver: portal, link: { type: serial, path: /dev/ttyUSB0 } }
  - { id: b, lane: lane-1, driver: portal, link: { type: serial, path: /dev/ttyUSB0, baudRate: 19200 } }
`,
    ['site.yaml:9: devices[2].link: is the wire of devices[1] too, which carries one device only'],
  ],
  [
    'two devices on one Modbus unit',
    `${good}
  - { id: a, lane: lane-1, driver: monitor, link: { type: modbus-tcp, host: h, unit: 1 } }
  - { id: b, lane: lane-1, driver: monitor, link: { type: modbus-tcp, host: H, port: 502, unit: 1 } }
`,
    ['site.yaml:9: devices[2].link: is the wire of devices[1] too, which carries one device only'],
  ],
  [
    'the built-in broker unasked for',
    withDevice('{ id: x, lane: lane-1, driver: scanner, link: { type: mqtt, broker: embedded, topic: t } }'),
    ['site.yaml:6: devices[0].link.broker: the built-in broker needs mqtt.embedded'],
  ],
  [
    'a broker that is not there',
    withDevice('{ id: x, lane: lane-1, driver: scanner, link: { type: mqtt, broker: yard, topic: t } }'),
    ['site.yaml:6: devices[0].link.broker: there is no broker "yard": there is none'],
  ],
  [
    'a broker with the name of the built-in one',
    `${good}mqtt: { brokers: { embedded: { url: mqtt://h } } }\n`,
    ['site.yaml:7: mqtt.brokers.embedded: is the name of the built-in broker: choose another'],
  ],
  [
    'a broker that is no broker',
    `${good}mqtt: { brokers: { yard: { url: http://h } } }\n`,
    ['site.yaml:7: mqtt.brokers.yard.url: must be an address that begins with mqtt:// or mqtts:// or ws:// or wss://'],
  ],
  [
    'secrets that cannot be had',
    `${good}mqtt:
  brokers:
    yard: { url: mqtt://h, usernameEnv: NOT_SET, passwordFile: not-there }
history: { influx: { url: http://h, org: o, bucket: b, tokenEnv: A, tokenFile: b } }
`,
    [
      'site.yaml:9: mqtt.brokers.yard.usernameEnv: environment variable NOT_SET is not set',
      "site.yaml:9: mqtt.brokers.yard.passwordFile: file not-there cannot be read: ENOENT: no such file or directory, open 'not-there'",
      'site.yaml:10: history.influx.tokenFile: stands beside tokenEnv: keep one',
    ],
  ],
  ...['a/#/b', 'a+', 'a/b#', '$share/group/a'].map((topic): [string, string, string[]] => [
    `the topic filter ${topic}`,
    withDevice(`{ id: x, lane: lane-1, driver: scanner, link: { type: mqtt, broker: b, topic: '${topic}' } }\n`).concat(
      'mqtt: { brokers: { b: { url: mqtt://h } } }\n',
    ),
    [expect.stringMatching(/^site.yaml:6: devices\[0\]\.link\.topic: (has a|must not be)/)],
  ]),
];

describe('a broken file', () => {
  it.each(broken)('says where and what: %s', (_title, yaml, expected) => {
    expect(complaints(yaml)).toEqual(expected);
  });

  it('that is not there is one problem', () => {
    const loaded = loadFile('gone.yaml');
    expect(loaded).toMatchObject({ ok: false, problems: [{ line: 1, message: expect.stringContaining('ENOENT') }] });
  });

  it('says everything at once, in the order of the lines', () => {
    const yaml = `version: 1
site: { id: post, name: Post, unlocode: nowhere, timeZone: Mars }
lanes:
  - { id: lane-1, name: One, kind: tram }
devices:
  - { id: a, lane: lane-2, driver: portal, link: { type: tcp, host: h, port: 0 } }
  - { id: a, lane: lane-1, driver: monitor, link: { type: tcp, host: h, port: 0 }, colour: red }
`;
    expect(complaints(yaml).map((line) => line.split(': ').slice(0, 2).join(' '))).toEqual([
      'site.yaml:2 site.unlocode',
      'site.yaml:2 site.timeZone',
      'site.yaml:4 lanes[0].kind',
      'site.yaml:6 devices[0].lane',
      'site.yaml:6 devices[0].link.port',
      'site.yaml:7 devices[1].id',
      'site.yaml:7 devices[1].link',
      'site.yaml:7 devices[1].link.type',
      'site.yaml:7 devices[1].link.port',
      'site.yaml:7 devices[1].colour',
    ]);
  });

  it('never repeats a secret somebody wrote into it', () => {
    const secret = 'hunter2';
    const yaml = `${good}mqtt: { brokers: { yard: { url: "mqtt://user:${secret}@h", password: ${secret} } } }\n`;
    expect(complaints(yaml)).toHaveLength(2);
    expect(complaints(yaml).join()).not.toContain(secret);
    expect(complaints(`${yaml}broken: [`).join()).not.toContain(secret);
  });
});
