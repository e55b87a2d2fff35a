import { describe, expect, test } from 'vitest';
import { closing, deskBench, gamma, identity, only, read, typesOf, xray } from '../../../tests/support/desk-bench.ts';
import { mostPerLane } from './forget.ts';

describe('a portal passage', () => {
  test('raises at the first alarming sample and returns at the close', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const raised = bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    expect(typesOf(raised)).toEqual(['passage.updated', 'alarm.raised']);
    expect(only(bench.alarms())).toMatchObject({
      priority: 'high',
      rule: 'gamma',
      firstOut: true,
      latched: true,
      count: 1,
    });

    bench.atS += 0.2;
    expect(bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 2)), 'not due yet').toEqual([]);
    bench.atS += 1;
    expect(typesOf(bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 7)))).toEqual(['alarm.updated']);
    const ended = bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 9, false));
    expect(typesOf(ended)).toEqual(['alarm.cleared']);
    expect(only(bench.alarms())).toMatchObject({ state: 'returned', count: 9, evidence: { peak: 1509 } });

    bench.see('vehicle', 'rpm', closing(bench.nowMs()));
    expect(only(bench.passages())).toMatchObject({
      speedKmh: 9,
      complete: true,
      occupancy: { counter: 7, endReason: 'device' },
    });
    bench.atS += 5;
    expect(typesOf(bench.feed({ type: 'tick' }))).toEqual(['passage.closed']);
    expect(only(bench.alarms()).state, 'latched: it stays on the board').toBe('returned');
  });

  test('neutron is another alarm of the same passage, critical, not first out', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    bench.see('vehicle', 'rpm', { ...gamma(bench.nowMs(), 1), signal: 'neutron', hazard: 'nuclear' });
    expect(bench.alarms().map(({ signal, priority, firstOut }) => ({ signal, priority, firstOut }))).toEqual([
      { signal: 'gamma', priority: 'high', firstOut: true },
      { signal: 'neutron', priority: 'critical', firstOut: false },
    ]);
    expect(only(bench.passages()).alarmIds).toEqual(bench.alarms().map((alarm) => alarm.id));
  });

  test('a lost link ends the occupancy, says why, and is an alarm of its own kind', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'rpm', gamma(bench.nowMs(), 1));
    bench.feed({ type: 'link', deviceId: 'rpm', laneId: 'vehicle', state: 'offline', reason: 'connection reset' });
    expect(only(bench.passages())).toMatchObject({ complete: false, occupancy: { endReason: 'link-lost' } });
    const [detected, condition] = bench.alarms();
    expect(detected).toMatchObject({ signal: 'gamma', state: 'returned' });
    expect(condition).toMatchObject({
      signal: 'condition',
      passageId: null,
      latched: false,
      evidence: { code: 'link-lost', text: 'connection reset' },
    });
    bench.feed({ type: 'link', deviceId: 'rpm', laneId: 'vehicle', state: 'online', reason: null });
    expect(bench.alarms()[1]?.state).toBe('returned');
  });

  test('a restart in mid-occupancy ends it and says so', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    const config = { sha256: 'x', lanes: 4, devices: 1, mode: 'operational' } as const;
    expect(typesOf(bench.feed({ type: 'started', config }))).toEqual(['config.changed', 'passage.updated']);
    expect(only(bench.passages()).occupancy?.endReason).toBe('restart');
  });
});

describe('joining', () => {
  test('a read before the occupancy, the occupancy and a late scan make one passage', () => {
    const bench = deskBench();
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.atS += 15;
    bench.feed({ type: 'tick' });
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.atS += 4;
    bench.see('container', 'rpm', closing(bench.nowMs()));
    bench.atS += 15;
    bench.feed({ type: 'tick' });
    expect(only(bench.passages()).closedAt).not.toBeNull();
    bench.see('container', 'xray', xray('x1', 'alarm', bench.nowMs(), [read('container', 'CSQU3054383')]));
    const passage = only(bench.passages());
    expect(passage.scans).toHaveLength(1);
    expect(passage.identities, 'the subject a report repeats is not read twice').toHaveLength(1);
    expect(only(bench.alarms())).toMatchObject({ state: 'returned', active: false, passageId: passage.id });
  });

  test('the next truck’s read does not join the one that has left', () => {
    const bench = deskBench();
    bench.see('container', 'ocr', identity('r1', [read('container', 'CSQU3054383')], bench.nowMs()));
    bench.see('container', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.atS += 4;
    bench.see('container', 'rpm', closing(bench.nowMs()));
    bench.atS += 2;
    bench.see('container', 'ocr', identity('r2', [read('container', 'TGHU7654321')], bench.nowMs()));
    expect(bench.passages().map((passage) => passage.identities.map((read) => read.value))).toEqual([
      ['CSQU3054383'],
      ['TGHU7654321'],
    ]);
  });

  test('bags stand alone: each tag, and each scan without a tag, is its own', () => {
    const bench = deskBench();
    bench.see('baggage', 'xray', xray('x1', 'unknown', bench.nowMs(), [read('bag-tag', '0220123456')]));
    bench.see('baggage', 'xray', xray('x2', 'alarm', bench.nowMs(), [read('bag-tag', '0220999999')]));
    bench.see('baggage', 'xray', xray('x3', 'aborted', bench.nowMs()));
    bench.see('baggage', 'xray', xray('x4', 'clear', bench.nowMs()));
    expect(bench.passages()).toHaveLength(4);
    expect(
      bench.alarms().map((alarm) => alarm.priority),
      'unknown and aborted are never dropped',
    ).toEqual(['low', 'medium', 'low']);
  });

  test('a flooded lane keeps a bounded number of passages at hand, and every open alarm', () => {
    const bench = deskBench();
    for (let scan = 0; scan < mostPerLane + 2_000; scan += 1) {
      if (scan % 500 === 0) {
        bench.atS += 6;
        bench.feed({ type: 'tick' });
      }
      bench.see('baggage', 'xray', xray(`x${scan}`, scan % 1_000 === 0 ? 'alarm' : 'clear', bench.nowMs()));
    }
    expect(bench.passages().length).toBeLessThanOrEqual(mostPerLane + 1);
    const messages = [...bench.state.seen.values()].reduce((sum, ids) => sum + ids.size, 0);
    expect(messages).toBe(bench.passages().length);
    expect(bench.alarms()).toHaveLength(12);
  });

  test('a flooding reader does not make one passage grow without bound', () => {
    const bench = deskBench();
    for (let count = 0; count < 100; count += 1) {
      bench.see('vehicle', 'anpr', identity(`r${count}`, [read('plate', `AB${count}`)], bench.nowMs()));
    }
    expect(bench.passages().map((passage) => passage.identities.length)).toEqual([32, 32, 32, 4]);
  });
});

describe('redelivery and superseding', () => {
  test('the same read and the same scan again change nothing', () => {
    const bench = deskBench();
    const again = identity('r1', [read('plate', 'AB123C')], bench.nowMs());
    bench.see('vehicle', 'anpr', again);
    expect(bench.see('vehicle', 'anpr', again)).toEqual([]);
    const scan = xray('x1', 'alarm', bench.nowMs());
    bench.see('vehicle', 'xray', scan, { sha256: 'b'.repeat(64) });
    expect(bench.see('vehicle', 'xray', scan, { sha256: 'b'.repeat(64) })).toEqual([]);
  });

  test('an operator’s report supersedes the machine’s on the same alarm; both are kept', () => {
    const bench = deskBench();
    bench.see('baggage', 'xray', xray('x1', 'alarm', bench.nowMs()), { sha256: 'b'.repeat(64) });
    bench.see('baggage', 'xray', xray('x1', 'clear', bench.nowMs(), [], 'OPERATOR'), { sha256: 'c'.repeat(64) });
    expect(only(bench.alarms())).toMatchObject({
      state: 'returned',
      evidence: { source: 'OPERATOR', decision: 'clear' },
    });
    expect(only(bench.passages()).scans.map(({ source, decision }) => [source, decision])).toEqual([
      ['MACHINE', 'alarm'],
      ['OPERATOR', 'clear'],
    ]);
  });
});

describe('a device’s clock', () => {
  test('an hour behind: a historical alarm at its own time, and the device says so', () => {
    const bench = deskBench();
    bench.see('baggage', 'xray', xray('x1', 'alarm', bench.nowMs() - 3_600_000), { receivedAtMs: bench.nowMs() });
    const [condition, alarm] = bench.alarms();
    expect(condition).toMatchObject({ signal: 'condition', evidence: { code: 'clock-offset' } });
    expect(alarm).toMatchObject({ historical: true, observedAt: '2026-11-23T08:00:00.000Z' });
  });

  test('an hour ahead: joined by when it arrived, the device’s time kept; a right clock clears the condition', () => {
    const bench = deskBench();
    bench.see('vehicle', 'rpm', { type: 'occupancy-opened', complete: true, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'anpr', identity('r1', [read('plate', 'AB123C')], bench.nowMs() + 3_600_000));
    expect(only(bench.passages()).identities[0]?.at).toBe('2026-11-23T10:00:00.000Z');
    const cleared = bench.see('vehicle', 'anpr', identity('r2', [read('plate', 'AB123C')], bench.nowMs()));
    expect(typesOf(cleared)).toContain('condition.cleared');
  });
});

describe('conditions', () => {
  test('of a device that was taken out of the configuration go at the next start', () => {
    const bench = deskBench();
    const fault = { type: 'condition', code: 'power-fail', severity: 'error', text: 'mains', active: true } as const;
    bench.see('vehicle', 'old-portal', { ...fault, observedAtMs: bench.nowMs() });
    bench.see('vehicle', 'rpm', { ...fault, observedAtMs: bench.nowMs() });
    const config = { sha256: 'x', lanes: 4, devices: 1, mode: 'operational' } as const;
    bench.feed({ type: 'started', config });
    expect(bench.alarms().map(({ deviceId, state }) => [deviceId, state])).toEqual([
      ['old-portal', 'returned'],
      ['rpm', 'unacknowledged'],
    ]);
  });

  test('a start forgets what was known of links: a device that is back says so again', () => {
    const bench = deskBench();
    const online = { type: 'link', deviceId: 'rpm', laneId: 'vehicle', state: 'online', reason: null } as const;
    expect(typesOf(bench.feed(online))).toEqual(['device.online']);
    expect(bench.feed(online)).toEqual([]);
    bench.feed({ type: 'started', config: { sha256: 'x', lanes: 4, devices: 1, mode: 'operational' } });
    expect(typesOf(bench.feed(online))).toEqual(['device.online']);
  });

  test('told again they change nothing; they return and go when acknowledged', () => {
    const bench = deskBench();
    const tamper = {
      type: 'condition',
      code: 'tamper',
      severity: 'error',
      text: 'door',
      active: true,
      observedAtMs: bench.nowMs(),
    } as const;
    expect(typesOf(bench.see('vehicle', 'rpm', tamper))).toEqual(['condition.raised', 'alarm.raised']);
    expect(bench.see('vehicle', 'rpm', tamper)).toEqual([]);
    bench.tell({ type: 'acknowledge', alarmId: only(bench.alarms()).id });
    expect(typesOf(bench.see('vehicle', 'rpm', { ...tamper, active: false }))).toEqual([
      'condition.cleared',
      'alarm.cleared',
    ]);
    expect(bench.alarms(), 'normal: nothing left to answer').toEqual([]);
  });
});
