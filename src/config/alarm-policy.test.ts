import { describe, expect, it } from 'vitest';
import { configBench, good } from '../../tests/support/config-bench.ts';

const { load, complaints } = configBench();
const faultsOf = (alarms: string) => complaints(`${good}alarms: ${alarms}\n`);

describe('the alarm policy of a file', () => {
  it('has the default priorities where it says nothing, and its own where it does', () => {
    const rulesOf = (yaml: string) => {
      const loaded = load(yaml);
      return loaded.ok ? loaded.config.alarms.priorities.map((rule) => rule.name) : [];
    };
    expect(rulesOf(good)).toEqual(expect.arrayContaining(['neutron', 'gamma', 'otherwise']));
    expect(rulesOf(`${good}alarms: { priorities: [{ name: all, priority: low }] }\n`)).toEqual(['all']);
  });

  const broken: readonly [string, string, readonly string[]][] = [
    [
      'a rule of no priority, of a signal that is none, of an unknown key',
      '{ priorities: [{ name: a, signal: [sonar], colour: red }] }',
      [
        'site.yaml:7: alarms.priorities[0].priority: is missing',
        'site.yaml:7: alarms.priorities[0].signal[0]: must be one of gamma, neutron, isotope, xray-object, trace-substance, chemical-agent, condition',
        'site.yaml:7: alarms.priorities[0].colour: is not a known key',
      ],
    ],
    ['no rule at all', '{ priorities: [] }', ['site.yaml:7: alarms.priorities: must have at least 1 items']],
    [
      'a shelving without end',
      '{ shelving: { lowS: 1e9 } }',
      ['site.yaml:7: alarms.shelving.lowS: must be at most 604800'],
    ],
  ];
  it.each(broken)('reports %s', (_name, alarms, expected) => {
    expect(faultsOf(alarms).toSorted()).toEqual(expected.toSorted());
  });
});
