import { z } from 'zod';
import type { DriverDefinition } from '../../src/ports/driver.ts';
import { readMessages } from '../transport/messages.ts';
import { decode } from './decode.ts';
import { normalise } from './normalise.ts';

export const IdentityReaderOptions = z.strictObject({});
export type IdentityReaderOptions = z.infer<typeof IdentityReaderOptions>;

/** Readers of plates, containers, travel documents, boarding passes and tags over MQTT (sheet identity-reader). */
export const identityReader: DriverDefinition<IdentityReaderOptions> = {
  name: 'identity-reader',
  title: 'Identity reader (MQTT)',
  links: ['mqtt'],
  options: IdentityReaderOptions,
  silenceMs: () => null,
  run: (context, signal) =>
    readMessages(
      context,
      (frame) => {
        const decoded = decode(frame.bytes);
        const read = decoded.ok ? normalise(decoded.value) : decoded;
        return read.ok ? { ok: true, observations: [read.value] } : read;
      },
      signal,
    ),
};
