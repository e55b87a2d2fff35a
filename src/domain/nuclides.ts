/** Why a nuclide may be at a border (sheet n42, after ANSI N42.42 and N42.48 categories). */
export type NuclideCategory = 'snm' | 'industrial' | 'medical' | 'norm';

/** Worst first: policy data, the order in which nuclides of an identification are shown and judged. */
export const categoryRanking: readonly NuclideCategory[] = ['snm', 'industrial', 'medical', 'norm'];

const lists: Readonly<Record<NuclideCategory, string>> = {
  snm: 'U-232 U-233 U-235 HEU U-237 Np-237 Pu-238 Pu-239 WGPu RGPu Pu-241',
  industrial:
    'Am-241 Ba-133 Cf-252 Co-57 Co-60 Cs-137 Eu-152 Ir-192 Se-75 Sr-90 Yb-169 Ra-226 Cd-109 Na-22 Mn-54 Zn-65 Bi-207 Th-228 DU',
  medical:
    'F-18 Ga-67 Ga-68 I-123 I-125 I-131 In-111 Lu-177 Mo-99 Pd-103 Ra-223 Rb-82 Sm-153 Sr-82 Sr-89 Tc-99m Tl-201 Xe-133 Y-90 Ra-226',
  // U-238, Th-232 and Ra-226 with their daughters. Not DU: what was depleted is worked, not natural.
  norm: 'K-40 Ra-226 Th-232 U-238 Pb-212 Pb-214 Bi-212 Bi-214 Ac-228 Tl-208 Th-234 Pa-234m Ra-224 Ra-228 Th-230',
};
const members = new Map(categoryRanking.map((category) => [category, new Set(lists[category].split(' '))] as const));
/** Names of mixtures, as instruments write them, kept. */
const mixtures = new Map(['HEU', 'LEU', 'DU', 'WGPu', 'RGPu'].map((name) => [name.toUpperCase(), name]));

/**
 * A nuclide's name as an instrument writes it → Element-mass[m]: `Cs137`, `137Cs`, `Cs-137`, `CS 137` → Cs-137; `Tc99M` →
 * Tc-99m; HEU, WGPu, DU … are kept. A name that is none of these comes back trimmed, as it is.
 */
export function normaliseNuclide(name: string): string {
  const text = name.trim();
  const mixture = mixtures.get(text.toUpperCase().replaceAll(/[\s-]/g, ''));
  if (mixture !== undefined) return mixture;
  const [, element, mass, meta] =
    /^([A-Za-z]{1,2})[\s_-]?(\d{1,3})\s?(m?)\d?$/i.exec(text) ??
    reordered(/^(\d{1,3})(m?)[\s_-]?([A-Za-z]{1,2})$/i.exec(text));
  if (element === undefined || mass === undefined) return text;
  const symbol = element.charAt(0).toUpperCase() + element.slice(1).toLowerCase();
  return `${symbol}-${Number(mass)}${meta === '' || meta === undefined ? '' : 'm'}`;
}

function reordered(found: RegExpExecArray | null): readonly (string | undefined)[] {
  return found === null ? [] : [found[0], found[3], found[1], found[2]];
}

/** Every category a nuclide has (Ra-226 is NORM, industrial and medical), worst first; none for one we do not know. */
export function categoriesOf(nuclide: string): readonly NuclideCategory[] {
  return categoryRanking.filter((category) => members.get(category)?.has(nuclide) === true);
}

/** Place in the ranking, 0 the worst; unknown nuclides stand between industrial and medical: not harmless. */
export function rankOfNuclide(nuclide: string): number {
  const [worst] = categoriesOf(nuclide);
  return worst === undefined ? 1.5 : categoryRanking.indexOf(worst);
}
