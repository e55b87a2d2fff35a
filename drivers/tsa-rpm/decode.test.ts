import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/domain/observation.ts';
import { decode } from './decode.ts';
import { abandon, initialState, normalise, type TsaState } from './normalise.ts';
import { TsaOptions } from './options.ts';

const read = (text: string) => decode(Buffer.from(text, 'latin1'));
const options = TsaOptions.parse({});

describe('lines of the sheet', () => {
  test.each([
    [
      'GB,000188,000206,000262,000243',
      { type: 'background', channel: 'gamma', counts: [188, 206, 262, 243], fault: null },
    ],
    [
      'GB,   188,   206,   262,   243',
      { type: 'background', channel: 'gamma', counts: [188, 206, 262, 243], fault: null },
    ],
    ['NB,000000,000000,000000,000000', { type: 'background', channel: 'neutron', counts: [0, 0, 0, 0], fault: null }],
    [
      'GH,000999,000999,000999,000999',
      { type: 'background', channel: 'gamma', counts: [999, 999, 999, 999], fault: 'high' },
    ],
    ['GL,000001,000001,000001,000001', { type: 'background', channel: 'gamma', counts: [1, 1, 1, 1], fault: 'low' }],
    ['NL,000000,000000,000000,000000', { type: 'background', channel: 'neutron', counts: [0, 0, 0, 0], fault: 'low' }],
    ['GA,000050,000051,000052,000053', { type: 'sample', channel: 'gamma', counts: [50, 51, 52, 53], alarm: true }],
    ['NS,000001,000000,000002,000000', { type: 'sample', channel: 'neutron', counts: [1, 0, 2, 0], alarm: false }],
    ['GX,000001,004741,000000,000000', { type: 'end', counter: 1 }],
    ['TT,000000,000000,000000,000000', { type: 'tamper', on: true }],
    ['TC,111111,111111,111111,111111', { type: 'tamper', on: false }],
    [
      'SG1,000660,000090,05,10,07.0,P',
      {
        type: 'setup',
        fields: {
          gammaHighFaultCps: '000660',
          gammaLowFaultCps: '000090',
          gammaIntervals: '05',
          gammaHoldInIntervals: '10',
          nSigma: '07.0',
          gammaLetter: 'P',
        },
        nSigma: 7,
      },
    ],
    ['SP,0.0000,00.000,000.00,000000', { type: 'speed', speedKmh: null }],
  ])('%s', (text, record) => {
    expect(read(text)).toEqual({ ok: true, record });
  });

  test('speed from seconds per foot', () => {
    const fast = read('SP,0.0136,50.134,080.68,000000');
    expect(fast).toMatchObject({ ok: true, record: { type: 'speed' } });
    expect(fast.ok && fast.record.type === 'speed' && fast.record.speedKmh).toBeCloseTo(80.68, 1);
    const slow = read('SP,0.2249,03.032,004.88,000000');
    expect(slow.ok && slow.record.type === 'speed' && slow.record.speedKmh).toBeCloseTo(4.88, 1);
  });
});

describe('bad lines', () => {
  test.each([
    ['nothing', '', 'no-tag'],
    ['a cut line', 'GB,000188,000206', 'wrong-field-count'],
    ['too many fields', 'GB,1,2,3,4,5', 'wrong-field-count'],
    ['a count that is none', 'GA,0001x8,000206,000262,000243', 'not-a-number'],
    ['an empty count', 'GA,,000206,000262,000243', 'not-a-number'],
    ['a negative count', 'GS,-00001,000206,000262,000243', 'not-a-number'],
    ['seven digits', 'GS,1000001,000206,000262,000243', 'not-a-number'],
    ['bytes that are no text', 'GS,\u0000\u00ff,1,2,3', 'not-ascii'],
    ['no counter', 'GX,abc,0,0,0', 'not-a-number'],
    ['the spectroscopic daily file', 'GB,000188,Cs137,000262,000243', 'spectroscopic-daily-file'],
    ['a short setup', 'SG1,000660', 'wrong-field-count'],
    ['an n-sigma of nothing', 'SG1,000660,000090,05,10,00.0,P', 'not-a-number'],
    ['the name of an object’s own member', 'constructor,1,2,3,4', 'no-tag'],
    ['lower case', 'gb,1,2,3,4', 'no-tag'],
  ])('%s', (_name, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, code });
  });

  test('an unknown tag is no refusal', () => {
    expect(read('ZZ,1,2')).toEqual({ ok: false, unknownTag: 'ZZ' });
  });
});

/** Feeds lines 200 ms apart and gathers what came of them, without readings and levels that are off. */
function portal(lines: readonly string[], from: TsaState = initialState, stepMs = 200) {
  let state = from;
  const seen: Observation[][] = [];
  for (const [index, text] of lines.entries()) {
    const decoded = read(text);
    if (!decoded.ok) throw new Error(`${text} was refused`);
    const next = normalise(state, decoded.record, index * stepMs, options);
    state = next.state;
    seen.push(
      next.observations.filter((item) => item.type !== 'reading' && !(item.type === 'condition' && !item.active)),
    );
  }
  return { state, seen, flat: seen.flat() };
}
const quiet = ['NB,000000,000000,000001,000000', 'GB,000188,000206,000262,000243'];
const scan = (tag: string, each: number) => `${tag},${Array(4).fill(String(each).padStart(6, '0')).join(',')}`;

describe('an occupancy', () => {
  test('opens at its first sample, raises at the first GA, ends at GX with everything', () => {
    const lines = [
      ...quiet,
      scan('GS', 45),
      scan('GA', 150),
      scan('GA', 150),
      scan('GA', 150),
      scan('GA', 150),
      scan('GA', 150),
      'SP,0.1,1,1,0',
      'GX,000007,0,0,0',
    ];
    const { seen, flat } = portal(lines);
    expect(seen[2]).toMatchObject([{ type: 'occupancy-opened', complete: true }]);
    expect(seen[3]).toMatchObject([{ type: 'detection', signal: 'gamma', active: true, count: 1 }]);
    const first = flat.find((item) => item.type === 'detection');
    expect(first?.finding, 'no window yet: not zero, not invented').toMatchObject({
      sigma: null,
      peak: 3000,
      background: 899,
    });
    const [ended, closed] = seen.at(-1) ?? [];
    expect(ended).toMatchObject({ type: 'detection', active: false, count: 5, finding: { peak: 3000, unit: 'cps' } });
    expect(ended?.type === 'detection' && ended.finding.sigma).toBeCloseTo((3000 - 899) / Math.sqrt(899), 6);
    expect(ended?.type === 'detection' && ended.finding.threshold).toBeCloseTo(1108.883, 3);
    expect(closed).toMatchObject({ type: 'occupancy-closed', reason: 'device', counter: 7, durationS: 1.2 });
    expect(closed?.type === 'occupancy-closed' && closed.speedKmh).toBeCloseTo(10.97, 2);
    expect(closed?.type === 'occupancy-closed' && closed.profile.gamma.map(({ t }) => t)).toEqual([
      0, 0.2, 0.4, 0.6, 0.8, 1,
    ]);
  });

  test('a burst at one moment has the times of its 200 ms index', () => {
    const { flat } = portal([...quiet, ...Array(5).fill(scan('GS', 45)), 'GX,000001,0,0,0'], initialState, 0);
    const closed = flat.find((item) => item.type === 'occupancy-closed');
    expect(closed?.profile.gamma.map(({ t }) => t)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
  });

  test('neutron is an alarm of its own, nuclear', () => {
    const { flat } = portal([...quiet, scan('NA', 3), scan('GS', 45), 'GX,000001,0,0,0']);
    const detections = flat.filter((item) => item.type === 'detection');
    expect(detections).toMatchObject([
      { signal: 'neutron', hazard: 'nuclear', active: true, finding: { peak: 12 } },
      { active: false },
    ]);
  });

  test.each([
    ['the next background', [scan('GS', 45), ...quiet], 'background'],
    ['a fault background', [scan('GS', 45), 'GH,000999,000999,000999,000999'], 'background'],
  ])('a lost GX: %s closes it', (_name, lines, reason) => {
    expect(portal([...quiet, ...lines]).flat.find((item) => item.type === 'occupancy-closed')).toMatchObject({
      reason,
      counter: null,
    });
  });

  test('the longest occupancy closes it, and the subject still there opens another, incomplete', () => {
    const { flat } = portal([...quiet, scan('GS', 45), scan('GS', 45)], initialState, 121_000);
    expect(flat.map(({ type }) => type)).toEqual(['occupancy-opened', 'occupancy-closed', 'occupancy-opened']);
    expect(flat.at(1)).toMatchObject({ reason: 'timeout' });
    expect(flat.at(2)).toMatchObject({ complete: false });
  });

  test('a flood of samples does not grow without bound', () => {
    const { state, flat } = portal([...quiet, ...Array(2_000).fill(scan('GS', 45))], initialState, 0);
    expect(flat.filter(({ type }) => type === 'occupancy-closed').length).toBeGreaterThan(2);
    expect(state.occupancy?.profile.gamma.length).toBeLessThanOrEqual(601);
  });

  test('a lost link ends alarm and occupancy', () => {
    const { state } = portal([...quiet, scan('GA', 150)]);
    expect(abandon(state, 9, options)).toMatchObject([
      { type: 'detection', active: false },
      { type: 'occupancy-closed', reason: 'link-lost' },
    ]);
    expect(abandon(initialState, 9, options)).toEqual([]);
  });

  test('samples without a background before: incomplete, and no sigma is invented', () => {
    const { flat } = portal(Array(6).fill(scan('GA', 150)));
    expect(flat[0]).toMatchObject({ type: 'occupancy-opened', complete: false });
    expect(flat.at(-1)).toMatchObject({ finding: { background: null, sigma: null, threshold: null } });
  });
});

describe('what else it says', () => {
  test.each([
    [[1, 2], []],
    [[1, 4], [2]],
    [[4, 4], []],
    [[9, 1], []],
  ])('counters %j: missed %j', (counters, missed) => {
    const { flat } = portal(counters.map((counter) => `GX,${String(counter).padStart(6, '0')},0,0,0`));
    expect(flat.flatMap((item) => (item.type === 'occupancy-missed' ? [item.missed] : []))).toEqual(missed);
  });

  test('an occupancy whose GX was lost was seen: only the others count as missed', () => {
    const { flat } = portal(['GX,000001,0,0,0', ...quiet, scan('GS', 45), ...quiet, scan('GS', 45), 'GX,000004,0,0,0']);
    expect(flat.find((item) => item.type === 'occupancy-missed')).toMatchObject({ missed: 1, counter: 4 });
  });

  test('a faulty background is shown and not calculated with', () => {
    const high = decode(Buffer.from(scan('GH', 999)));
    const shown = high.ok ? normalise(initialState, high.record, 0, options).observations : [];
    expect(shown.filter((item) => item.type === 'reading')).toMatchObject([
      { quantity: 'gamma-background', value: 3996, quality: 'fault' },
    ]);
    const { flat } = portal([...quiet, scan('GH', 999), scan('GA', 150)]);
    expect(flat.at(-1)).toMatchObject({ type: 'detection', finding: { background: 899 } });
  });

  test('the detector with the highest count has the site’s own name', () => {
    const named = TsaOptions.parse({ channelMap: ['lower left', 'upper left', 'lower right', 'upper right'] });
    const record = { type: 'sample', channel: 'gamma', counts: [45, 40, 90, 45], alarm: true } as const;
    const { observations } = normalise(initialState, record, 0, named);
    expect(observations.at(-1)).toMatchObject({ type: 'detection', finding: { detector: 'lower right' } });
  });

  test('each setup line adds to the settings, which are told whole', () => {
    const { flat } = portal(['SG1,000660,000090,05,10,04.5,P', 'SG2,4,0.050,5.026,1,SUM,A1', 'SN2,1,2,3,4,P']);
    expect(flat.at(-1)).toMatchObject({
      settings: { nSigma: 4.5, gammaHighFaultCps: '000660', algorithm: 'SUM', neutronSlaveUld: '4' },
    });
  });

  test('SG1 sets N, and the settings are shown', () => {
    const { flat } = portal(['SG1,000660,000090,05,10,04.5,P', ...quiet, ...Array(5).fill(scan('GA', 150))]);
    expect(flat.find((item) => item.type === 'settings')).toMatchObject({ settings: { nSigma: 4.5 } });
    expect(flat.findLast((item) => item.type === 'detection')?.finding.threshold).toBeCloseTo(
      899 + 4.5 * Math.sqrt(899),
      6,
    );
  });

  test('tamper and background faults are conditions that come and go', () => {
    const { flat } = portal(['TT,000000,000000,000000,000000', 'NH,000999,000999,000999,000999']);
    expect(flat).toMatchObject([{ code: 'tamper' }, { code: 'neutron-background-high' }]);
    const cleared = normalise(initialState, { type: 'tamper', on: false }, 0, options).observations;
    expect(cleared).toMatchObject([{ code: 'tamper', active: false }]);
  });
});

test('no bytes make it throw, and whatever decodes can be normalised', () => {
  const tags = fc.constantFrom('GB', 'GA', 'GS', 'NA', 'NS', 'NB', 'GX', 'SP', 'SG1', 'TT', 'GH');
  const nearly = fc
    .tuple(tags, fc.array(fc.string({ maxLength: 8 }), { maxLength: 7 }))
    .map(([tag, fields]) => Buffer.from([tag, ...fields].join(',')));
  const good = fc
    .tuple(tags, fc.array(fc.nat(999_999), { minLength: 4, maxLength: 4 }))
    .map(([tag, fields]) => Buffer.from([tag, ...fields].join(',')));
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), nearly, good), { maxLength: 40 }), (lines) => {
      let state = initialState;
      for (const [index, line] of lines.entries()) {
        const decoded = decode(line);
        if (decoded.ok) state = normalise(state, decoded.record, index * 1_000, options).state;
      }
    }),
  );
});
