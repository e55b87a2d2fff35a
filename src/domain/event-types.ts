import { z } from 'zod';

/** An event type, exact or a prefix ending in `*`, e.g. `lanewatch.alarm.*`. */
export const TypePattern = z
  .string()
  .max(100)
  .regex(/^(\*|[a-z][a-z0-9.-]*\*?)$/, 'an event type, or a prefix ending in *');

/** Tests an event type against patterns; no pattern at all accepts everything. */
export function typeFilter(patterns: readonly string[]): (type: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')));
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return (type) => patterns.length === 0 || exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix));
}
