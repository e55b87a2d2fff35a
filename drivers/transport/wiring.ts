import type { Link, LinkType } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { MessageBus } from '../../src/ports/message-bus.ts';
import type { Wire } from '../../src/ports/wire.ts';
import { openByteLink } from './byte-link.ts';
import { openFolder, readFolder } from './folder.ts';
import { openModbusTcp } from './modbus-tcp.ts';
import { createRtuBus, type RtuBus } from './rtu-bus.ts';

const answerTimeoutsMs = { 'modbus-tcp': 2_000, 'modbus-rtu': 500 } as const;

/** The real wires of a post. Devices on one RS-485 line share it. */
export type Wiring = (device: { readonly id: string; readonly link: Link }) => Wire;

/** `bus` throws a configuration fault for a broker that is not configured. */
export function createWiring(bus: (name: string) => MessageBus, clock: Clock): Wiring {
  const lines = new Map<string, RtuBus>();
  const lineOf = (link: Extract<Link, { type: 'modbus-rtu' }>): RtuBus => {
    const line = lines.get(link.path) ?? createRtuBus(link);
    lines.set(link.path, line);
    return line;
  };
  return ({ id, link }) => ({
    modbusUnit: 'unit' in link ? link.unit : null,
    bytes: async (signal) => {
      if (link.type !== 'tcp' && link.type !== 'serial') throw notSpoken(link, ['tcp', 'serial']);
      return openByteLink(link, signal);
    },
    modbus: async (signal, way = {}) => {
      if (link.type !== 'modbus-tcp' && link.type !== 'modbus-rtu') throw notSpoken(link, ['modbus-tcp', 'modbus-rtu']);
      const { unit = link.unit, answerTimeoutMs = link.timeoutMs ?? answerTimeoutsMs[link.type] } = way;
      if (unit === 'scan') throw new LanewatchError('configuration-fault', 'this driver cannot scan: give the unit');
      const given = { unit, answerTimeoutMs };
      return link.type === 'modbus-tcp' ? openModbusTcp(link, given, signal) : lineOf(link).join(given, signal);
    },
    messages: async (signal) => {
      if (link.type === 'folder') {
        await openFolder(link.path);
        return readFolder(link, clock, signal);
      }
      if (link.type !== 'mqtt') throw notSpoken(link, ['mqtt', 'folder']);
      const { broker, topic, qos } = link;
      return bus(broker).subscribe({ subscriber: id, topic, qos }, signal);
    },
    publisher: async (signal, { name, will }) => {
      if (link.type !== 'mqtt') throw notSpoken(link, ['mqtt']);
      return bus(link.broker).publisher({ id: `${id}-${name}`, will }, signal);
    },
  });
}

function notSpoken(link: Link, wanted: readonly LinkType[]): LanewatchError {
  return new LanewatchError('configuration-fault', `needs a link of type ${wanted.join(' or ')}, not ${link.type}`);
}
