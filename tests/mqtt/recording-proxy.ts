import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy before a broker that reports every PUBACK of the client, in order, before it passes it on. */
export interface RecordingProxy extends AsyncDisposable {
  readonly port: number;
  /** Breaks every connection off, as a cut cable does not. */
  cut(): void;
}

/** `onPuback`: the packet identifier and the reason code (0 where the packet is the short form or MQTT 3.1.1). */
export async function startRecordingProxy(
  brokerPort: number,
  onPuback: (messageId: number, reasonCode: number) => void,
): Promise<RecordingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    const readPackets = createPacketReader((type, body) => {
      if (type === 4) onPuback(body.readUInt16BE(0), body.length > 2 ? body.readUInt8(2) : 0);
    });
    client.on('data', readPackets);
    for (const [one, other] of [[client, broker] as const, [broker, client] as const]) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Splits a byte stream into MQTT packets: type (MQTT 3.1.1, 2.2.1) and what follows the remaining length. */
function createPacketReader(onPacket: (type: number, body: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      let length = 0;
      let at = 1;
      for (; at < rest.length && at < 5; at += 1) {
        length += (rest.readUInt8(at) & 0x7f) * 128 ** (at - 1);
        if (rest.readUInt8(at) < 0x80) break;
      }
      if (at >= rest.length || rest.length < at + 1 + length) return;
      onPacket(rest.readUInt8(0) >> 4, rest.subarray(at + 1, at + 1 + length));
      rest = rest.subarray(at + 1 + length);
    }
  };
}
