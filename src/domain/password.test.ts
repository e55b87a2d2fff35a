import { expect, test } from 'vitest';
import { passwordFault } from './password.ts';

test.each([
  ['Anna', 'short-one-1', /at least 12/],
  ['Anna', 'x'.repeat(257), /at most 256/],
  ['Anna', 'abababababababab', /too few/],
  ['Anna', '123456789012', /row/],
  ['Anna', '9876543210987', /row/],
  ['Anna', 'qwertyuiopqwerty', /row/],
  ['Anna', 'ANNAannaAnna', /too few/],
  ['Benedetta', 'benedetta-2026', /name/],
  ['gate-officer', 'Gate-Officer', /name/],
  ['Benedetta', 'B3n3d3tta!!!!', /name/],
  ['Anna', 'Password2026!', /most common/],
  ['Anna', 'p@ssw0rd12345', /most common/],
  ['Anna', 'Administrator1', /most common/],
  ['Anna', 'LanewatchBorder', /most common/],
  ['Anna', 'welcomeAnna2026', /most common/],
])('%s cannot have %s', (name, password, fault) => {
  expect(passwordFault(name, password)).toMatch(fault);
});

test.each([
  ['Anna', 'correct horse battery'],
  ['Anna', 'Anna likes green tea'],
  ['Anna', 'tr8!Kz-q0Lw#'],
  ['Anna', '海関の職員は毎朝八時に来る'],
  ['Anna', 'пароль для шлюза'],
])('%s can have %s', (name, password) => {
  expect(passwordFault(name, password)).toBeNull();
});
