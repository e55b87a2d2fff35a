import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guidance } from '../domain/guidance.ts';
import { Language } from '../domain/site.ts';
import { messageOf } from '../errors.ts';
import { type Problem, pathText } from './problem.ts';
import { schemaFindings } from './schema-findings.ts';
import { readYaml } from './yaml-source.ts';

/** The guidance that comes with the product, a file a language. */
export const bundledGuidance = join(import.meta.dirname, '../../config/guidance');

export interface LoadedGuidance {
  /** Of the languages whose file is good. */
  readonly guidance: ReadonlyMap<Language, Guidance>;
  readonly problems: readonly Problem[];
}

/** Reads the guidance of every language and finds everything that is wrong with it. */
export function loadGuidance(folder: string): LoadedGuidance {
  const guidance = new Map<Language, Guidance>();
  const problems = Language.options.flatMap((language): readonly Problem[] => {
    const file = join(folder, `${language}.yaml`);
    try {
      const source = readYaml(readFileSync(file, 'utf8'));
      const faults = source.faults.map(({ place, path, message }) => ({ file, ...place, path, message }));
      const parsed = Guidance.safeParse(source.value);
      if (parsed.success) guidance.set(language, parsed.data);
      if (source.value === undefined || faults.length > 0) return faults;
      return schemaFindings(parsed.error, source.value).map(({ path, message }) => ({
        file,
        ...source.placeOf(path),
        path: pathText(path),
        message,
      }));
    } catch (error) {
      return [{ file, line: 1, column: 1, path: '', message: messageOf(error) }];
    }
  });
  return { guidance, problems };
}
