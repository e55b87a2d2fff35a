import { z } from 'zod';

/** Options of one instrument. */
export const N42Options = z.strictObject({
  /** The largest document taken, in bytes; a real pass-through has 3.3 MB. */
  maxBytes: z
    .int()
    .min(1_024)
    .max(64 * 1024 * 1024)
    .default(16 * 1024 * 1024),
  /** How identification confidence is written; `auto`: above 1 it is percent. */
  confidenceScale: z.enum(['auto', 'percent', 'fraction']).default('auto'),
  /** Seconds without a document after which the instrument is stale; null: silence is normal, as it sends when something passes. */
  silenceS: z.number().positive().nullable().default(null),
});
export type N42Options = z.infer<typeof N42Options>;
