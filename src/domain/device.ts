import { z } from 'zod';
import { ServiceState } from './service.ts';
import { Mode } from './words.ts';

const Time = z.iso.datetime();

/** `connecting` until first heard of; `fault`: the configuration cannot work, no further attempt; `disabled` by configuration. */
export const DeviceState = z.enum(['connecting', 'online', 'stale', 'offline', 'fault', 'disabled']);

/** Live status of one device: link and health, never detection. */
export const DeviceStatus = z.object({
  id: z.string(),
  laneId: z.string(),
  driver: z.string(),
  link: z.record(z.string(), z.unknown()),
  state: DeviceState,
  since: Time,
  lastHeardAt: Time.nullable().describe('The last good frame.'),
  silenceLimitS: z.number().nullable(),
  lastError: z.object({ code: z.string(), text: z.string(), at: Time }).nullable(),
  counters: z.object({
    frames: z.int(),
    observations: z.int(),
    ignored: z.int(),
    refused: z.int(),
    refusedByCode: z.record(z.string(), z.int()),
    attempts: z.int(),
    reconnects: z.int(),
  }),
  refusals: z
    .array(
      z.object({
        at: Time,
        code: z.string(),
        reason: z.string(),
        bytes: z.string(),
        length: z.int(),
        sha256: z.string(),
      }),
    )
    .describe('The newest refused frames: first bytes in hex, length, SHA-256 and reason. Bounded.'),
  conditions: z.array(z.object({ code: z.string(), severity: z.string(), text: z.string(), since: Time })),
  service: ServiceState.nullable().describe(
    'As somebody last said; null: in service since it was configured. Its lane may be out of service all the same.',
  ),
  mode: Mode.describe("Its own, its lane's or the site's."),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export type DeviceState = z.infer<typeof DeviceState>;
export type DeviceStatus = z.infer<typeof DeviceStatus>;
