import { expect, it } from 'vitest';
import { configBench, good } from '../../tests/support/config-bench.ts';

const { load, complaints, write } = configBench();
const terms = 'types: ["*"], agency: customs, purpose: archive';
const mqtt = (rest: string) => `{ id: out, broker: embedded, topic: border/post, ${terms}, ${rest} }`;
const nats = (rest: string) =>
  `{ id: archive, url: nats://nats:4222, subject: border.post, stream: BORDER, ${terms}, ${rest} }`;
const withFeeds = (feeds: string) => `${good}mqtt: { embedded: {} }\nfeeds: ${feeds}\n`;
const faultsOf = (feeds: string, env?: Record<string, string>) =>
  complaints(withFeeds(feeds), env).map((line) => line.replace('site.yaml:8: feeds.', ''));

it('reads feeds, their secrets apart', () => {
  write('nats.creds', 'the text of it\n');
  const feeds = `{ mqtt: [${mqtt('lanes: [lane-1]')}], nats: [${nats('usernameEnv: N_USER, credentialsFile: nats.creds')}] }`;
  const loaded = load(withFeeds(feeds), { N_USER: 'lanewatch' });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join());
  expect(loaded.config.feeds.mqtt).toMatchObject([{ id: 'out', from: 'now', qos: 1, includeNonOperational: false }]);
  expect(loaded.config.feeds.nats).toMatchObject([{ duplicateWindowS: 7_200, keepDays: 30, replicas: 1 }]);
  expect(loaded.secrets.feeds).toEqual({ archive: { username: 'lanewatch', credentials: 'the text of it' } });
  expect(JSON.stringify(loaded.config)).not.toContain('the text of it');
});

it.each([
  ['{ mqtt: [{ id: out }] }', ['mqtt[0].types: is missing', 'mqtt[0].broker: is missing']],
  [`{ mqtt: [${mqtt('qos: 0')}] }`, ['mqtt[0].qos: must be 1']],
  [`{ mqtt: [${mqtt('').replace('border/post', 'border/#')}] }`, ['must be a topic without wildcards']],
  [
    `{ mqtt: [${mqtt('').replace('embedded', 'yard')}] }`,
    ['mqtt[0].broker: there is no broker "yard": there are embedded'],
  ],
  [`{ mqtt: [${mqtt('lanes: [lane-9]')}] }`, ['mqtt[0].lanes[0]: there is no lane "lane-9": there are lane-1']],
  [`{ mqtt: [${mqtt('')}, ${mqtt('')}] }`, ['mqtt[1].id: "out" is already the id of another feed']],
  [`{ nats: [${nats('').replace('border.post', 'border.*')}] }`, ['nats[0].subject: must be words of letters']],
  [`{ nats: [${nats('').replace('nats://', 'nats://user:secret@')}] }`, ['nats[0].url: must hold no credentials']],
  [
    `{ nats: [${nats('keepDays: 1, duplicateWindowS: 100000')}] }`,
    ['duplicateWindowS: must not be longer than keepDays'],
  ],
  [`{ nats: [${nats('tokenEnv: N_TOKEN')}] }`, ['nats[0].tokenEnv: environment variable N_TOKEN is not set']],
  [`{ nats: [${nats('tls: { caFile: none.pem }')}] }`, ['nats[0].tls.caFile: cannot be read']],
])('%s: says %s', (feeds, expected) => {
  const faults = faultsOf(feeds);
  for (const fault of expected) expect(faults.join('\n')).toContain(fault);
});

it('allows webhooks what the file and the environment say, and nothing that is no host', () => {
  const allow = (list: string, env?: Record<string, string>) => load(`${good}webhooks: { allow: ${list} }\n`, env);
  const loaded = allow('[10.0.0.0/8, hooks.example]', { LANEWATCH_WEBHOOK_ALLOW: ' 127.0.0.1, fd00::/8,' });
  expect(loaded.ok && loaded.webhookAllow).toEqual(['10.0.0.0/8', 'hooks.example', '127.0.0.1', 'fd00::/8']);
  expect(complaints(`${good}webhooks: { allow: [10.0.0.0/99] }\n`)).toEqual([
    'site.yaml:7: webhooks.allow[0]: must be a host name, an IP address or a network such as 10.0.0.0/8',
  ]);
  expect(complaints(good, { LANEWATCH_WEBHOOK_ALLOW: 'http://x/' }).join()).toContain('LANEWATCH_WEBHOOK_ALLOW');
});
