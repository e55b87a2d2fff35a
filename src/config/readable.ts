import { z } from 'zod';

const readable = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = readable(z.string());

const credentials = {
  usernameEnv: text,
  usernameFile: text,
  passwordEnv: text,
  passwordFile: text,
  tokenEnv: text,
  tokenFile: text,
  credentialsEnv: text,
  credentialsFile: text,
  clientSecretEnv: text,
  clientSecretFile: text,
};
const Credentials = z.object(credentials).catch({});
const ReadableFeed = z.object({ id: text, ...credentials }).catch({});
const ReadableLink = z.object({
  type: text,
  host: text,
  port: readable(z.number()),
  unit: readable(z.union([z.number(), z.string()])),
  path: text,
  baudRate: readable(z.number()),
  parity: text,
  dataBits: readable(z.number()),
  stopBits: readable(z.number()),
  broker: text,
  topic: text,
});
const ReadableDevice = z
  .object({
    id: text,
    lane: text,
    driver: text,
    link: ReadableLink.catch({}),
    options: z.unknown().optional(),
    enabled: z.boolean().catch(true),
  })
  .catch({ link: {}, enabled: true });

/**
 * As much of the file as can be made out, however wrong the rest is: so that references, links and secrets are
 * checked in the same go as the schema, and the user hears of everything at once. What is wrong with a value itself
 * is for the schema to say; here it is just absent.
 */
export const ReadableConfig = z
  .object({
    mqtt: z
      .object({
        embedded: z.unknown().optional(),
        brokers: z.record(z.string(), Credentials).catch({}),
      })
      .catch({ brokers: {} }),
    history: z.object({ influx: Credentials.optional() }).catch({}),
    access: z.object({ oidc: Credentials.optional() }).catch({}),
    feeds: z.object({ nats: z.array(ReadableFeed).catch([]) }).catch({ nats: [] }),
    lanes: z.array(z.object({ id: text, rearReaders: z.array(text).catch([]) }).catch({ rearReaders: [] })).catch([]),
    devices: z.array(ReadableDevice).catch([]),
  })
  .catch({ mqtt: { brokers: {} }, history: {}, access: {}, feeds: { nats: [] }, lanes: [], devices: [] });

export type ReadableConfig = z.infer<typeof ReadableConfig>;
export type ReadableLink = z.infer<typeof ReadableLink>;
export type Credentials = z.infer<typeof Credentials>;
