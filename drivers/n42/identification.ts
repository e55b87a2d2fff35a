import type { Nuclide } from '../../src/domain/evidence.ts';
import { categoriesOf, normaliseNuclide, rankOfNuclide } from '../../src/domain/nuclides.ts';
import type { Hazard } from '../../src/domain/words.ts';
import type { Analysis, N42Nuclide } from './document.ts';
import { numberOf } from './xml.ts';

export type ConfidenceScale = 'auto' | 'percent' | 'fraction';

/** The nuclides identified, each once, the worst first. */
export function nuclidesOf(analyses: readonly Analysis[], scale: ConfidenceScale): readonly Nuclide[] {
  const all = analyses.flatMap((analysis) => analysis.nuclides).map((nuclide) => nuclideOf(nuclide, scale));
  const byName = new Map(all.toReversed().map((nuclide) => [nuclide.name, nuclide] as const));
  return [...byName.values()].reverse().sort((a, b) => rank(a) - rank(b));
}

function nuclideOf({ rawName, confidence: sent, category }: N42Nuclide, scale: ConfidenceScale): Nuclide {
  const name = normaliseNuclide(rawName);
  const number = numberOf(sent);
  const own = category.trim().toLowerCase();
  const rawConfidence = number ?? (sent === '' ? null : sent);
  const confidence = number === null ? null : fractionOf(number, scale);
  return {
    name,
    rawName,
    categories: [...new Set([...categoriesOf(name), ...(own === '' ? [] : [own])])],
    confidence,
    rawConfidence,
  };
}

/** The standard says percent, its own samples have 0 to 1: above 1 it can only be percent (sheet n42). */
function fractionOf(value: number, scale: ConfidenceScale): number {
  const percent = scale === 'percent' || (scale === 'auto' && value > 1);
  return Math.min(1, Math.max(0, percent ? value / 100 : value));
}

/** What the instrument itself calls special nuclear material ranks as such, whatever its name. */
function isNuclear({ categories }: Nuclide): boolean {
  return categories.some((category) => category === 'snm' || /nuclear/.test(category));
}

function rank(nuclide: Nuclide): number {
  return isNuclear(nuclide) ? 0 : rankOfNuclide(nuclide.name);
}

export function hazardOf(nuclides: readonly Nuclide[]): Hazard {
  return nuclides.some(isNuclear) ? 'nuclear' : 'radiological';
}
