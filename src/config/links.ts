import type { Finding } from './problem.ts';
import type { ReadableConfig, ReadableLink } from './readable.ts';

/** Links that cannot work: a second device on a wire that carries one only, a topic filter MQTT does not know. */
export function linkFindings({ devices }: ReadableConfig): readonly Finding[] {
  return devices.flatMap(({ link, enabled }, index) => {
    const path = ['devices', index, 'link'];
    const topicFault = link.type === 'mqtt' && link.topic !== undefined ? topicFilterFault(link.topic) : null;
    if (topicFault !== null) return [{ path: [...path, 'topic'], message: topicFault }];
    const first = devices.findIndex((other) => other.enabled && sameWire(other.link, link));
    // A disabled device is a spare: it may stand ready on the wire of another.
    if (!enabled || first === -1 || first >= index) return [];
    return [{ path, message: `is the wire of devices[${first}] too, which carries one device only` }];
  });
}

function sameWire(one: ReadableLink, other: ReadableLink): boolean {
  const wire = wireOf(one);
  if (wire === undefined || wire !== wireOf(other)) return false;
  return one.type !== 'modbus-tcp' || other.type !== 'modbus-tcp' || one.unit === other.unit;
}

function wireOf({ type, host, port, path }: ReadableLink): string | undefined {
  if (type === 'serial') return path;
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
