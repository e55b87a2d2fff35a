import fc from 'fast-check';
import { expect, test } from 'vitest';
import { categoriesOf, normaliseNuclide, rankOfNuclide } from './nuclides.ts';

test.each([
  ['Cs137', 'Cs-137'],
  ['137Cs', 'Cs-137'],
  ['Cs-137', 'Cs-137'],
  ['CS 137', 'Cs-137'],
  ['cs_137', 'Cs-137'],
  ['Tc99M', 'Tc-99m'],
  ['Tc-99m', 'Tc-99m'],
  ['99mTc', 'Tc-99m'],
  ['K40', 'K-40'],
  ['heu', 'HEU'],
  ['WGPu', 'WGPu'],
  ['wg-pu', 'WGPu'],
  ['DU', 'DU'],
  ['I-131', 'I-131'],
  ['U235', 'U-235'],
  ['Unknown', 'Unknown'],
  [' Bremsstrahlung ', 'Bremsstrahlung'],
])('%s is %s', (written, name) => {
  expect(normaliseNuclide(written)).toBe(name);
});

test.each([
  ['Ra-226', ['industrial', 'medical', 'norm']],
  ['Pu-239', ['snm']],
  ['HEU', ['snm']],
  ['K-40', ['norm']],
  ['U-238', ['norm']],
  ['DU', ['industrial']],
  ['Tc-99m', ['medical']],
  ['Cs-137', ['industrial']],
  ['Xx-1', []],
])('%s is of %s', (nuclide, categories) => {
  expect(categoriesOf(nuclide)).toEqual(categories);
});

test('the worst comes first, an unknown one is not the last', () => {
  expect(
    ['K-40', 'I-131', 'Unknown', 'Cs-137', 'U-235'].toSorted((a, b) => rankOfNuclide(a) - rankOfNuclide(b)),
  ).toEqual(['U-235', 'Cs-137', 'Unknown', 'I-131', 'K-40']);
});

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(normaliseNuclide(normaliseNuclide(name))).toBe(normaliseNuclide(name));
    }),
  );
});
