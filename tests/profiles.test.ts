import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, test } from 'vitest';
import { bundledProfiles } from '../src/config/profiles.ts';
import type { Observation } from '../src/domain/observation.ts';
import { readRecording } from '../src/runtime/recording/format.ts';
import type { Told } from '../src/runtime/recording/replay.ts';
import { bundledProfile } from './support/profiles.ts';
import { replayed } from './support/replayed.ts';

const folder = join(import.meta.dirname, 'recordings');
const fileOf = (name: string) => join(folder, `${name}.jsonl`);
const namesIn = (place: string, ending: string) =>
  globSync(`*${ending}`, { cwd: place })
    .map((file) => basename(file, ending))
    .toSorted();

/** What changed, in order: a level that is told again says nothing new. */
function storyOf(told: readonly Told[]): readonly string[] {
  const levels = new Map<string, string>();
  return told.flatMap((item) => {
    if ('refused' in item) return [`refused ${item.refused}`];
    return ('observations' in item ? item.observations : []).flatMap((observation) => {
      const [name, said] = sayingOf(observation);
      if (name === null) return [said];
      const before = levels.get(name);
      levels.set(name, said);
      // A condition that is not there is how everything begins.
      return said === before || (before === undefined && said.endsWith(' over')) ? [] : [said];
    });
  });
}

/** The level an observation is of, null for what happens once, and what it says in short. */
function sayingOf(one: Observation): readonly [name: string | null, said: string] {
  switch (one.type) {
    case 'reading':
      return [one.quantity, `${one.quantity} ${Number(one.value.toPrecision(4))} ${one.unit}`.trim()];
    case 'condition':
      return [one.code, `${one.code} ${one.active ? 'on' : 'over'}`];
    case 'settings':
      return ['settings', `settings ${Object.values(one.settings).join(' ')}`];
    case 'detection':
      return ['detection', `${one.signal} ${one.active ? 'alarm' : 'alarm over'}, peak ${one.finding.peak.toFixed(1)}`];
    case 'scan':
      return [null, `scan ${one.decision} ${one.hazard}${one.identifiers.map(({ value }) => ` ${value}`).join('')}`];
    case 'occupancy-missed':
      return [null, `missed ${one.missed}`];
    default:
      return [null, one.type];
  }
}

const traceStory = (refused: string) => [
  'settings IMS-0001 READY true',
  'scan clear unknown CSQU3054383',
  'scan alarm explosive',
  `refused ${refused}`,
  'missed 2',
  'scan aborted unknown',
  'settings IMS-0001 FAULT false',
  'device-fault on',
];

test.each<readonly [name: string, story: readonly string[]]>([
  [
    'gamma-monitor',
    [
      'dose-rate 0.11 µSv/h',
      'dose-rate-background 0.1 µSv/h',
      'occupancy-opened',
      'dose-rate 2.4 µSv/h',
      'gamma alarm, peak 2.4',
      'dose-rate 0.12 µSv/h',
      'gamma alarm over, peak 2.4',
      'occupancy-closed',
      ...Array(4).fill('refused implausible'),
      'detector-failed on',
      'refused implausible',
      'detector-failed over',
      'high-voltage-low on',
    ],
  ],
  [
    'light-tower',
    [
      ...['lamp-red-told 0', 'lamp-red 0', 'lamp-amber 0', 'lamp-green 0'],
      ...['lamp-red-told 1', 'lamp-red 1', 'lamp-red 0', 'lamp-broken on', 'supply-failed on'],
    ],
  ],
  [
    'dose-rate-sensor',
    [
      'dose-rate 0.11 µSv/h',
      'battery 82 %',
      'dose-rate 3.2 µSv/h',
      'occupancy-opened',
      'gamma alarm, peak 3.2',
      'dose-rate 2.7 µSv/h',
      'refused not-json',
      'dose-rate 0.12 µSv/h',
      'dose-rate 0.11 µSv/h',
      'battery 12 %',
      'low-battery on',
      'gamma alarm over, peak 3.2',
      'occupancy-closed',
      'refused implausible',
      'sensor-fault on',
    ],
  ],
  [
    'dicos',
    [
      'scan alarm explosive CSQU3054383',
      'scan clear explosive CSQU3054383',
      'refused not-json',
      'scan aborted unknown',
    ],
  ],
  ['trace-generic-ims', traceStory('checksum')],
  ['trace-generic-kv', traceStory('unknown-state')],
])('%s: what a device sent is read as it was meant', async (name, story) => {
  const { header, entries } = readRecording(fileOf(name));
  const told = await replayed(fileOf(name), { profile: bundledProfile(header.driver, name.replace(/^trace-/, '')) });
  expect(storyOf(told)).toEqual(story);
  const last = entries.at(-1)?.at ?? 0;
  const times = told
    .flatMap((item) => ('observations' in item ? item.observations : []))
    .map((one) => one.observedAtMs);
  expect(times.every((time) => time >= Date.parse(header.startedAt) - 1_000 && time <= last)).toBe(true);
});

it('covers every profile of the product', () => {
  expect(namesIn(folder, '.jsonl')).toEqual(namesIn(bundledProfiles, '.yaml'));
});
