const firstMs = 500;
const longestMs = 10_000;

/** Wait before attempt number `attempt` (0 is the first after a loss): full jitter between 0.5 s and 10 s. */
export function backOffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt + 1));
  return Math.round(firstMs + random() * (ceiling - firstMs));
}
