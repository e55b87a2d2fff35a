import { z } from 'zod';

/** A place in the feed: the sequence after which to go on, as text of up to 20 digits; leading zeros are optional. */
export const Cursor = z
  .string()
  .regex(/^\d{1,20}$/, 'a sequence of up to 20 digits')
  .transform(Number)
  .refine(Number.isSafeInteger, 'beyond any sequence');
