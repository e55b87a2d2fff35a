import type { Finding } from './problem.ts';
import type { SiteConfig } from './site-config.ts';

/** What the alarm policy names must be in the file: devices, and lanes; a lane is in one position only. */
export function policyFindings({ alarms, lanes, devices }: SiteConfig): readonly Finding[] {
  const known = lanes.map(({ id }) => id);
  const placed = alarms.flood.positions.flatMap((position, at) =>
    position.lanes.map((lane, index) => ({ lane, path: ['alarms', 'flood', 'positions', at, 'lanes', index] })),
  );
  const named = alarms.profiles.flatMap((profile, at) => [
    ...absent(['alarms', 'profiles', at, 'lane'], 'lane', profile.lane, known),
    ...absent(
      ['alarms', 'profiles', at, 'device'],
      'device',
      profile.device,
      devices.map(({ id }) => id),
    ),
  ]);
  const positions = placed.flatMap(({ lane, path }, index) => {
    if (!known.includes(lane)) return [{ path, message: `there is no lane "${lane}": there are ${known.join(', ')}` }];
    const twice = placed.findIndex((other) => other.lane === lane) !== index;
    return twice ? [{ path, message: `lane "${lane}" is in a position already` }] : [];
  });
  return [...named, ...positions];
}

function absent(
  path: readonly PropertyKey[],
  noun: string,
  names: readonly string[] = [],
  known: readonly string[],
): readonly Finding[] {
  return names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [{ path: [...path, index], message: `there is no ${noun} "${name}": there are ${known.join(', ')}` }],
  );
}
