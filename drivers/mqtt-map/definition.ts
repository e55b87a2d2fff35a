import { z } from 'zod';
import type { Reading } from '../../src/domain/observation.ts';
import { abandonRules, initialRules, runRules } from '../../src/domain/point-rules.ts';
import type { DriverDefinition, Frame } from '../../src/ports/driver.ts';
import { readMessages } from '../transport/messages.ts';
import { decode } from './decode.ts';
import { MqttProfile } from './profile.ts';

/** Options of one device: which model it is. */
export const MqttMapOptions = z.strictObject({ profile: z.string() });
export type MqttMapOptions = z.infer<typeof MqttMapOptions>;

/** Any device that publishes values, described as data (sheet maps). */
export const mqttMap: DriverDefinition<MqttMapOptions, MqttProfile> = {
  name: 'mqtt-map',
  title: 'Any MQTT device, described by a profile',
  links: ['mqtt'],
  options: MqttMapOptions,
  profile: MqttProfile,
  silenceMs: (_options, { silenceS }) => (silenceS === null ? null : silenceS * 1000),
  run: async (context, signal) => {
    const { profile, clock } = context;
    const units = new Map(profile.points.map(({ name, unit }) => [name, unit] as const));
    const settings = { rules: profile.rules, units };
    let state = initialRules;
    let last: Frame = { bytes: new Uint8Array(), receivedAtMs: clock.now() };
    try {
      await readMessages(
        context,
        (frame, { topic }) => {
          const decoded = decode(frame.bytes, topic, profile);
          if (!decoded.ok) return decoded;
          const { values, refused } = decoded;
          if (refused.length > 0 && values.size === 0)
            return { ok: false, code: 'implausible', reason: refused.join(', ') };
          if (refused.length > 0) context.refuse(frame, 'implausible', refused.join(', '));
          const atMs = decoded.atMs ?? frame.receivedAtMs;
          const next = runRules(state, values, settings, atMs);
          state = next.state;
          last = frame;
          return { ok: true, observations: [...readings(profile, values, atMs), ...next.observations] };
        },
        signal,
      );
    } finally {
      const left = abandonRules(state, settings, clock.now());
      if (left.length > 0) context.report(last, left);
    }
  },
};

function readings({ points }: MqttProfile, values: ReadonlyMap<string, number>, atMs: number): readonly Reading[] {
  return points.flatMap(({ name, reading, unit }): readonly Reading[] => {
    const value = values.get(name);
    if (reading === undefined || value === undefined) return [];
    return [{ type: 'reading', quantity: reading, value, unit, quality: 'good', observedAtMs: atMs }];
  });
}
