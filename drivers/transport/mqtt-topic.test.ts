import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesTopic } from './mqtt-topic.ts';

const level = fc.constantFrom('scanners', 'xray-1', 'tdr', 'é', ' ', '');
const levels: fc.Arbitrary<string[]> = fc.array(level, { minLength: 1, maxLength: 5 });

describe('topic filters', () => {
  it.each([
    ['sport/tennis/#', 'sport/tennis', true],
    ['sport/tennis/#', 'sport/tennis/player1/ranking', true],
    ['sport/tennis/#', 'sport/tennisser', false],
    ['sport/+', 'sport', false],
    ['sport/+', 'sport/', true],
    ['sport/+', 'sport/a/b', false],
    ['+/+', '/finance', true],
    ['/+', '/finance', true],
    ['+', '/finance', false],
    ['#', 'a/b', true],
    ['#', '$SYS/monitor', false],
    ['+/monitor', '$SYS/monitor', false],
    ['$SYS/#', '$SYS/monitor', true],
    ['a', 'A', false],
  ])('%s and %s: %s (the standard’s own examples)', (filter, topic, expected) => {
    expect(matchesTopic(filter, topic)).toBe(expected);
  });

  it('without a wildcard only the same topic', () => {
    fc.assert(
      fc.property(levels, levels, (one, other) => {
        expect(matchesTopic(one.join('/'), other.join('/'))).toBe(one.join('/') === other.join('/'));
      }),
    );
  });

  it('one level may always become +, and any tail #', () => {
    fc.assert(
      fc.property(levels, fc.nat(), (topic, at) => {
        const index = at % topic.length;
        expect(matchesTopic(topic.with(index, '+').join('/'), topic.join('/'))).toBe(true);
        expect(matchesTopic([...topic.slice(0, index), '#'].join('/'), topic.join('/'))).toBe(true);
        expect(matchesTopic([...topic, '+'].join('/'), topic.join('/'))).toBe(false);
      }),
    );
  });
});
