import { describe, expect, it } from 'vitest';
import type { CloudEvent } from '../contract/resources.ts';
import { aDevice, aMatch, anAlarm, anEvent, aPassage, aState, seq } from '../testing/fixtures.ts';
import { reduce } from './reduce.ts';
import { seriesLength } from './series.ts';
import { type State, seriesKey } from './state.ts';

const hear = (state: State, ...events: CloudEvent[]) => reduce(state, { type: 'heard', events, readings: [] });

describe('events of the live stream', () => {
  it('bring an alarm onto the board and move the cursor', () => {
    const state = hear(aState({}), anEvent(11, 'alarm.raised', anAlarm({ sequence: seq(11) })));
    expect(state.alarms.get('a1')?.sequence).toBe(seq(11));
    expect(state.cursor).toBe(seq(11));
  });

  it('are skipped at or before the cursor, so that what is sent twice counts once', () => {
    const state = aState({ alarms: [anAlarm({ state: 'acknowledged' })] });
    expect(hear(state, anEvent(10, 'alarm.raised', anAlarm({ sequence: seq(10) }))).alarms).toBe(state.alarms);
  });

  it('do not put an older alarm over one that was answered by a command meanwhile', () => {
    const answered = anAlarm({ sequence: seq(13), state: 'acknowledged' });
    const state = reduce(aState({}), { type: 'answered', alarms: [answered] });
    const next = hear(state, anEvent(12, 'alarm.updated', anAlarm({ sequence: seq(12), count: 7 })));
    expect(next.alarms.get('a1')).toBe(answered);
    expect(next.cursor).toBe(seq(12));
  });

  it('keep the last of several about one alarm', () => {
    const events = [11, 12, 13].map((n) => anEvent(n, 'alarm.updated', anAlarm({ sequence: seq(n), count: n })));
    expect(hear(aState({}), ...events).alarms.get('a1')?.count).toBe(13);
  });

  it('set a verdict in the alarm and the passage that carry the match', () => {
    const former = aMatch();
    const state = aState({ alarms: [anAlarm({ matches: [former] })], passages: [aPassage({ matches: [former] })] });
    const verdict = { verdict: 'confirmed', by: 'M. Visser', at: '2026-08-04T01:03:00.000Z', note: null } as const;
    const next = hear(state, anEvent(11, 'match.judged', aMatch({ version: 2, alarmId: null, verdict })));
    expect(next.alarms.get('a1')?.matches).toEqual([aMatch({ version: 2, verdict })]);
    expect(next.passages.get('p1')?.matches[0]?.verdict?.verdict).toBe('confirmed');
  });

  it('change a device and its conditions, apart from detections', () => {
    const fact = { deviceId: 'rpm-1', laneId: 'lane-1' };
    const tamper = { ...fact, code: 'tamper', severity: 'error', text: 'Door open', observedAt: 'then' };
    const state = hear(
      aState({ devices: [aDevice()] }),
      anEvent(11, 'condition.raised', tamper),
      anEvent(12, 'device.stale', { ...fact, reason: 'silent' }),
    );
    expect(state.devices.get('rpm-1')).toMatchObject({
      state: 'stale',
      since: '2026-08-04T01:02:03.000Z',
      conditions: [{ code: 'tamper', severity: 'error', text: 'Door open', since: 'then' }],
    });
    expect(hear(state, anEvent(13, 'condition.cleared', tamper)).devices.get('rpm-1')?.conditions).toEqual([]);
  });

  it('announce a burst once, the worst by name; nothing historical, nothing of an exercise', () => {
    const raised = (n: number, change: object) =>
      anEvent(n, 'alarm.raised', anAlarm({ id: `a${n}`, sequence: seq(n), ...change }));
    const quiet = hear(aState({}), raised(11, { historical: true }), raised(12, { mode: 'exercise' }));
    expect(quiet.announcement.number).toBe(0);
    const loud = hear(aState({}), raised(11, {}), raised(12, { priority: 'critical', signal: 'neutron' }));
    expect(loud.announcement).toEqual({
      number: 1,
      text: '2 new alarms. Worst: Critical: Neutron, Truck import 1.',
    });
  });

  it('let a screen run for weeks: closed alarms are forgotten, open ones never', () => {
    const open = Array.from({ length: 500 }, (_, n) => anAlarm({ id: `open-${n}` }));
    const events = Array.from({ length: 600 }, (_, n) =>
      anEvent(11 + n, 'alarm.disposed', anAlarm({ id: `closed-${n}`, sequence: seq(11 + n), state: 'normal' })),
    );
    const { alarms } = hear(aState({ alarms: open }), ...events);
    expect([...alarms.values()].filter((alarm) => alarm.state !== 'normal')).toHaveLength(500);
    expect(alarms.size).toBeLessThan(1_000);
    expect(alarms.has('closed-599')).toBe(true);
    expect(alarms.has('closed-0')).toBe(false);
  });
});

describe('devices read again', () => {
  it('do not undo what the live stream said later', () => {
    const later = aDevice({ state: 'offline', since: '2026-08-04T01:05:00.000Z' });
    const state = aState({ devices: [later] });
    expect(reduce(state, { type: 'answered', devices: [aDevice()] }).devices.get('rpm-1')).toBe(later);
  });
});

describe('readings', () => {
  const reading = (n: number) => ({
    deviceId: 'rpm-1',
    laneId: 'lane-1',
    quantity: 'gamma',
    value: n,
    unit: 'cps',
    quality: 'good' as const,
    at: new Date(n * 1000).toISOString(),
  });

  it('are kept in order, bounded, a repeat of the latest once', () => {
    const readings = Array.from({ length: seriesLength + 5 }, (_, n) => reading(n));
    const first = reduce(aState({}), { type: 'heard', events: [], readings });
    const last = readings.at(-1);
    const next = reduce(first, { type: 'heard', events: [], readings: last === undefined ? [] : [last] });
    const series = next.series.get(seriesKey('rpm-1', 'gamma'));
    expect(series).toHaveLength(seriesLength);
    expect(series?.at(-1)).toEqual(last);
    expect(series?.at(-2)).toEqual(readings.at(-2));
  });
});
