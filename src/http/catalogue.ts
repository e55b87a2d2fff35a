import { z } from 'zod';
import type { DriverDefinition } from '../ports/driver.ts';
import type { Driver } from './parts.ts';

/** The drivers as technicians choose them, each with the JSON Schema of its options. */
export function catalogueOf(drivers: ReadonlyMap<string, DriverDefinition>): readonly Driver[] {
  return [...drivers.values()].map(({ name, title, links, options }) => ({
    name,
    title,
    links: [...links],
    optionsSchema: z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' }),
  }));
}
