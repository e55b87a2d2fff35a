import { z } from 'zod';

const address = z.int().min(0).max(65_535);

/** Addresses of one scanner's PLC (PDU, from 0); they are the site's, these are the sheet's defaults. */
export const PlcOptions = z
  .strictObject({
    /** Discrete inputs (function 02). */
    inputs: z
      .strictObject({
        ready: address.default(0),
        screening: address.default(1),
        cleared: address.default(2),
        rejected: address.default(3),
        fault: address.default(4),
        emergencyStop: address.default(5),
        handlingFault: address.default(6),
        xrayOn: address.default(7),
        interlockOpen: address.default(8),
      })
      .prefault({}),
    /** Holding registers (function 03): scan counter (two), last result, bag tag (five, two ASCII digits each). */
    registers: z
      .strictObject({ counter: address.default(0), result: address.default(2), bagTag: address.default(3) })
      .prefault({}),
    counterOrder: z.enum(['high-first', 'low-first']).default('high-first'),
    pollMs: z.int().min(20).max(5_000).default(200),
  })
  .refine(({ registers: { counter, result, bagTag } }) => spanOf([counter, counter + 1, result, bagTag + 4]) <= 125, {
    path: ['registers'],
    message: 'must lie within 125 registers: they are read in one request, so that a result is never another scan’s',
  })
  .refine(({ inputs }) => spanOf(Object.values(inputs)) <= 2_000, {
    path: ['inputs'],
    message: 'must lie within 2,000 inputs: they are read in one request',
  });
export type PlcOptions = z.infer<typeof PlcOptions>;

function spanOf(addresses: readonly number[]): number {
  return Math.max(...addresses) - Math.min(...addresses) + 1;
}
