import { z } from 'zod';
import { nameFaults, Rule } from '../../src/domain/point-rules.ts';
import { parseSelector } from '../../src/domain/select.ts';

const name = z.string().regex(/^[A-Za-z][\w-]{0,39}$/, 'must be a short name');
/** `$.sensors[0].value`, `$['odd name']`; `$` is the whole payload. */
const Selector = z
  .string()
  .max(200)
  .refine((text) => parseSelector(text) !== null, 'must be a selector such as $.sensors[0].value');

/** One value in a message. */
export const Point = z.strictObject({
  name,
  /** Only in messages of topics that fit, with + and #; in all where left out. */
  topic: z.string().min(1).optional(),
  select: Selector.default('$'),
  /** Words → values, e.g. { ON: 1, OFF: 0 }; true and false are 1 and 0 anyway. */
  words: z.record(z.string(), z.number()).default({}),
  scale: z.number().default(1),
  add: z.number().default(0),
  unit: z.string().max(20).default(''),
  valid: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).prefault({}),
  reading: z.string().max(60).optional(),
  /** A message of its topic without it is refused. */
  required: z.boolean().default(false),
});

/** An MQTT device as data (sheet maps). */
export const MqttProfile = z
  .strictObject({
    payload: z.enum(['json', 'text', 'number']),
    maxBytes: z.int().min(16).max(1_048_576).default(65_536),
    /** The device's own time; that of receipt where left out. */
    time: z.strictObject({ select: Selector, format: z.enum(['iso', 's', 'ms']) }).optional(),
    points: z.array(Point).min(1).max(512),
    rules: z.array(Rule).max(128).default([]),
    silenceS: z.number().positive().nullable().default(null),
  })
  .superRefine(({ points, rules }, context) => {
    for (const message of nameFaults(
      points.map((point) => point.name),
      rules,
    ))
      context.addIssue(message);
  });

export type Point = z.infer<typeof Point>;
export type MqttProfile = z.infer<typeof MqttProfile>;
