import type { DriverDefinition } from '../ports/driver.ts';
import type { Finding } from './problem.ts';
import { type Profile, profileNameOf } from './profiles.ts';
import type { ReadableConfig } from './readable.ts';
import { schemaFindings } from './schema-findings.ts';

/** What names something that must exist, or must exist once: ids, lanes, drivers with their links and options, brokers. */
export function referenceFindings(
  config: ReadableConfig,
  drivers: ReadonlyMap<string, DriverDefinition>,
  profiles: readonly Profile[],
): readonly Finding[] {
  const lanes = config.lanes.flatMap(({ id }) => id ?? []);
  const deviceIds = config.devices.flatMap(({ id }) => id ?? []);
  return [
    ...repeatedIds('lanes', config.lanes),
    ...repeatedIds('devices', config.devices),
    ...config.lanes.flatMap(({ rearReaders }, index) =>
      rearReaders.flatMap((id, at) => dangling(['lanes', index, 'rearReaders', at], 'device', id, deviceIds)),
    ),
    ...config.devices.flatMap((device, index) => [
      ...dangling(['devices', index, 'lane'], 'lane', device.lane, lanes),
      ...dangling(['devices', index, 'driver'], 'driver', device.driver, [...drivers.keys()]),
      ...driverFindings(device, index, drivers),
      ...profileFindings(device, index, drivers, profiles),
      ...brokerFindings(config, device, index),
    ]),
    ...('embedded' in config.mqtt.brokers
      ? [{ path: ['mqtt', 'brokers', 'embedded'], message: 'is the name of the built-in broker: choose another' }]
      : []),
  ];
}

type ReadableDevice = ReadableConfig['devices'][number];

function repeatedIds(list: string, items: readonly { readonly id?: string | undefined }[]): readonly Finding[] {
  return items.flatMap(({ id }, index) => {
    const first = items.findIndex((item) => item.id === id);
    if (id === undefined || first === index) return [];
    return [{ path: [list, index, 'id'], message: `"${id}" is already the id of ${list}[${first}]` }];
  });
}

function dangling(
  path: readonly PropertyKey[],
  noun: string,
  name: string | undefined,
  known: readonly string[],
): readonly Finding[] {
  if (name === undefined || known.includes(name)) return [];
  const choice = known.length === 0 ? 'there is none' : `there are ${known.join(', ')}`;
  return [{ path, message: `there is no ${noun} "${name}": ${choice}` }];
}

function driverFindings(
  device: ReadableDevice,
  index: number,
  drivers: ReadonlyMap<string, DriverDefinition>,
): readonly Finding[] {
  const driver = drivers.get(device.driver ?? '');
  if (driver === undefined) return [];
  const { type } = device.link;
  const options = device.options ?? {};
  const speaks: readonly string[] = driver.links;
  return [
    ...(type === undefined || speaks.includes(type)
      ? []
      : [
          {
            path: ['devices', index, 'link', 'type'],
            message: `driver ${driver.name} does not speak ${type}: it speaks ${speaks.join(', ')}`,
          },
        ]),
    ...schemaFindings(driver.options.safeParse(options).error, options, ['devices', index, 'options']),
  ];
}

/** The profile that a device names, or its driver's default, must be there. */
function profileFindings(
  device: ReadableDevice,
  index: number,
  drivers: ReadonlyMap<string, DriverDefinition>,
  profiles: readonly Profile[],
): readonly Finding[] {
  const driver = drivers.get(device.driver ?? '');
  const options = driver?.options.safeParse(device.options ?? {});
  if (driver?.profile === undefined || options?.success !== true) return [];
  const own = profiles.filter((profile) => profile.driver === driver.name).map(({ name }) => name);
  return dangling(['devices', index, 'options', 'profile'], 'profile', String(profileNameOf(options.data)), own);
}

function brokerFindings({ mqtt }: ReadableConfig, { link }: ReadableDevice, index: number): readonly Finding[] {
  if (link.type !== 'mqtt') return [];
  const path = ['devices', index, 'link', 'broker'];
  if (link.broker === 'embedded') {
    return mqtt.embedded === undefined ? [{ path, message: 'the built-in broker needs mqtt.embedded' }] : [];
  }
  return dangling(path, 'broker', link.broker, Object.keys(mqtt.brokers));
}
