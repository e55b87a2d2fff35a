import { z } from 'zod';
import { Tls } from '../domain/link.ts';
import { Id } from '../domain/site.ts';
import { FeedTerms } from '../domain/subscription.ts';
import { address, File, Variable } from './fields.ts';
import type { Finding } from './problem.ts';
import type { SiteConfig } from './site-config.ts';

const ConfiguredFeed = FeedTerms.extend({
  id: Id,
  /** Where a feed that has never run begins: with what happens from now on, or with the oldest event. */
  from: z.enum(['now', 'beginning']).default('now'),
  enabled: z.boolean().default(true),
});

const topicPrefix = z
  .string()
  .max(200)
  .regex(
    /^[^\s/#+$\0][^\s#+\0]*[^\s/#+\0]$|^[^\s/#+$\0]$/,
    'must be a topic without wildcards, and without a slash at its ends',
  );

/** Topics `PREFIX/events/TYPE` (QoS 1), and retained `PREFIX/lanes/LANE/alarm` and `PREFIX/status`. */
export const MqttFeed = ConfiguredFeed.extend({
  /** `embedded`, or a key of `mqtt.brokers`. */
  broker: z.string().min(1),
  topic: topicPrefix,
  qos: z.literal(1).default(1),
});

const subjectPrefix = z
  .string()
  .max(200)
  .regex(
    /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/,
    'must be words of letters, digits, dashes and underscores, with dots between',
  );

/** A stream of JetStream, with the subjects `SUBJECT.TYPE`. It is made where it is missing, and left as it is where it stands. */
export const NatsFeed = ConfiguredFeed.extend({
  url: address(['nats', 'tls']),
  subject: subjectPrefix,
  stream: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, dashes and underscores'),
  /** The server drops what is sent twice within it. Seconds. */
  duplicateWindowS: z.number().min(1).max(604_800).default(7_200),
  /** A stream that is made here drops what is older; 0: nothing. */
  keepDays: z.number().min(0).max(3_650).default(30),
  replicas: z.int().min(1).max(5).default(1),
  usernameEnv: Variable.optional(),
  usernameFile: File.optional(),
  passwordEnv: Variable.optional(),
  passwordFile: File.optional(),
  tokenEnv: Variable.optional(),
  tokenFile: File.optional(),
  /** What `nsc` gives out as a `.creds` file. */
  credentialsEnv: Variable.optional(),
  credentialsFile: File.optional(),
  tls: Tls.optional(),
}).refine(({ duplicateWindowS, keepDays }) => keepDays === 0 || duplicateWindowS <= keepDays * 86_400, {
  path: ['duplicateWindowS'],
  message: 'must not be longer than keepDays',
});

export const FeedsConfig = z.strictObject({
  mqtt: z.array(MqttFeed).max(50).default([]),
  nats: z.array(NatsFeed).max(50).default([]),
});

export type MqttFeed = z.infer<typeof MqttFeed>;
export type NatsFeed = z.infer<typeof NatsFeed>;

/** What feeds name must be there, or be there once. */
export function feedFindings({ feeds, mqtt, lanes }: SiteConfig): readonly Finding[] {
  const all = (['mqtt', 'nats'] as const).flatMap((kind) =>
    feeds[kind].map((feed, index) => ({ feed, path: ['feeds', kind, index] as readonly PropertyKey[] })),
  );
  const brokers = [...(mqtt.embedded === undefined ? [] : ['embedded']), ...Object.keys(mqtt.brokers)];
  const known = lanes.map(({ id }) => id);
  return all.flatMap(({ feed, path }, index) => [
    ...(all.findIndex((other) => other.feed.id === feed.id) === index
      ? []
      : [{ path: [...path, 'id'], message: `"${feed.id}" is already the id of another feed` }]),
    ...(!('broker' in feed) || brokers.includes(feed.broker)
      ? []
      : [
          {
            path: [...path, 'broker'],
            message: `there is no broker "${feed.broker}": there are ${brokers.join(', ') || 'none'}`,
          },
        ]),
    ...(feed.lanes ?? []).flatMap((lane, at) =>
      known.includes(lane)
        ? []
        : [{ path: [...path, 'lanes', at], message: `there is no lane "${lane}": there are ${known.join(', ')}` }],
    ),
  ]);
}
