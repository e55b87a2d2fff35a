import { describe, expect, test } from 'vitest';
import { allows, Permission, permissionsOf, Role, seesEvent } from './access.ts';

const whole = (role: Role) => ({ role, scopes: null });

/** Who works in the closed loop, written out: the requester's side asks and acknowledges, the unit examines. */
const loop: Readonly<Record<Role, readonly Permission[]>> = {
  operator: ['read-examinations', 'request-examinations', 'acknowledge-delivery'],
  supervisor: ['read-examinations', 'request-examinations', 'work-examinations', 'acknowledge-delivery'],
  examiner: ['read-examinations', 'work-examinations'],
  technician: [],
  targeting: ['read-examinations', 'request-examinations', 'acknowledge-delivery'],
  auditor: ['read-examinations'],
  administrator: ['read-examinations', 'request-examinations', 'work-examinations', 'acknowledge-delivery'],
};
const ofTheLoop: readonly Permission[] = loop.administrator;

describe('the closed loop', () => {
  test.each(Role.options)('%s', (role) => {
    expect(ofTheLoop.filter((permission) => allows(whole(role), permission))).toEqual(loop[role]);
    expect(seesEvent(whole(role), 'lanewatch.examination.resulted')).toBe(loop[role].includes('read-examinations'));
  });
});

test('an administrator may everything, and events of an unknown family are for administrators', () => {
  expect(Permission.options.filter((permission) => !allows(whole('administrator'), permission))).toEqual([]);
  expect(Role.options.filter((role) => seesEvent(whole(role), 'lanewatch.secret.told'))).toEqual(['administrator']);
});

test('scopes narrow what a role may, and never widen it', () => {
  const reader = { role: 'operator', scopes: ['read-board', 'read-targets'] } as const;
  expect(Permission.options.filter((permission) => allows(reader, permission))).toEqual(['read-board']);
  expect(seesEvent(reader, 'lanewatch.alarm.raised')).toBe(true);
  expect(seesEvent(reader, 'lanewatch.device.online')).toBe(false);
  expect(seesEvent({ role: 'administrator', scopes: permissionsOf('operator') }, 'lanewatch.secret.told')).toBe(false);
  expect(Permission.options.filter((permission) => allows({ role: 'administrator', scopes: [] }, permission))).toEqual(
    [],
  );
});
