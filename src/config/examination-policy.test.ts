import { expect, test } from 'vitest';
import { configBench, good } from '../../tests/support/config-bench.ts';

const { complaints } = configBench();
const faultsOf = (examinations: string) => complaints(`${good}examinations: ${examinations}\n`);

test.each([
  [
    'all of it',
    '{ units: [yard, dogs], missedAfterS: 60, deliveryS: 60, escalation: [{ afterS: 0, unit: dogs }] }',
    [],
  ],
  ['nobody to escalate to', '{ escalation: [] }', []],
  ['a negative time', '{ missedAfterS: -1 }', ['site.yaml:7: examinations.missedAfterS: must be at least 0']],
  ['a unit twice', '{ units: [yard, yard] }', ['site.yaml:7: examinations.units: must name each unit once']],
  [
    'a step that names nobody',
    '{ escalation: [{ afterS: 60 }] }',
    ['site.yaml:7: examinations.escalation[0]: must name a role or a unit, one of them'],
  ],
  [
    'steps out of order',
    '{ escalation: [{ afterS: 60, role: supervisor }, { afterS: 30, role: administrator }] }',
    ['site.yaml:7: examinations.escalation: must be in the order of afterS'],
  ],
  ['an unknown key', '{ colour: red }', ['site.yaml:7: examinations.colour: is not a known key']],
])('a policy with %s', (_name, examinations, faults) => {
  expect(faultsOf(examinations)).toEqual(faults);
});
