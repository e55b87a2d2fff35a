import { describe, expect, test } from 'vitest';
import { deskBench, gammaFinding, identity, only, read } from '../../../tests/support/desk-bench.ts';
import type { Nuclide } from '../evidence.ts';
import { categoriesOf } from '../nuclides.ts';
import { defaultPriorityRules, PriorityRule } from '../priority-rule.ts';
import { prioritise } from './priority.ts';

const raw = { deviceId: 'd', receivedAt: '2026-11-23T09:00:00.000Z', sha256: 'a'.repeat(64) };

function nuclide(name: string, own: readonly string[] = []): Nuclide {
  const categories = [...categoriesOf(name), ...own];
  return { name, rawName: name, categories, confidence: null, rawConfidence: null };
}
function isotopes(...nuclides: Nuclide[]) {
  const evidence = { kind: 'isotope', nuclides, description: '', algorithm: null, raw } as const;
  return { signal: 'isotope', hazard: 'radiological', evidence: { ...evidence, nuclides } } as const;
}

describe('the default rules', () => {
  const declared = true;
  test.each([
    ['a neutron alarm', { signal: 'neutron', hazard: 'nuclear', evidence: { ...gammaFinding(), raw } }, 'neutron'],
    ['a gamma alarm', { signal: 'gamma', hazard: 'radiological', evidence: { ...gammaFinding(), raw } }, 'gamma'],
    ['special nuclear material', isotopes(nuclide('Pu-239')), 'special-nuclear-material'],
    [
      '… also where goods were declared',
      { ...isotopes(nuclide('K-40'), nuclide('U-235')), declared },
      'special-nuclear-material',
    ],
    [
      '… also in the instrument’s own words',
      { ...isotopes(nuclide('K-40', ['snm'])), declared },
      'special-nuclear-material',
    ],
    ['NORM nobody declared', isotopes(nuclide('K-40')), 'isotope'],
    ['declared NORM', { ...isotopes(nuclide('K-40'), nuclide('Th-232')), declared }, 'norm-declared'],
    ['declared, but industrial too', { ...isotopes(nuclide('K-40'), nuclide('Cs-137')), declared }, 'isotope'],
    ['declared, but Ra-226 may be a source', { ...isotopes(nuclide('Ra-226')), declared }, 'isotope'],
    ['declared, but nobody knows the nuclide', { ...isotopes(nuclide('Xx-1')), declared }, 'isotope'],
    ['declared, but nothing was identified', { ...isotopes(), declared }, 'isotope'],
  ] as const)('%s', (_name, subject, rule) => {
    expect(prioritise(subject, false, defaultPriorityRules).rule).toBe(rule);
  });

  test('are rules as a file may have them', () => {
    expect(defaultPriorityRules.map((rule) => PriorityRule.parse(rule))).toEqual(defaultPriorityRules);
  });
});

describe('declared NORM in a passage', () => {
  const report = (atMs: number) =>
    ({
      type: 'occupancy-report',
      reportId: 'doc-1',
      durationS: 4,
      speedKmh: null,
      profile: { gamma: [], neutron: [] },
      identifiers: [],
      nuclides: [],
      detections: [{ ...isotopes(nuclide('K-40')), count: 1, finding: isotopes(nuclide('K-40')).evidence }],
      spectra: null,
      stored: false,
      observedAtMs: atMs,
    }) as const;
  const declaration = (atMs: number) => identity('r1', [read('declaration', '26NL12345678901234')], atMs);

  test.each(['first', 'after'])(
    'is low whether the declaration is read %s, and waits for its verdict all the same',
    (order) => {
      const bench = deskBench();
      if (order === 'first') bench.see('container', 'ocr', declaration(bench.nowMs()));
      bench.see('container', 'n42', report(bench.nowMs()));
      if (order === 'after') bench.see('container', 'ocr', declaration(bench.nowMs()));
      bench.atS += 60;
      bench.feed({ type: 'tick' });
      const alarm = only(bench.alarms());
      expect(alarm).toMatchObject({ priority: 'low', rule: 'norm-declared', state: 'returned', disposition: null });
      bench.tell({ type: 'acknowledge', alarmId: alarm.id });
      bench.atS += 600;
      bench.feed({ type: 'tick' });
      expect(only(bench.alarms()).state).toBe('acknowledged');
    },
  );
});

test('a confirmed match raises one step, and says so; nothing is above critical', () => {
  const rules = [
    { name: 'a', signal: ['gamma' as const], priority: 'medium' as const },
    { name: 'b', priority: 'critical' as const },
  ];
  const subject = (signal: 'gamma' | 'neutron') =>
    ({ signal, hazard: 'radiological', evidence: { ...gammaFinding(), raw } }) as const;
  expect(prioritise(subject('gamma'), true, rules)).toEqual({ priority: 'high', rule: 'a+confirmed-match' });
  expect(prioritise(subject('neutron'), true, rules)).toEqual({ priority: 'critical', rule: 'b+confirmed-match' });
  expect(prioritise(subject('neutron'), false, [])).toEqual({ priority: 'medium', rule: 'no-rule' });
});
