import { z } from 'zod';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import { readMessages } from '../transport/messages.ts';
import { decode } from './decode.ts';
import { normalise } from './normalise.ts';
import { XrayProfile } from './profile.ts';

/** Options of one scanner. `maxBytes`: the largest document taken. */
export const XrayOptions = z.strictObject({
  profile: z.string().default('dicos'),
  maxBytes: z
    .int()
    .min(1_024)
    .max(8 * 1024 * 1024)
    .default(1024 * 1024),
});
export type XrayOptions = z.infer<typeof XrayOptions>;

/** X-ray and CT scanners that send threat detection reports over MQTT or in a folder (sheet xray-tdr). */
export const xrayTdr: DriverDefinition<XrayOptions, XrayProfile> = {
  name: 'xray-tdr',
  title: 'X-ray scanner, threat detection reports',
  links: ['mqtt', 'folder'],
  options: XrayOptions,
  profile: XrayProfile,
  silenceMs: () => null,
  run: (context, signal) =>
    readMessages(
      context,
      (frame) => {
        const decoded = decode(frame.bytes, context.options.maxBytes, context.profile);
        return decoded.ok ? { ok: true, observations: [normalise(decoded.value)] } : decoded;
      },
      signal,
    ),
};
