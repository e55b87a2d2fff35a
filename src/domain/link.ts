import { z } from 'zod';

/** How a device is reached. The shapes are those of the configuration file (docs: contract, "Configuration"). */
const port = z.int().min(1).max(65_535);
const host = z.string().min(1).max(253);
const unit = z.int().min(1).max(247);

export const TcpLink = z.strictObject({ type: z.literal('tcp'), host, port });
export const SerialLink = z.strictObject({
  type: z.literal('serial'),
  path: z.string().min(1),
  baudRate: z.int().min(50).max(4_000_000).default(9600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
});
export const ModbusTcpLink = z.strictObject({ type: z.literal('modbus-tcp'), host, port: port.default(502), unit });
export const MqttLink = z.strictObject({
  type: z.literal('mqtt'),
  /** `embedded`, or a key of `mqtt.brokers`. */
  broker: z.string().min(1),
  /** Topic filter; `+` and `#` are allowed. */
  topic: z.string().min(1),
  qos: z.union([z.literal(0), z.literal(1)]).default(1),
});

export const Link = z.discriminatedUnion('type', [TcpLink, SerialLink, ModbusTcpLink, MqttLink]);
export type TcpLink = z.infer<typeof TcpLink>;
export type SerialLink = z.infer<typeof SerialLink>;
export type ModbusTcpLink = z.infer<typeof ModbusTcpLink>;
export type MqttLink = z.infer<typeof MqttLink>;
export type Link = z.infer<typeof Link>;
export type LinkType = Link['type'];
