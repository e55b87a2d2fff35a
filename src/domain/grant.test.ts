import { describe, expect, test } from 'vitest';
import { Permission, permissionsOf, Role } from './access.ts';
import { Grant, grantFault, MachineGrant, PrincipalName } from './grant.ts';

const fault = (grant: object) => grantFault(MachineGrant.parse(grant), ['lane-1', 'lane-2'])?.path ?? null;

describe('what can be given', () => {
  test.each(Role.options)('to %s: exactly the scopes of the role', (role) => {
    for (const scope of Permission.options) {
      expect(fault({ role, scopes: [scope] })).toBe(permissionsOf(role).includes(scope) ? null : 'scopes');
    }
    expect(fault({ role, scopes: permissionsOf(role) })).toBeNull();
  });

  test('lanes of the post only', () => {
    expect(fault({ role: 'operator', lanes: ['lane-1'] })).toBeNull();
    expect(fault({ role: 'operator', lanes: ['lane-1', 'lane-9'] })).toBe('lanes');
  });

  test('who administers is not narrowed by agency or lanes, who may not is', () => {
    expect(fault({ role: 'administrator', agency: 'police' })).toBe('agency');
    expect(fault({ role: 'administrator', lanes: ['lane-1'] })).toBe('lanes');
    expect(fault({ role: 'administrator', agency: 'police', scopes: ['read-board'] })).toBeNull();
    expect(fault({ role: 'auditor', agency: 'police', lanes: ['lane-2'] })).toBeNull();
  });
});

test('what is left out narrows nothing, and nothing unknown is taken', () => {
  expect(Grant.parse({ role: 'operator' })).toEqual({ role: 'operator', agency: null, lanes: null });
  for (const wrong of [{ scopes: [] }, { lanes: [] }, { role: 'king' }, { lane: 'lane-1' }]) {
    expect(MachineGrant.safeParse({ role: 'operator', ...wrong }).success).toBe(false);
  }
});

test.each(['', ' ', 'An\u0000na', 'An\nna', 'An\u202ena', 'An\u200bna', 'x'.repeat(101)])('no name is %j', (name) => {
  expect(PrincipalName.safeParse(name).success).toBe(false);
});
