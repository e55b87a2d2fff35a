import { z } from 'zod';
import { Mode, Severity } from './words.ts';

const Time = z.iso.datetime();

/** State of a link as it became. */
export const DeviceFact = z.object({
  deviceId: z.string(),
  laneId: z.string(),
  reason: z.string().nullable().describe('Why, in words.'),
});

/** A state of the equipment; never a detection. */
export const ConditionFact = z.object({
  deviceId: z.string(),
  laneId: z.string(),
  code: z.string(),
  severity: Severity,
  text: z.string(),
  observedAt: Time,
  notedAt: Time.optional().describe('When we took note, by our own clock. Absent in old facts.'),
  raises: z
    .array(Time)
    .optional()
    .describe('When we took note of each time it was raised lately, oldest first. Absent in old facts.'),
  reworded: z.array(Time).optional().describe('When its text alone changed lately, while it was there.'),
});

/** The device counted subjects, or samples, that never reached us. */
export const MissedFact = z.object({
  deviceId: z.string(),
  laneId: z.string(),
  missed: z.number(),
  counter: z.number(),
  observedAt: Time,
});

/** A message we owe an acknowledgement for and could not use: durable before it is acknowledged. */
export const RefusedFact = z.object({
  deviceId: z.string(),
  laneId: z.string(),
  code: z.string(),
  reason: z.string(),
  receivedAt: Time,
  length: z.int(),
  sha256: z.string(),
  bytes: z.string().describe('The first bytes, in hex.'),
});

/** More alarms than one operator can answer. */
export const FloodFact = z.object({
  position: z.string(),
  alarms: z.int().describe('How many there were within the window.'),
  at: Time,
});

/** The configuration the service runs by. */
export const ConfigFact = z.object({ sha256: z.string(), lanes: z.int(), devices: z.int(), mode: Mode });

/** Who asked for what, from where and for which purpose, and whether it was allowed. */
export const AccessFact = z.object({
  by: z.string().describe('Their name; of a failed sign-in, the name that was given.'),
  role: z.string().nullable(),
  agency: z.string().nullable(),
  from: z.string().describe('The address it came from.'),
  action: z.string().describe('E.g. `sign-in`, `read`, `dispose`.'),
  subjects: z.array(z.string()).describe('What it was about, e.g. `alarms/{id}`.'),
  version: z.int().nullable().describe('The version of its subject that was meant, where one was named.'),
  purpose: z.string().nullable(),
  detail: z.string().nullable(),
});

export type AccessFact = Readonly<z.infer<typeof AccessFact>>;
export type DeviceFact = Readonly<z.infer<typeof DeviceFact>>;
export type ConditionFact = Readonly<z.infer<typeof ConditionFact>>;
export type MissedFact = Readonly<z.infer<typeof MissedFact>>;
export type RefusedFact = Readonly<z.infer<typeof RefusedFact>>;
export type FloodFact = Readonly<z.infer<typeof FloodFact>>;
export type ConfigFact = Readonly<z.infer<typeof ConfigFact>>;
