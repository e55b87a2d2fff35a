import { expect, test } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { configBench } from '../../tests/support/config-bench.ts';
import { bundledProfiles, loadProfiles } from './profiles.ts';

const { write, load, complaints } = configBench();

const site = (profile: string) => `version: 1
site: { id: p, name: P, timeZone: UTC, unlocode: NLRTM }
lanes: [{ id: l, name: L, kind: vehicle }]
devices:
  - { id: a, lane: l, driver: mapped, link: { type: tcp, host: h, port: 1 }, options: { profile: ${profile} } }
`;
const profile = (change: string) => `driver: mapped
name: good
title: A model
source: "[ours]"
data: { baud: 9600 }
${change}`;

test('a site’s own profiles stand beside its file, the product’s in their folder', () => {
  write('profiles/own.yaml', profile(''));
  write('bundled/other.yaml', profile('').replace('good', 'other'));
  const loaded = load(site('good'));
  expect(loaded.ok && loaded.profiles.map(({ name, data }) => [name, data])).toEqual([
    ['other', { baud: 9600 }],
    ['good', { baud: 9600 }],
  ]);
});

test('a profile that is not there is named with those that are', () => {
  expect(complaints(site('bad'))).toEqual([
    'site.yaml:5: devices[0].options.profile: there is no profile "bad": there are other, good',
  ]);
});

test.each([
  ['unknown key', profile('extra: 1'), 'profiles/x.yaml:6: extra: is not a known key'],
  ['data that does not fit', profile('').replace('9600', 'fast'), 'profiles/x.yaml:5: data.baud: must be a number'],
  [
    'another driver',
    profile('').replace('mapped', 'portal'),
    'profiles/x.yaml:1: driver: there is no driver "portal" that takes profiles',
  ],
  ['a name twice', profile(''), 'profiles/x.yaml:1: name: mapped has a profile of this name already'],
  ['no YAML', 'driver: [', 'profiles/x.yaml:1: '],
])('%s is a problem of its file', (_, text, problem) => {
  write('profiles/x.yaml', text);
  expect(complaints(site('good')).join('\n')).toContain(problem);
});

test('every profile of the product is good', () => {
  const { profiles, problems } = loadProfiles([bundledProfiles], drivers);
  expect(problems).toEqual([]);
  expect(profiles.length).toBeGreaterThan(1);
});
