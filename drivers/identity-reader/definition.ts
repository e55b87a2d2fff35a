import type { DriverDefinition } from '../../src/ports/driver.ts';
import { readMessages } from '../transport/messages.ts';
import { decode } from './decode.ts';
import { readScannerLines } from './lines.ts';
import { normalise } from './normalise.ts';
import { IdentityReaderOptions } from './options.ts';

/** Readers of plates, containers, travel documents, boarding passes and tags (sheet identity-reader). */
export const identityReader: DriverDefinition<IdentityReaderOptions> = {
  name: 'identity-reader',
  title: 'Identity reader: documents over MQTT, lines of a scanner',
  links: ['mqtt', 'serial', 'tcp'],
  options: IdentityReaderOptions,
  silenceMs: () => null,
  run: (context, signal) => {
    if (context.linkType !== 'mqtt') return readScannerLines(context, signal);
    return readMessages(
      context,
      (frame) => {
        const decoded = decode(frame.bytes);
        const read = decoded.ok ? normalise(decoded.value) : decoded;
        return read.ok ? { ok: true, observations: [read.value] } : read;
      },
      signal,
    );
  },
};
