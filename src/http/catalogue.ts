import { z } from 'zod';
import type { DriverDefinition } from '../ports/driver.ts';
import type { Driver } from './parts.ts';

/** The drivers as technicians choose them, each with the JSON Schemas of its options and profiles. */
export function catalogueOf(
  drivers: ReadonlyMap<string, DriverDefinition>,
  profiles: readonly {
    readonly driver: string;
    readonly name: string;
    readonly title: string;
    readonly source: string;
  }[],
): readonly Driver[] {
  return [...drivers.values()].map(({ name, title, links, options, profile }) => ({
    name,
    title,
    links: [...links],
    optionsSchema: schemaOf(options),
    profileSchema: profile === undefined ? null : schemaOf(profile),
    profiles: profiles
      .filter((candidate) => candidate.driver === name)
      .map((own) => ({ name: own.name, title: own.title, source: own.source })),
  }));
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
