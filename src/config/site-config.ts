import { z } from 'zod';
import { AlarmPolicy } from '../domain/alarm-policy.ts';
import { ExaminationPolicy } from '../domain/examination-policy.ts';
import { OwnGuidance } from '../domain/guidance.ts';
import { Link, Tls } from '../domain/link.ts';
import { RetentionPolicy } from '../domain/sharing/retention.ts';
import { SharingPolicy } from '../domain/sharing/sharing-policy.ts';
import { Id, Lane, MatchingPolicy, Name, Site } from '../domain/site.ts';
import { Mode } from '../domain/words.ts';
import { AccessConfig, HttpConfig } from './access-config.ts';
import { FeedsConfig } from './feed-config.ts';
import { address, File, Host, ListenPort, Variable, WebhookAllow } from './fields.ts';

/** A broker outside. Its credentials are named here and kept apart (secrets.ts). */
const Broker = z.strictObject({
  url: address(['mqtt', 'mqtts', 'ws', 'wss']),
  /** 5 is the default; 4 means MQTT 3.1.1. */
  protocolVersion: z.union([z.literal(4), z.literal(5)]).optional(),
  usernameEnv: Variable.optional(),
  usernameFile: File.optional(),
  passwordEnv: Variable.optional(),
  passwordFile: File.optional(),
  /** For mqtts and wss. */
  tls: Tls.optional(),
});

const Influx = z.strictObject({
  url: address(['http', 'https']),
  org: z.string().min(1),
  bucket: z.string().min(1),
  tokenEnv: Variable.optional(),
  tokenFile: File.optional(),
});

export const Device = z.strictObject({
  id: Id,
  name: Name.optional(),
  lane: Id,
  driver: z.string().min(1),
  link: Link,
  /** As written; the driver's own schema reads them. */
  options: z.record(z.string(), z.unknown()).default({}),
  enabled: z.boolean().default(true),
  /** Other than its lane's. */
  mode: Mode.optional(),
});

/** The configuration file, version 1. Durations in seconds. No secret is ever in it. */
export const SiteConfig = z.strictObject({
  version: z.literal(1),
  site: Site,
  http: HttpConfig.prefault({}),
  access: AccessConfig.prefault({}),
  mqtt: z
    .strictObject({
      embedded: z.strictObject({ host: Host.default('127.0.0.1'), port: ListenPort.default(1883) }).optional(),
      brokers: z.record(Id, Broker).default({}),
    })
    .prefault({}),
  history: z.strictObject({ influx: Influx.optional() }).prefault({}),
  /** Private addresses webhooks may post to all the same. */
  webhooks: z.strictObject({ allow: z.array(WebhookAllow).default([]) }).prefault({}),
  /** What carries events out by itself, beside the webhooks. */
  feeds: FeedsConfig.prefault({}),
  matching: MatchingPolicy.prefault({}),
  alarms: AlarmPolicy.prefault({}),
  guidance: OwnGuidance.prefault({}),
  examinations: ExaminationPolicy.prefault({}),
  /** Who sees what. */
  sharing: SharingPolicy.prefault({}),
  /** How long personal data is kept. */
  retention: RetentionPolicy.prefault({}),
  lanes: z.array(Lane).min(1),
  devices: z.array(Device),
});

export type SiteConfig = z.infer<typeof SiteConfig>;
export type Device = z.infer<typeof Device>;
