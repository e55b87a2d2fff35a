import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Id, Name } from '../domain/site.ts';
import type { DriverDefinition } from '../ports/driver.ts';
import { type Problem, pathText } from './problem.ts';
import { schemaFindings } from './schema-findings.ts';
import { readYaml } from './yaml-source.ts';

/** A profile file: one model's data for one driver. */
const ProfileFile = z.strictObject({
  driver: Id,
  /** By which a device's `options.profile` names it. */
  name: Id,
  title: Name,
  /** Where the facts come from, with the sheet's trust mark. */
  source: z.string().min(1).max(2_000),
  /** As the driver's profile schema has it. */
  data: z.record(z.string(), z.unknown()),
});

/** A profile that can be used: `data` has passed its driver's schema. */
export interface Profile extends Omit<z.infer<typeof ProfileFile>, 'data'> {
  readonly data: unknown;
}
export interface LoadedProfiles {
  readonly profiles: readonly Profile[];
  readonly problems: readonly Problem[];
}

/** The profiles that come with the product; a site's own are in `profiles/` beside its configuration file. */
export const bundledProfiles = join(import.meta.dirname, '../../config/profiles');

/** Reads every `*.yaml` of the folders and finds everything that is wrong with them. A folder that is not there has none. */
export function loadProfiles(
  folders: readonly string[],
  drivers: ReadonlyMap<string, DriverDefinition>,
): LoadedProfiles {
  const files = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .toSorted()
      .map((name) => join(folder, name)),
  );
  const profiles: Profile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readProfile(file, drivers);
    problems.push(...read.problems);
    for (const profile of read.profiles) {
      if (findProfile(profiles, profile.driver, profile.name) === undefined) profiles.push(profile);
      else {
        const message = `${profile.driver} has a profile of this name already`;
        problems.push({ file, line: 1, column: 1, path: 'name', message });
      }
    }
  }
  return { profiles, problems };
}

/** The profile a device's options name. */
export function profileNameOf(options: unknown): unknown {
  return typeof options === 'object' && options !== null && 'profile' in options ? options.profile : undefined;
}

export function findProfile(profiles: readonly Profile[], driver: string, name: unknown): Profile | undefined {
  return profiles.find((profile) => profile.driver === driver && profile.name === name);
}

function readProfile(file: string, drivers: ReadonlyMap<string, DriverDefinition>): LoadedProfiles {
  const source = readYaml(readFileSync(file, 'utf8'));
  const faults = source.faults.map(({ place, path, message }) => ({ file, ...place, path, message }));
  const parsed = ProfileFile.safeParse(source.value);
  if (source.value === undefined || faults.length > 0) return { profiles: [], problems: faults };
  const schema = parsed.success ? drivers.get(parsed.data.driver)?.profile : undefined;
  const data = schema?.safeParse(parsed.data?.data);
  const findings = [
    ...schemaFindings(parsed.error, source.value),
    ...(parsed.success && schema === undefined
      ? [{ path: ['driver'], message: `there is no driver "${parsed.data.driver}" that takes profiles` }]
      : []),
    ...schemaFindings(data?.error, parsed.data?.data, ['data']),
  ];
  const problems = findings.map(({ path, message }) => ({
    file,
    ...source.placeOf(path),
    path: pathText(path),
    message,
  }));
  if (!parsed.success || data?.success !== true) return { profiles: [], problems };
  return { profiles: [{ ...parsed.data, data: data.data }], problems };
}
