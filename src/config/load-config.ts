import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Guidance, withOwn } from '../domain/guidance.ts';
import { messageOf } from '../errors.ts';
import type { DriverDefinition } from '../ports/driver.ts';
import { accessFindings } from './access-findings.ts';
import { feedFindings } from './feed-config.ts';
import { bundledGuidance, loadGuidance } from './guidance.ts';
import { linkFindings } from './links.ts';
import { resolvePaths, tlsFindings } from './paths.ts';
import { policyFindings } from './policy-findings.ts';
import { type Problem, pathText } from './problem.ts';
import { bundledProfiles, loadProfiles, type Profile } from './profiles.ts';
import { ReadableConfig } from './readable.ts';
import { referenceFindings } from './references.ts';
import { schemaFindings } from './schema-findings.ts';
import { resolveSecrets, type Secrets } from './secrets.ts';
import { SiteConfig } from './site-config.ts';
import { webhookAllowOf } from './webhook-allow.ts';
import { readYaml } from './yaml-source.ts';

/** `sha256`: of the file's bytes, in hex. */
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: SiteConfig;
      readonly secrets: Secrets;
      readonly profiles: readonly Profile[];
      /** In the site's language, with what it says itself. */
      readonly guidance: Guidance;
      /** Private addresses that webhooks may post to, by the file and by the environment. */
      readonly webhookAllow: readonly string[];
      readonly sha256: string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface ConfigSurroundings {
  readonly drivers: ReadonlyMap<string, DriverDefinition>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the product's own profiles are; config/profiles where left out. */
  readonly profilesDir?: string;
  /** Where the product's guidance is; config/guidance where left out. */
  readonly guidanceDir?: string;
}

/** Reads the site's file and finds everything that is wrong with it, in the order of its lines. Throws nothing. */
export function loadConfig(
  file: string,
  { drivers, env, profilesDir = bundledProfiles, guidanceDir = bundledGuidance }: ConfigSurroundings,
): LoadedConfig {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { ok: false, problems: [{ file, line: 1, column: 1, path: '', message: messageOf(error) }] };
  }

  const source = readYaml(bytes.toString('utf8'));
  const faults = source.faults.map(({ place, path, message }) => ({ file, ...place, path, message }));
  if (source.value === undefined) return { ok: false, problems: faults };

  const parsed = SiteConfig.safeParse(source.value);
  const { profiles, problems: profileProblems } = loadProfiles([profilesDir, join(dirname(file), 'profiles')], drivers);
  const guidance = loadGuidance(guidanceDir);
  const words = guidance.guidance.get(parsed.data?.site.language ?? 'en');
  const readable = ReadableConfig.parse(source.value);
  const config = parsed.success ? resolvePaths(parsed.data, dirname(file)) : null;
  const { secrets, findings } = resolveSecrets(readable, { env, folder: dirname(file) });
  const fromEnv = webhookAllowOf(env);
  const problems = [
    ...fromEnv.findings,
    ...schemaFindings(parsed.error, source.value),
    ...referenceFindings(readable, drivers, profiles),
    ...linkFindings(readable),
    ...findings,
    ...(config === null
      ? []
      : [...tlsFindings(config), ...policyFindings(config), ...accessFindings(config), ...feedFindings(config)]),
  ].map(({ path, message }) => ({ file, ...source.placeOf(path), path: pathText(path), message }));
  const otherProblems = [...profileProblems, ...guidance.problems];
  if (config !== null && words !== undefined && faults.length + problems.length + otherProblems.length === 0) {
    return {
      ok: true,
      config,
      secrets,
      profiles,
      guidance: withOwn(words, config.guidance),
      webhookAllow: [...config.webhooks.allow, ...fromEnv.allow],
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  }
  const sorted = [...faults, ...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, problems: [...sorted, ...otherProblems] };
}
