import type { Finding } from './problem.ts';
import type { ReadableConfig, ReadableLink } from './readable.ts';

/** Links that cannot work: a second device on a wire that carries one only, a topic filter MQTT does not know. */
export function linkFindings({ devices }: ReadableConfig): readonly Finding[] {
  return devices.flatMap(({ link, enabled }, index) => {
    const path = ['devices', index, 'link'];
    const topicFault = link.type === 'mqtt' && link.topic !== undefined ? topicFilterFault(link.topic) : null;
    if (topicFault !== null) return [{ path: [...path, 'topic'], message: topicFault }];
    // A disabled device is a spare: it may stand ready on the wire of another.
    if (!enabled || wireOf(link) === undefined) return [];
    const others = devices.slice(0, index).filter((other) => other.enabled && wireOf(other.link) === wireOf(link));
    const clash = others.map((other) => clashOf(other.link, link)).find((found) => found !== null);
    const first = devices.findIndex((other) => others.includes(other) && clashOf(other.link, link) !== null);
    if (clash == null) return [];
    return [{ path, message: `is the wire of devices[${first}] too, ${clash}` }];
  });
}

/** Why two devices cannot be on one wire, or null: several units may share a Modbus server or an RS-485 line. */
function clashOf(one: ReadableLink, other: ReadableLink): string | null {
  const shared = one.type === other.type && (one.type === 'modbus-tcp' || one.type === 'modbus-rtu');
  if (!shared) return 'which carries one device only';
  if (one.unit === other.unit) return 'which carries one device only';
  const differing = (['baudRate', 'parity', 'dataBits', 'stopBits'] as const).find((key) => one[key] !== other[key]);
  return differing === undefined ? null : `with another ${differing}: a line has one setting for all its units`;
}

function wireOf({ type, host, port, path }: ReadableLink): string | undefined {
  if (type === 'serial' || type === 'modbus-rtu' || type === 'folder') return path;
  if (type !== 'tcp' && type !== 'modbus-tcp') return undefined;
  if (host === undefined) return undefined;
  return `${host.toLowerCase().replace(/^localhost$/, '127.0.0.1')}:${port ?? 502}`;
}

/** MQTT 5.0, 4.7.1. Shared subscriptions are not for us: a device's messages must come to one reader. */
function topicFilterFault(filter: string): string | null {
  if (filter.startsWith('$share/')) return 'must not be a shared subscription';
  if (filter.includes('\0')) return 'must not hold a null character';
  const levels = filter.split('/');
  if (levels.some((level) => level.length > 1 && /[+#]/.test(level)))
    return 'has a wildcard (+ or #) that is not a level of its own';
  if (levels.slice(0, -1).includes('#')) return 'has a # that is not its last level';
  return null;
}
