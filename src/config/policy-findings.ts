import type { Finding } from './problem.ts';
import type { SiteConfig } from './site-config.ts';

/** What the alarm policy names must be in the file: lanes of positions, each in one only. */
export function policyFindings({ alarms, lanes }: SiteConfig): readonly Finding[] {
  const known = lanes.map(({ id }) => id);
  const placed = alarms.flood.positions.flatMap((position, at) =>
    position.lanes.map((lane, index) => ({ lane, path: ['alarms', 'flood', 'positions', at, 'lanes', index] })),
  );
  return placed.flatMap(({ lane, path }, index) => {
    if (!known.includes(lane)) return [{ path, message: `there is no lane "${lane}": there are ${known.join(', ')}` }];
    const twice = placed.findIndex((other) => other.lane === lane) !== index;
    return twice ? [{ path, message: `lane "${lane}" is in a position already` }] : [];
  });
}
