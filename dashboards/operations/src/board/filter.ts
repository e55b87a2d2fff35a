import type { Alarm } from '../contract/resources.ts';

/** What the board is narrowed to; an empty list means all. */
export interface Filter {
  readonly priority: readonly string[];
  readonly state: readonly string[];
  readonly lane: readonly string[];
}

export type FilterField = keyof Filter;

const fields: readonly FilterField[] = ['priority', 'state', 'lane'];

/** The filter an address holds: `/?priority=critical,high&lane=lane-1`. */
export function readFilter(address: string): Filter {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  const read = (field: FilterField) => (query.get(field) ?? '').split(',').filter(Boolean);
  return { priority: read('priority'), state: read('state'), lane: read('lane') };
}

/** The address of the board with a filter; commas stay readable. */
export function filterAddress(filter: Filter): string {
  const parts = fields
    .filter((field) => filter[field].length > 0)
    .map((field) => `${field}=${filter[field].map(encodeURIComponent).join(',')}`);
  return parts.length === 0 ? '/' : `/?${parts.join('&')}`;
}

/** The filter with one value switched on or off. */
export function toggled(filter: Filter, field: FilterField, value: string): Filter {
  const values = filter[field];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...filter, [field]: next };
}

export function isFiltered(filter: Filter): boolean {
  return fields.some((field) => filter[field].length > 0);
}

export function passes(alarm: Pick<Alarm, 'priority' | 'state' | 'laneId'>, filter: Filter): boolean {
  const within = (values: readonly string[], value: string) => values.length === 0 || values.includes(value);
  return (
    within(filter.priority, alarm.priority) && within(filter.state, alarm.state) && within(filter.lane, alarm.laneId)
  );
}
