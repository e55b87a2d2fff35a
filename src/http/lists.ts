import { z } from 'zod';
import type { Page } from '../ports/journal.ts';

/** `?limit=&cursor=` of every list. */
export const PageParams = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('The most items in the answer.'),
  cursor: z.string().max(500).optional().describe('`next` of the page before.'),
});

/** A page of a list; `next` is the cursor of the following page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('The cursor of the following page; null at the end.'),
  });
}

/** One value, several separated by commas, or the parameter repeated. */
export function severalOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (given) => (given === undefined ? undefined : [given].flat().flatMap(split)),
    z.array(item).optional(),
  );
}

function split(value: unknown): unknown[] {
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : [value];
}

/** A time with any offset, as UTC text. */
export const TimeParam = z.iso.datetime({ offset: true }).transform((time) => new Date(time).toISOString());

export const IdParam = z.object({ id: z.string().min(1).max(200).describe('Its id.') });

export function answerPage<T>(page: Page<T>): { items: T[]; next: string | null } {
  return { items: [...page.items], next: page.next };
}

/** A list that is never longer than a page. */
export function wholeList<T>(items: readonly T[]): { items: T[]; next: null } {
  return { items: [...items], next: null };
}
