import { expect, it } from 'vitest';
import { boardKey, movedTo } from './selection.ts';

const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, altKey: false, metaKey: false });

it('knows the keys of the board and leaves the browser its own', () => {
  expect([press('j'), press('ArrowUp'), press('a')].map(boardKey)).toEqual(['down', 'up', 'acknowledge']);
  expect([press('a', true), press('x'), press('Enter')].map(boardKey)).toEqual([null, null, null]);
});

it('moves within the rows, from nowhere to the first, and stays at the ends', () => {
  const rows = ['1', '2', '3'];
  expect(movedTo(rows, null, 'down')).toBe('1');
  expect(movedTo(rows, '1', 'down')).toBe('2');
  expect(movedTo(rows, '1', 'up')).toBe('1');
  expect(movedTo(rows, '3', 'down')).toBe('3');
  expect(movedTo(rows, '2', 'last')).toBe('3');
  expect(movedTo([], null, 'down')).toBeNull();
});
