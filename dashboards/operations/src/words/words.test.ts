import { expect, it } from 'vitest';
import { historyOf } from '../alarm/history-of.ts';
import type { Alarm, PassageIdentity } from '../contract/resources.ts';
import { aMatch, anAlarm, aPassage } from '../testing/fixtures.ts';
import { measureWord, signalWord } from './alarm-words.ts';
import { subjectText } from './identity.ts';
import { ageText, momentText } from './time.ts';

const raw = { deviceId: 'd', receivedAt: '2026-08-04T01:00:00.000Z', sha256: '0'.repeat(64) };
const trace: Alarm['evidence'] = {
  kind: 'trace',
  sampleId: 's',
  decision: 'alarm',
  substances: [{ name: 'RDX', cas: null, hazard: 'explosive', amplitude: 186, threshold: 60, k0: null }],
  raw,
};
const aborted: Alarm['evidence'] = {
  kind: 'xray',
  scanId: 's',
  decision: 'aborted',
  source: 'MACHINE',
  reason: null,
  objects: [],
  imageUri: null,
  raw,
};
const identity = (change: Partial<PassageIdentity>): PassageIdentity => ({
  kind: 'container',
  value: 'CSQU3054383',
  raw: 'CSQU3054383',
  valid: true,
  issuer: null,
  method: 'ocr',
  confidence: 0.9,
  corrections: [],
  holder: null,
  deviceId: 'ocr-1',
  at: '2026-08-04T01:00:00.000Z',
  source: 'r1',
  imageUri: null,
  ...change,
});

it('names signal and measure as an officer says them; an aborted scan is not cleared', () => {
  expect(signalWord({ signal: 'trace-substance', evidence: trace })).toBe('Trace: RDX');
  expect(measureWord(trace)).toBe('RDX 3.1 × threshold');
  expect(signalWord({ signal: 'xray-object', evidence: aborted })).toBe('X-ray: aborted');
  expect(measureWord(aborted)).toBe('Not cleared');
});

it('shows the valid identity first, and a failed check as such', () => {
  const plate = identity({ kind: 'plate', value: '28BKP7' });
  const misread = identity({ value: 'CSQU3054388', valid: false });
  expect(subjectText(null, aPassage({ identities: [misread, plate] }))).toBe('28BKP7');
  expect(subjectText(null, aPassage({ identities: [misread] }))).toBe('CSQU3054388 (check failed)');
  expect(subjectText(null, aPassage())).toBeNull();
});

it('says ages and moments without ambiguity', () => {
  expect([0, 59_999, 60_000, 7_500_000, 90_000_000, -5_000].map(ageText)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '2 h 05',
    '1 d 1 h',
    '0 s',
  ]);
  const now = Date.parse('2026-08-04T01:00:00Z');
  expect(momentText('2026-08-04T00:30:00Z', now, 'Europe/Amsterdam')).toBe('02:30:00');
  // 21:30 UTC the day before is 23:30 in Amsterdam: another day there.
  expect(momentText('2026-08-03T21:30:00Z', now, 'Europe/Amsterdam')).toBe('Mon, 03 Aug 2026 23:30:00');
});

it('tells what was done, oldest first', () => {
  const by = 'M. Visser';
  const alarm = anAlarm({
    clearedAt: '2026-08-04T01:00:09.000Z',
    acknowledged: { by, at: '2026-08-04T01:00:05.000Z', note: 'seen' },
    comments: [{ by, at: '2026-08-04T01:00:07.000Z', text: 'tiles' }],
    disposition: { class: 'innocent', code: 'norm', by, at: '2026-08-04T01:01:00.000Z', note: null },
    matches: [aMatch({ verdict: { verdict: 'rejected', by, at: '2026-08-04T01:00:50.000Z', note: null } })],
  });
  expect(historyOf(alarm).map((step) => step.what)).toEqual([
    'Raised',
    'Acknowledged',
    'Comment',
    'Cause gone',
    'Match with ref-1 rejected',
    'Disposed: innocent, naturally radioactive goods (norm)',
  ]);
});

it('tells what others did to it: shelved and back, a first verdict, reopened, out of service', () => {
  const by = 'M. Visser';
  const at = (second: number) => `2026-08-04T01:00:0${second}.000Z`;
  const until = at(9);
  const alarm = anAlarm({
    unshelved: { by: 'lanewatch', at: at(1), reason: 'its time is up' },
    proposedDisposition: { class: 'real', code: 'snm', by, at: at(2), note: null },
    reopened: { by, at: at(3), note: 'look again' },
    service: { scope: 'lane', id: 'lane-1', service: 'out-of-service', reason: 'mended', by, at: at(4), until },
  });
  expect(historyOf(alarm).map(({ what, note }) => [what, note])).toEqual([
    ['Raised', null],
    ['Unshelved', 'its time is up'],
    ['First verdict: real, special nuclear material', null],
    ['Reopened', 'look again'],
    ['lane out of service', 'mended'],
  ]);
});
