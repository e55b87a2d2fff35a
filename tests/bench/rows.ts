/** One figure of the product beside the floor's, in the same unit. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly product: number;
  /** NaN where there is nothing to compare with. */
  readonly floor: number;
  readonly ratio: number;
}

export interface Settings {
  readonly quick: boolean;
  /** Product and floor are measured so often, in turn; figures are medians. */
  readonly rounds: number;
  /** Length of the measured window where it is not the bench's own. */
  readonly seconds: number | undefined;
  /** Where the service leaves its CPU profile. */
  readonly profileDir: string | undefined;
}

/** A figure from the results of all rounds. */
export function row<T>(
  what: string,
  unit: string,
  results: { readonly product: readonly T[]; readonly floor: readonly T[] },
  figure: (result: T) => number,
): Row {
  const product = median(results.product.map(figure));
  const floor = median(results.floor.map(figure));
  return { what, unit, product, floor, ratio: product / floor };
}

/** Both measured in turn, so that they see the machine in the same mood. */
export async function inTurn<T>(
  rounds: number,
  product: () => Promise<T>,
  floor: () => Promise<T>,
): Promise<{ readonly product: readonly T[]; readonly floor: readonly T[] }> {
  const results = { product: [] as T[], floor: [] as T[] };
  for (let round = 0; round < rounds; round += 1) {
    results.floor.push(await floor());
    results.product.push(await product());
  }
  return results;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
