import { describe, expect, test } from 'vitest';
import { deskBench, gamma, identity, only, read, targetInput, typesOf } from '../../../tests/support/desk-bench.ts';

describe('matching', () => {
  test('a target sent before, an alarm after: the alarm is born with its exact match', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    const seen = bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    expect(typesOf(seen)).toEqual(['passage.opened', 'match.proposed', 'interdiction.noticed']);
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
    const alarm = only(bench.alarms());
    expect(only(alarm.matches)).toMatchObject({
      method: 'exact',
      score: 1,
      alarmId: alarm.id,
      target: { reference: 'FT-1' },
    });
    expect(only(only(alarm.matches).reasons)).toMatchObject({ field: 'container', read: 'CSQU3054383', source: 'r1' });
  });

  test('a target sent after the alarm is matched back and reaches it', () => {
    const bench = deskBench();
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
    const added = bench.tell({ type: 'put-target', target: targetInput() });
    expect(typesOf(added)).toEqual(['target.added', 'passage.updated', 'match.proposed', 'alarm.updated']);
    expect(only(only(bench.alarms()).matches).method).toBe('exact');
  });

  test('beyond the retroactive window nothing is matched back', () => {
    const bench = deskBench();
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.atS += 60;
    bench.feed({ type: 'tick' });
    bench.atS += 3_601;
    expect(typesOf(bench.tell({ type: 'put-target', target: targetInput() }))).toEqual(['target.added']);
  });

  test.each([
    ['a failing check digit is never exact', 'container', 'CSQU3054384', { valid: false }, {}, 'candidate'],
    ['a plate is probable', 'plate', 'AB123C', {}, {}, 'probable'],
    [
      'a document with its issuing state is exact',
      'travel-document',
      'L898902C3',
      { issuer: 'UTO' },
      { issuer: 'UTO' },
      'exact',
    ],
    ['a document without issuing state is probable', 'travel-document', 'L898902C3', { issuer: 'UTO' }, {}, 'probable'],
    [
      'a document of another state is no match',
      'travel-document',
      'L898902C3',
      { issuer: 'UTO' },
      { issuer: 'NLD' },
      null,
    ],
    ['a bag tag is exact', 'bag-tag', '0220123456', {}, {}, 'exact'],
  ] as const)('%s', (_name, kind, value, readChange, keyChange, method) => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput({ identifiers: [{ kind, value, ...keyChange }] }) });
    bench.see('baggage', 'reader', identity('r1', [read(kind, value, readChange)], bench.nowMs()));
    expect(only(bench.passages()).matches[0]?.method ?? null).toBe(method);
  });

  test('withdrawn and expired targets are not matched', () => {
    const bench = deskBench();
    const soon = new Date(bench.nowMs() + 10_000).toISOString();
    bench.tell({ type: 'put-target', target: targetInput({ validUntil: soon }) });
    bench.tell({ type: 'put-target', target: targetInput({ reference: 'FT-2' }) });
    bench.tell({ type: 'withdraw-target', targetId: bench.targets()[1]?.id ?? '' });
    bench.atS += 11;
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['target.expired']);
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    expect(only(bench.passages()).matches).toEqual([]);
  });

  test('a target of an exercise is not matched with what really passes', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput({ mode: 'exercise' }) });
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    expect(only(bench.passages()).matches).toEqual([]);
  });

  test('the same target again changes nothing; another content is a new version', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    expect(bench.tell({ type: 'put-target', target: targetInput() })).toEqual([]);
    expect(typesOf(bench.tell({ type: 'put-target', target: targetInput({ risk: 'critical' }) }))).toEqual([
      'target.changed',
    ]);
    expect(only(bench.targets())).toMatchObject({ version: 2, risk: 'critical' });
  });

  test('a confirmed match raises the alarm one step and asks for acknowledgement again', () => {
    const bench = deskBench();
    bench.tell({ type: 'put-target', target: targetInput() });
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.see('container', 'rpm', gamma(bench.nowMs(), 1));
    const alarm = only(bench.alarms());
    bench.tell({ type: 'acknowledge', alarmId: alarm.id });
    bench.tell({
      type: 'judge-match',
      matchId: only(alarm.matches).id,
      verdict: 'confirmed',
      note: 'seal number agrees',
    });
    expect(only(bench.alarms())).toMatchObject({
      priority: 'critical',
      rule: 'gamma+confirmed-match',
      state: 'unacknowledged',
    });
    expect(only(only(bench.alarms()).matches).verdict).toMatchObject({ verdict: 'confirmed', by: 'anna' });
  });
});
