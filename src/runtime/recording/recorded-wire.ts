import { LanewatchError, messageOf } from '../../errors.ts';
import type { BusMessage } from '../../ports/message-bus.ts';
import type { ByteLink, ModbusAnswer, ModbusLink, Wire } from '../../ports/wire.ts';
import type { RecordingEntry } from './format.ts';

/** A wire that writes down what comes over it before it hands it on, to the byte. What is sent is not a device's word and is left out. */
export function recordedWire(wire: Wire, write: (entry: RecordingEntry) => void, now: () => number): Wire {
  /** Notes how an attempt ends, and lets it end so. */
  const lost = (error: unknown): never => {
    const code = error instanceof LanewatchError ? error.code : 'link-lost';
    write({ at: now(), what: 'lost', code, reason: messageOf(error) });
    throw error;
  };
  const opened = async <T>(kind: 'bytes' | 'modbus' | 'messages', open: Promise<T>): Promise<T> => {
    const link = await open.catch(lost);
    write({ at: now(), what: 'open', kind });
    return link;
  };
  return {
    modbusUnit: wire.modbusUnit,
    bytes: async (signal) => {
      const link = await opened('bytes', wire.bytes(signal));
      const heard = (chunk: Uint8Array) => write({ at: now(), what: 'bytes', base64: base64Of(chunk) });
      return { [Symbol.asyncIterator]: () => told(link, heard, lost), [Symbol.asyncDispose]: disposer(link) };
    },
    modbus: async (signal, way) => {
      const link = await opened('modbus', wire.modbus(signal, way));
      const asked = async (request: string, answering: Promise<ModbusAnswer>) => {
        const answer = await answering.catch(lost);
        write({ at: now(), what: 'modbus', request, answer: answerEntry(answer) });
        return answer;
      };
      return {
        read: (...ask) => asked(`read ${ask.join(' ')}`, link.read(...ask)),
        write: (...ask) => asked(`write ${ask.join(' ')}`, link.write(...ask)),
        [Symbol.asyncDispose]: disposer(link),
      };
    },
    messages: async (signal) => {
      const messages = await opened('messages', wire.messages(signal));
      const heard = ({ topic, retained, payload }: BusMessage) =>
        write({ at: now(), what: 'message', topic, retained, base64: base64Of(payload) });
      return { [Symbol.asyncIterator]: () => told(messages, heard, lost) };
    },
    publisher: (signal, sender) => wire.publisher(signal, sender),
  };
}

async function* told<T>(source: AsyncIterable<T>, heard: (item: T) => void, lost: (error: unknown) => never) {
  try {
    for await (const item of source) {
      heard(item);
      yield item;
    }
  } catch (error) {
    lost(error);
  }
}

function disposer(link: ByteLink | ModbusLink): () => PromiseLike<void> {
  return () => link[Symbol.asyncDispose]();
}

function answerEntry(answer: ModbusAnswer): Extract<RecordingEntry, { what: 'modbus' }>['answer'] {
  if (answer.ok) return { values: [...answer.values] };
  return { code: answer.code, reason: answer.reason, base64: base64Of(answer.bytes) };
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
