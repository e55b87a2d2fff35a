import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/domain/observation.ts';
import { decode } from './decode.ts';
import { abandon, initialState, normalise, type TsaState } from './normalise.ts';
import { TsaOptions } from './options.ts';

const read = (text: string) => decode(Buffer.from(text, 'latin1'));
const options = TsaOptions.parse({});

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
    expect(state.occupancy?.profile.gamma.samples).toBeLessThanOrEqual(601);
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

/** Whatever the wire brings: noise, lines that are nearly right, good ones. */
const tags = fc.constantFrom('GB', 'GA', 'GS', 'NA', 'NS', 'NB', 'GX', 'SP', 'SG1', 'TT', 'GH');
const nearly = fc
  .tuple(tags, fc.array(fc.string({ maxLength: 8 }), { maxLength: 7 }))
  .map(([tag, fields]) => Buffer.from([tag, ...fields].join(',')));
const good = fc
  .tuple(tags, fc.array(fc.nat(999_999), { minLength: 4, maxLength: 4 }))
  .map(([tag, fields]) => Buffer.from([tag, ...fields].join(',')));
const wire = fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), nearly, { arbitrary: good, weight: 6 }), {
  maxLength: 60,
});

test('whatever comes: nothing throws, occupancies alternate, every alarm raised is ended once before its close', () => {
  fc.assert(
    fc.property(wire, fc.integer({ min: 0, max: 60_000 }), (lines, stepMs) => {
      let state = initialState;
      const seen: Observation[] = [];
      for (const [index, line] of lines.entries()) {
        const decoded = decode(line);
        if (!decoded.ok) continue;
        const next = normalise(state, decoded.record, index * stepMs, options);
        state = next.state;
        seen.push(...next.observations);
      }
      seen.push(...abandon(state, lines.length * stepMs, options));

      let occupied = false;
      const alarming = new Set<string>();
      for (const item of seen) {
        if (item.type === 'occupancy-opened' || item.type === 'occupancy-closed') {
          expect(occupied).toBe(item.type === 'occupancy-closed');
          expect([...alarming]).toEqual([]);
          occupied = item.type === 'occupancy-opened';
        } else if (item.type === 'detection') {
          expect(occupied).toBe(true);
          if (item.active) alarming.add(item.signal);
          else expect(alarming.delete(item.signal)).toBe(true);
          expect(Number.isFinite(item.finding.peak)).toBe(true);
          expect(item.finding.positionRatio).toBeGreaterThanOrEqual(0);
          expect(item.finding.positionRatio).toBeLessThanOrEqual(1);
        }
      }
      expect(occupied, 'the lost link closes the last one').toBe(false);
    }),
  );
});
