import { Button, Chip, Group } from '@mantine/core';
import type { Alarm, AlarmState } from '../contract/resources.ts';
import { useParts, useSelected } from '../shell/context.ts';
import { priorities } from '../state/board.ts';
import { priorityWords, stateWords } from '../words/alarm-words.ts';
import { type Filter, type FilterField, filterAddress, isFiltered, toggled } from './filter.ts';

interface BoardFiltersProps {
  readonly filter: Filter;
  /** All open alarms: the numbers on the chips do not change with the filter. */
  readonly alarms: readonly Alarm[];
}

const always: readonly AlarmState[] = ['unacknowledged', 'returned', 'acknowledged'];
const sometimes: readonly AlarmState[] = ['shelved', 'suppressed', 'out-of-service'];

/** Chips that narrow the board; the choice lives in the address bar, so that a link shows the same. */
export function BoardFilters({ filter, alarms }: BoardFiltersProps) {
  const { router } = useParts();
  const lanes = useSelected((state) => state.lanes);
  const count = (test: (alarm: Alarm) => boolean) => alarms.filter(test).length;
  const states = [
    ...always,
    ...sometimes.filter((state) => filter.state.includes(state) || alarms.some((alarm) => alarm.state === state)),
  ];
  const chip = (field: FilterField, value: string, word: string, number: number) => (
    <Chip
      key={`${field} ${value}`}
      size="xs"
      variant="outline"
      checked={filter[field].includes(value)}
      onChange={() => router.replace(filterAddress(toggled(filter, field, value)))}
    >
      {word} ({number})
    </Chip>
  );
  return (
    <Group className="board-filters" gap={6} role="group" aria-label="Narrow the board">
      {priorities.map((priority) =>
        chip(
          'priority',
          priority,
          priorityWords[priority],
          count((alarm) => alarm.priority === priority),
        ),
      )}
      <span className="filter-gap" />
      {states.map((state) =>
        chip(
          'state',
          state,
          stateWords[state],
          count((alarm) => alarm.state === state),
        ),
      )}
      <span className="filter-gap" />
      {lanes.map((lane) =>
        chip(
          'lane',
          lane.id,
          lane.name,
          count((alarm) => alarm.laneId === lane.id),
        ),
      )}
      {isFiltered(filter) && (
        <Button size="compact-xs" variant="default" onClick={() => router.replace('/')}>
          Show all
        </Button>
      )}
    </Group>
  );
}
