import { z } from 'zod';

/** How a device is reached. The shapes are those of the configuration file (docs: contract, "Configuration"). */
const port = z.int().min(1).max(65_535);
const host = z.string().min(1).max(253);
/** `scan`: the driver looks for it, where it can (Aspect). */
const unit = z.union([z.int().min(1).max(247), z.literal('scan')]);

const file = z.string().min(1);
/**
 * TLS with the peer's name checked. PEM files, read at each attempt, so that a renewed certificate needs no restart;
 * `certFile` with `keyFile` is our own certificate, for peers that ask for one. Relative paths start at the configuration file.
 */
export const Tls = z
  .strictObject({
    /** The authority that signed the peer's certificate; the system's where absent. */
    caFile: file.optional(),
    certFile: file.optional(),
    keyFile: file.optional(),
    /** The name in the peer's certificate, where it is not the host's. */
    serverName: host.optional(),
  })
  .refine(({ certFile, keyFile }) => (certFile === undefined) === (keyFile === undefined), {
    message: 'certFile and keyFile go together',
  });

export const TcpLink = z.strictObject({ type: z.literal('tcp'), host, port, tls: Tls.optional() });
const lineSettings = {
  baudRate: z.int().min(50).max(4_000_000).default(9600),
  dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
};
export const SerialLink = z.strictObject({ type: z.literal('serial'), path: z.string().min(1), ...lineSettings });
/** How long an answer may take, in milliseconds; 2,000 over TCP and 500 on a line where left out. */
const timeoutMs = z.int().min(20).max(10_000);
export const ModbusTcpLink = z.strictObject({
  type: z.literal('modbus-tcp'),
  host,
  port: port.default(502),
  unit,
  timeoutMs: timeoutMs.optional(),
});
/** One RS-485 line, shared by its units. `path`: the line, or `tcp://host:port` of a serial device server in raw mode. */
export const ModbusRtuLink = z.strictObject({
  type: z.literal('modbus-rtu'),
  path: z
    .string()
    .min(1)
    .refine((path) => !path.startsWith('tcp:') || /^tcp:\/\/(\[[\da-f:]+\]|[^\s:/[\]]+):\d{1,5}$/i.test(path), {
      message: 'must be tcp://host:port, or the path of a serial line',
    }),
  ...lineSettings,
  unit,
  timeoutMs: timeoutMs.optional(),
});
/** A folder into which a device drops one file per document; they are moved to `done/` or `refused/` in it. */
export const FolderLink = z.strictObject({
  type: z.literal('folder'),
  path: z.string().min(1),
  /** Names taken: `*` stands for any characters, `?` for one. */
  pattern: z
    .string()
    .regex(/^[^/]+$/, 'must be a file name pattern without folders')
    .default('*'),
});
export const MqttLink = z.strictObject({
  type: z.literal('mqtt'),
  /** `embedded`, or a key of `mqtt.brokers`. */
  broker: z.string().min(1),
  /** Topic filter; `+` and `#` are allowed. */
  topic: z.string().min(1),
  qos: z.union([z.literal(0), z.literal(1)]).default(1),
});

export const Link = z.discriminatedUnion('type', [
  TcpLink,
  SerialLink,
  ModbusTcpLink,
  ModbusRtuLink,
  MqttLink,
  FolderLink,
]);
export type Tls = z.infer<typeof Tls>;
export type TcpLink = z.infer<typeof TcpLink>;
export type SerialLink = z.infer<typeof SerialLink>;
export type ModbusTcpLink = z.infer<typeof ModbusTcpLink>;
export type ModbusRtuLink = z.infer<typeof ModbusRtuLink>;
export type FolderLink = z.infer<typeof FolderLink>;
export type MqttLink = z.infer<typeof MqttLink>;
export type Link = z.infer<typeof Link>;
export type LinkType = Link['type'];
