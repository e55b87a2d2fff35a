import { describe, expect, test } from 'vitest';
import { allows, Permission, Role, seesEvent } from './access.ts';

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
    expect(ofTheLoop.filter((permission) => allows(role, permission))).toEqual(loop[role]);
    expect(seesEvent(role, 'lanewatch.examination.resulted')).toBe(loop[role].includes('read-examinations'));
  });
});

test('an administrator may everything, and events of an unknown family are for administrators', () => {
  expect(Permission.options.filter((permission) => !allows('administrator', permission))).toEqual([]);
  expect(Role.options.filter((role) => seesEvent(role, 'lanewatch.secret.told'))).toEqual(['administrator']);
});
