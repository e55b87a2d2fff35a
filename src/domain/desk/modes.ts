import type { Lane } from '../site.ts';
import type { Mode } from '../words.ts';
import type { DeskContext } from './decision.ts';

/**
 * The mode of what a device sees: as configured for the device, else its lane, else the post; and never more real than
 * the device itself `told`.
 */
export function modeOf(
  { site, deviceModes }: Pick<DeskContext, 'site' | 'deviceModes'>,
  lane: Pick<Lane, 'mode'> | undefined,
  deviceId: string,
  told: Mode | null = null,
): Mode {
  if (told !== null && told !== 'operational') return told;
  return deviceModes.get(deviceId) ?? lane?.mode ?? site.mode;
}
