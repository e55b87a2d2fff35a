import { drivers } from '../../drivers/index.ts';
import { bundledProfiles, findProfile, loadProfiles } from '../../src/config/profiles.ts';

/** The data of a profile that comes with the product, as its driver gets it. */
export function bundledProfile(driver: string, name: string): unknown {
  const { profiles, problems } = loadProfiles([bundledProfiles], drivers);
  const found = findProfile(profiles, driver, name);
  if (found === undefined) throw new Error(`no profile ${name} of ${driver}: ${JSON.stringify(problems)}`);
  return found.data;
}
