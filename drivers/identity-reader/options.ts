import { z } from 'zod';
import { IdentifierKind, ReadMethod } from '../../src/domain/words.ts';

/** Options of a reader; they matter on serial and TCP only, where a line does not say what it is. */
export const IdentityReaderOptions = z.strictObject({
  /** What a line is that has the form of no MRZ, boarding pass, bag tag or container. */
  defaultKind: IdentifierKind.default('other'),
  /** How it reads; an MRZ is always read as such. */
  method: ReadMethod.default('barcode'),
});
export type IdentityReaderOptions = z.infer<typeof IdentityReaderOptions>;
