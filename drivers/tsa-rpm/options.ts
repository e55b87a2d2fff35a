import { z } from 'zod';

/** Options of one portal. */
export const TsaOptions = z.strictObject({
  /** Alarm threshold in sigma until the portal tells its own (SG1). */
  nSigma: z.number().positive().max(100).default(7),
  /** A longer occupancy is ended here: its GX was lost. Seconds. */
  maxOccupancyS: z.number().positive().max(3_600).default(120),
  /** What the site calls the detectors d1 … d4; sources disagree on which is which. */
  channelMap: z.tuple([z.string(), z.string(), z.string(), z.string()]).default(['d1', 'd2', 'd3', 'd4']),
});
export type TsaOptions = z.infer<typeof TsaOptions>;
