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
    [
      'roles that are none, and a flood that ends above its beginning',
      '{ escalation: { roles: [boss] }, flood: { beginsAbove: 3 } }',
      [
        'site.yaml:7: alarms.escalation.roles[0]: must be one of operator, supervisor, examiner, technician, targeting, auditor, administrator',
        'site.yaml:7: alarms.flood: must end below where it begins',
      ],
    ],
    [
      'a position of a lane that is not there, and of one twice',
      '{ flood: { positions: [{ id: a, lanes: [lane-1, lane-9] }, { id: b, lanes: [lane-1] }] } }',
      [
        'site.yaml:7: alarms.flood.positions[0].lanes[1]: there is no lane "lane-9": there are lane-1',
        'site.yaml:7: alarms.flood.positions[1].lanes[0]: lane "lane-1" is in a position already',
      ],
    ],
    [
      'a detection that would be delayed, and a scan that would be',
      '{ profiles: [{ name: a, signal: [gamma], onDelayS: 1 }, { name: b, signal: [xray-object] }] }',
      [
        'site.yaml:7: alarms.profiles[0]: a detection cannot be delayed: the subject would be gone; ask for a repeatCount of samples',
        'site.yaml:7: alarms.profiles[1].signal[0]: must be one of condition, gamma, neutron',
      ],
    ],
    [
      'a deadband of what has no value, of less than nothing, and of more than there is',
      '{ profiles: [{ name: a, deadbandPercent: 5 }, { name: b, signal: [gamma], deadbandPercent: -1 }, { name: c, signal: [neutron], deadbandPercent: 101 }] }',
      [
        'site.yaml:7: alarms.profiles[0]: a condition carries no value: give its deadband in the device’s own profile',
        'site.yaml:7: alarms.profiles[1].deadbandPercent: must be at least 0',
        'site.yaml:7: alarms.profiles[2].deadbandPercent: must be at most 100',
      ],
    ],
    [
      'a profile of a lane and a device that are not there',
      '{ profiles: [{ name: a, lane: [lane-9], device: [rpm-1, rpm-9] }] }',
      [
        'site.yaml:7: alarms.profiles[0].lane[0]: there is no lane "lane-9": there are lane-1',
        'site.yaml:7: alarms.profiles[0].device[1]: there is no device "rpm-9": there are rpm-1',
      ],
    ],
  ];
  it.each(broken)('reports %s', (_name, alarms, expected) => {
    expect(faultsOf(alarms).toSorted()).toEqual(expected.toSorted());
  });
});
