import { z } from 'zod';
import { unknownCode } from '../domain/desk/decision.ts';
import { LanewatchError } from '../errors.ts';

/**
 * A word of a closed list, in the body of a command: described with its list, and checked by `onList`, so that a word that
 * is not on it is answered as every other unknown code, and not as a body that does not fit.
 */
export function codeWord(list: z.ZodEnum) {
  return z.string().min(1).max(100).meta({ enum: list.options });
}

/** The word, where it is on the list. Throws `unknown-code` with the field and what is allowed. */
export function onList<T extends string>(field: string, given: string, list: z.ZodType<T> & { options: T[] }): T {
  const read = list.safeParse(given);
  if (read.success) return read.data;
  const { code, detail, extra } = unknownCode(field, given, list.options);
  throw new LanewatchError(code, detail, { extra });
}
