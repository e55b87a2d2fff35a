import type { ModbusRtuLink } from '../../src/domain/link.ts';
import { LanewatchError } from '../../src/errors.ts';
import { type ModbusClient, modbusClient } from './modbus-client.ts';
import { rtuPort } from './rtu-port.ts';
import { openLine, type SerialLine } from './serial-line.ts';
import { connectSocket } from './socket.ts';

/** An open RS-485 line with its Modbus client. */
export interface RtuLine {
  readonly client: ModbusClient;
  /** What was heard since the last request and was no answer to it. */
  heard(): Uint8Array;
  close(): Promise<void>;
}

const connectTimeoutMs = 5_000;

/** Opens the line, or the socket of a serial device server (`tcp://host:port`). Throws `link-refused` or `link-timeout`. */
export async function openRtuLine(settings: ModbusRtuLink): Promise<RtuLine> {
  const { path } = settings;
  const { stream, flush, close } = path.startsWith('tcp://') ? await openDeviceServer(path) : await openLine(settings);
  // The line keeps what comes while it is closed: an answer that is late must not wait there for the next question.
  await flush();
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  const lost = (reason: string) => gone.reject(new LanewatchError('link-lost', `${path}: ${reason}`));
  stream.on('error', (error) => lost(error.message)).on('close', () => lost('the line is gone'));
  const port = rtuPort(stream);
  return { client: await modbusClient({ port }, path, gone.promise), heard: port.heard, close };
}

async function openDeviceServer(path: string): Promise<SerialLine> {
  const { hostname: host, port } = new URL(path);
  const socket = await connectSocket({ host, port: Number(port) }, AbortSignal.timeout(connectTimeoutMs));
  return { stream: socket, flush: async () => undefined, close: async () => void socket.destroy() };
}
