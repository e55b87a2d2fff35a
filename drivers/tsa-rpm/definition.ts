import type { DriverDefinition } from '../../src/ports/driver.ts';
import { TsaOptions } from './options.ts';
import { readStoredDays } from './stored-day.ts';
import { readStream } from './stream.ts';

/** TSA / Rapiscan portals: the live ASCII stream, or its stored daily files in a folder (sheet tsa-rpm). */
export const tsaRpm: DriverDefinition<TsaOptions> = {
  name: 'tsa-rpm',
  title: 'TSA / Rapiscan portal monitor, ASCII stream',
  links: ['tcp', 'serial', 'folder'],
  options: TsaOptions,
  // Backgrounds come every 5 s; a folder is silent until somebody puts a file into it.
  silenceMs: (_options, _profile, linkType) => (linkType === 'folder' ? null : 12_000),
  run: (context, signal) =>
    context.linkType === 'folder' ? readStoredDays(context, signal) : readStream(context, signal),
};
