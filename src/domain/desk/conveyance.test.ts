import { describe, expect, test } from 'vitest';
import { closing, deskBench, gamma, identity, only, read } from '../../../tests/support/desk-bench.ts';
import { Lane } from '../site.ts';
import { conveyanceOf } from './conveyance.ts';

const lane = Lane.parse({ id: 'gate', name: 'Gate', kind: 'vehicle', rearReaders: ['anpr-rear'] });
const seen = (kind: 'plate' | 'container', value: string, deviceId = 'anpr', change = {}) => ({
  ...read(kind, value),
  corrections: [],
  holder: null,
  deviceId,
  at: '2026-11-23T09:00:00.000Z',
  source: value,
  imageUri: null,
  ...change,
});

describe('what a conveyance is made of', () => {
  test.each([
    ['nothing read', [], undefined],
    ['one plate', [seen('plate', 'AB123C')], { tractor: 'AB123C', trailers: [], containers: [] }],
    [
      'a second plate is a trailer’s',
      [seen('plate', 'AB123C'), seen('plate', 'WX44YZ')],
      { tractor: 'AB123C', trailers: ['WX44YZ'], containers: [] },
    ],
    [
      'the rear reader’s plate is a trailer’s, also when it comes first',
      [seen('plate', 'WX44YZ', 'anpr-rear'), seen('plate', 'AB123C')],
      { tractor: 'AB123C', trailers: ['WX44YZ'], containers: [] },
    ],
    [
      'the same plate at the rear is no trailer, also with a confused character',
      [seen('plate', 'AB123O'), seen('plate', 'A8123O', 'anpr-rear')],
      { tractor: 'AB123O', trailers: [], containers: [] },
    ],
    [
      'only the rear was read',
      [seen('plate', 'WX44YZ', 'anpr-rear')],
      { tractor: null, trailers: ['WX44YZ'], containers: [] },
    ],
    [
      'two containers; a misread of one of them is not a third',
      [
        seen('container', 'CSQU3054388', 'ocr', { valid: false, corrections: ['CSQU3054383'] }),
        seen('container', 'CSQU3054383', 'ocr'),
        seen('container', 'TGHU7654321', 'ocr'),
      ],
      { tractor: null, trailers: [], containers: ['CSQU3054383', 'TGHU7654321'] },
    ],
    [
      'a container that was never read well still stands',
      [seen('container', 'CSQU3054388', 'ocr', { valid: false })],
      { tractor: null, trailers: [], containers: ['CSQU3054388'] },
    ],
  ])('%s', (_name, identities, expected) => {
    expect(conveyanceOf(identities, lane)).toEqual(expected);
  });
});

describe('from primary to secondary', () => {
  function truckAtPrimary() {
    const bench = deskBench();
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
    bench.see('container', 'rpm', closing(bench.nowMs()));
    bench.atS += 60;
    bench.feed({ type: 'tick' });
    return { bench, primary: only(bench.passages()) };
  }

  test('both passages say so, by the identifier that was read in both', () => {
    const { bench, primary } = truckAtPrimary();
    bench.atS += 600;
    bench.see('vehicle', 'ocr', identity('r2', [read('container', 'CSQU3054383')], bench.nowMs()));
    const [first, second] = bench.passages();
    expect(second?.cameFrom).toMatchObject({ passageId: primary.id, laneId: 'container', value: 'CSQU3054383' });
    expect(first).toMatchObject({ wentOn: { passageId: second?.id, laneId: 'vehicle' }, version: primary.version + 1 });
  });

  test.each([
    ['a failing check digit hands nothing over', 10, read('container', 'CSQU3054383', { valid: false }), 'vehicle'],
    ['another subject has not come from there', 10, read('container', 'TGHU7654321'), 'vehicle'],
    ['the same lane again is no handover', 60, read('container', 'CSQU3054383'), 'container'],
    ['too long ago', 7_300, read('container', 'CSQU3054383'), 'vehicle'],
  ])('%s', (_name, afterS, again, laneId) => {
    const { bench } = truckAtPrimary();
    bench.atS += afterS;
    bench.see(laneId, 'ocr', identity('r2', [again], bench.nowMs()));
    expect(bench.passages().some(({ cameFrom, wentOn }) => cameFrom ?? wentOn)).toBe(false);
  });
});
