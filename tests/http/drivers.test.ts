import { expect, test } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { bundledProfiles, loadProfiles } from '../../src/config/profiles.ts';
import { catalogueOf } from '../../src/http/catalogue.ts';
import type { Driver } from '../../src/http/parts.ts';
import { startHttpBench } from './http-bench.ts';

test('every driver is listed with its links, the JSON Schema of its options, and its profiles with theirs', async () => {
  const { profiles } = loadProfiles([bundledProfiles], drivers);
  await using bench = await startHttpBench({ drivers: catalogueOf(drivers, profiles) });
  const { items } = (await (await bench.call('/api/v1/drivers')).json()) as { items: readonly Driver[] };
  expect(items.map(({ name }) => name)).toEqual([...drivers.keys()]);
  for (const { name, links, optionsSchema, profileSchema } of items) {
    expect(links, name).toEqual(drivers.get(name)?.links);
    expect(optionsSchema, name).toMatchObject({ type: 'object', additionalProperties: false });
    expect(profileSchema !== null, name).toBe(drivers.get(name)?.profile !== undefined);
  }
  const of = (name: string) => items.find((item) => item.name === name);
  expect(of('tsa-rpm')?.optionsSchema).toMatchObject({ properties: { nSigma: { default: 7 } } });
  expect(of('modbus-map')?.profileSchema).toMatchObject({ properties: { blocks: { type: 'array' } } });
  expect(Object.fromEntries(items.map((item) => [item.name, item.profiles.map((own) => own.name)]))).toMatchObject({
    'modbus-map': ['gamma-monitor', 'light-tower'],
    'mqtt-map': ['dose-rate-sensor'],
    'trace-record': ['generic-ims', 'generic-kv'],
    n42: [],
  });
  expect(items.flatMap((item) => item.profiles).every(({ title, source }) => title !== '' && source !== '')).toBe(true);
});
