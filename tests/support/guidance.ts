import { bundledGuidance, loadGuidance } from '../../src/config/guidance.ts';
import type { Guidance } from '../../src/domain/guidance.ts';

/** What comes with the product, in English. */
export function englishGuidance(): Guidance {
  const english = loadGuidance(bundledGuidance).guidance.get('en');
  if (english === undefined) throw new Error('there is no English guidance');
  return english;
}
