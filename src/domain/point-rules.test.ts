import { describe, expect, it, test } from 'vitest';
import type { Observation } from './observation.ts';
import { abandonRules, initialRules, nameFaults, Rule, type RuleState, runRules } from './point-rules.ts';

/** Feeds one point's values, a second apart, and tells what came of each. */
function feed(rules: readonly object[], samples: readonly Readonly<Record<string, number>>[], stepMs = 1_000) {
  const settings = { rules: rules.map((rule) => Rule.parse(rule)), units: new Map([['dose', 'µSv/h']]) };
  let state: RuleState = initialRules;
  const told = samples.map((values, at) => {
    const next = runRules(state, new Map(Object.entries(values)), settings, at * stepMs);
    state = next.state;
    return next.observations;
  });
  return { told, state, settings };
}
const active = (told: readonly (readonly Observation[])[]) =>
  told.map((observations) => observations.map((one) => ('active' in one ? one.active : one.type)).at(-1));

const condition = { report: 'condition', code: 'c', severity: 'error', text: 'c' };

describe('conditions', () => {
  test.each<[string, object, readonly number[], readonly boolean[]]>([
    ['above', { op: '>', value: 5 }, [5, 6, 5], [false, true, false]],
    ['at least', { op: '>=', value: 5 }, [4, 5], [false, true]],
    ['below', { op: '<', value: 5 }, [5, 4], [false, true]],
    ['at most', { op: '<=', value: 5 }, [6, 5], [false, true]],
    ['equal', { op: '==', value: 5 }, [4, 5, 6], [false, true, false]],
    ['not equal', { op: '!=', value: 5 }, [5, 4], [false, true]],
    ['set', { op: 'set' }, [0, 1, 7, 0], [false, true, true, false]],
    ['clear', { op: 'clear' }, [1, 0], [false, true]],
    ['with a deadband', { op: '>', value: 5, deadband: 2 }, [6, 4, 3, 4], [true, true, false, false]],
    ['below with a deadband', { op: '<', value: 5, deadband: 2 }, [4, 6, 7], [true, true, false]],
  ])('%s', (_, when, values, expected) => {
    const { told } = feed(
      [{ when: { point: 'x', ...when }, tell: condition }],
      values.map((x) => ({ x })),
    );
    expect(active(told)).toEqual(expected);
  });

  test('it must hold for its time, and be over for its time', () => {
    const rule = { when: { point: 'x', op: 'set' }, forMs: 2_000, clearForMs: 1_000, tell: condition };
    const { told } = feed(
      [rule],
      [0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0].map((x) => ({ x })),
    );
    expect(active(told)).toEqual([false, false, false, false, false, false, true, true, true, true, false]);
  });

  test('a point without a new value says nothing, and leaves the rule as it is', () => {
    const { told } = feed([{ when: { point: 'x', op: 'set' }, tell: condition }], [{ x: 1 }, { y: 0 }, { x: 1 }]);
    expect(told.map((one) => one.length)).toEqual([1, 0, 1]);
  });
});

const detection = {
  when: { point: 'dose', op: '>', value: 10 },
  tell: { report: 'detection', signal: 'gamma', level: 'dose', background: 'bg' },
};
const occupancy = { when: { point: 'beam', op: 'set' }, tell: { report: 'occupancy' } };

describe('occupancies and detections', () => {
  it('an occupancy holds its detections, and closes with their last word and its profile', () => {
    const { told } = feed(
      [occupancy, detection],
      [
        { beam: 0, dose: 1, bg: 1 },
        { beam: 1, dose: 5 },
        { beam: 1, dose: 40 },
        { beam: 1, dose: 5 },
        { beam: 0, dose: 1 },
      ],
    );
    expect(told.map((observations) => observations.map(({ type }) => type))).toEqual([
      [],
      ['occupancy-opened'],
      ['detection'],
      [],
      ['detection', 'occupancy-closed'],
    ]);
    expect(told[1]?.[0]).toMatchObject({ complete: true });
    expect(told[4]?.[0]).toMatchObject({
      active: false,
      count: 1,
      finding: { peak: 40, background: 1, unit: 'µSv/h', sigma: null, durationS: 3, profile: { length: 4 } },
    });
    expect(told[4]?.[1]).toMatchObject({ reason: 'device', durationS: 3, profile: { gamma: { length: 4 } } });
  });

  it('a detection without a beam opens an occupancy that was not seen whole, and ends it', () => {
    const { told } = feed([detection], [{ dose: 1 }, { dose: 20 }, { dose: 30 }, { dose: 1 }]);
    expect(told.map((observations) => observations.map(({ type }) => type))).toEqual([
      [],
      ['occupancy-opened', 'detection'],
      ['detection'],
      ['detection', 'occupancy-closed'],
    ]);
    expect(told[1]?.[0]).toMatchObject({ complete: false });
    expect(told[3]?.[0]).toMatchObject({ active: false, count: 2, finding: { peak: 30 } });
  });

  it('a beam that is set when we come was not seen to begin', () => {
    expect(feed([occupancy], [{ beam: 1 }]).told[0]).toMatchObject([{ type: 'occupancy-opened', complete: false }]);
  });

  it('a lost link ends it and says so', () => {
    const { state, settings } = feed([occupancy, detection], [{ beam: 0 }, { beam: 1, dose: 40 }]);
    expect(abandonRules(state, settings, 9_000)).toMatchObject([
      { type: 'detection', active: false, count: 1, finding: { peak: 40 } },
      { type: 'occupancy-closed', reason: 'link-lost', durationS: 8 },
    ]);
    expect(abandonRules(state, settings, 0).at(-1)).toMatchObject({ durationS: 0 });
    expect(abandonRules(initialRules, settings, 0)).toEqual([]);
  });

  it('an endless occupancy stays bounded and loses no peak', () => {
    const { state, settings } = feed(
      [occupancy, detection],
      Array.from({ length: 5_000 }, (_, at) => ({ beam: 1, dose: at === 4_000 ? 500 : 99 })),
      10,
    );
    expect(state.occupancy?.profile.gamma.points).toBeLessThanOrEqual(1_200);
    expect(abandonRules(state, settings, 50_000)[0]).toMatchObject({ finding: { peak: 500 } });
  });
});

test('rules name points that are there', () => {
  expect(nameFaults(['dose', 'dose'], [Rule.parse(detection)])).toEqual([
    'the point dose is there twice',
    'a rule names the point bg, which is not there',
  ]);
  expect(Rule.safeParse({ when: { point: 'x', op: 'set', value: 1 }, tell: condition }).success).toBe(false);
  expect(Rule.safeParse({ when: { point: 'x', op: '>' }, tell: condition }).success).toBe(false);
});
