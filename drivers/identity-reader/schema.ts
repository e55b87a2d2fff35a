import { z } from 'zod';

const text = z.string().max(2_000);

/** One read, as in the sheet identity-reader. Keys that are not here are tolerated and left aside. */
export const IdentityDocument = z.object({
  readId: z.string().trim().min(1).max(200),
  kind: z.enum([
    'plate',
    'container',
    'mrz',
    'boarding-pass',
    'bag-tag',
    'awb',
    'uld',
    'gmr',
    'declaration',
    'rfid',
    'other',
  ]),
  /** An MRZ has its lines separated by line ends; a boarding pass keeps the spaces of its block. */
  value: text.regex(/[\p{L}\p{N}]/u, 'must hold a letter or a digit'),
  /** Of a plate: ISO 3166. */
  country: z.string().max(10).nullish(),
  confidence: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .transform((value) => value ?? null),
  method: z.enum(['ocr', 'plate-reader', 'barcode', 'mrz', 'rfid', 'manual', 'unknown']).default('unknown'),
  /** Years of four digits only, so that any offset still gives a date that ISO 8601 writes plainly. */
  readAt: z.iso
    .datetime({ offset: true })
    .regex(/^[12]/, 'must be in the years 1000 to 2999')
    .transform((value) => Date.parse(value)),
  imageUri: text.nullish().transform((value) => value ?? null),
});
export type IdentityDocument = z.infer<typeof IdentityDocument>;
