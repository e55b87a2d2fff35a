import { LanewatchError } from '../../src/errors.ts';
import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import { lifeOf } from '../transport/life.ts';
import type { OutputOptions, OutputSignal } from './options.ts';

/** The field's side of an output, whatever carries it. */
export interface Field extends AsyncDisposable {
  /** Resolves when the field has it. Throws `link-lost` or `link-timeout`. */
  put(signal: OutputSignal, on: boolean): Promise<void>;
  beat(count: number): Promise<void>;
  /** What the field shows; null where it shows nothing, or nothing yet. */
  show(signal: OutputSignal): Promise<boolean | null>;
}

type Context = DriverContext<OutputOptions>;

export function openField(context: Context, signal: AbortSignal): Promise<Field> {
  return context.linkType === 'mqtt' ? mqttField(context, signal) : modbusField(context, signal);
}

async function modbusField(context: Context, signal: AbortSignal): Promise<Field> {
  const link = await context.wire.modbus(signal);
  const done = async (answering: ReturnType<typeof link.write>) => {
    const answer = await answering;
    if (!answer.ok) context.refuse(frameOf(context, answer.bytes), answer.code, answer.reason);
    return answer;
  };
  return {
    put: async ({ write }, on) => {
      if (write === undefined) throw new LanewatchError('configuration-fault', 'a Modbus output needs write');
      await done(link.write(write.table, write.address, on ? write.on : write.off));
    },
    beat: async (count) => {
      const { heartbeat } = context.options;
      if (heartbeat !== undefined) await done(link.write('holding', heartbeat.address, count & 0xffff));
    },
    show: async ({ readBack }) => {
      if (readBack === undefined || 'topic' in readBack) return null;
      const answer = await done(link.read(readBack.table, readBack.address, 1));
      return answer.ok ? answer.values[0] === readBack.on : null;
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}

/** Each signal is a client of its own, so that the broker can say what is safe for each when we are gone. */
async function mqttField(context: Context, signal: AbortSignal): Promise<Field> {
  await using opened = new AsyncDisposableStack();
  const shown = new Map<string, string>();
  const messages = await context.wire.messages(signal);
  const publishers = new Map<string, Awaited<ReturnType<typeof context.wire.publisher>>>();
  for (const { name, publish, failSafe } of context.options.signals) {
    if (publish === undefined) throw new LanewatchError('configuration-fault', 'an MQTT output needs publish');
    const will = { topic: publish.topic, payload: publish[failSafe] };
    publishers.set(name, opened.use(await context.wire.publisher(signal, { name, will })));
  }
  const lost = Promise.withResolvers<never>();
  const during = lifeOf(lost.promise);
  const listen = async () => {
    for await (const { topic, payload, acknowledge } of messages) {
      shown.set(topic, Buffer.from(payload).toString('utf8').slice(0, 200));
      acknowledge(true);
    }
  };
  listen().catch((error) => lost.reject(error));
  const owned = opened.move();
  return {
    put: async ({ name, publish }, on) => {
      if (publish === undefined) return;
      const sent = publishers.get(name)?.publish(publish.topic, on ? publish.on : publish.off, true);
      await during(Promise.resolve(sent));
    },
    beat: async () => undefined,
    show: async ({ readBack }) => {
      if (readBack === undefined || !('topic' in readBack)) return null;
      const text = shown.get(readBack.topic);
      return text === undefined ? null : text === readBack.on;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function frameOf(context: Context, bytes: Uint8Array): Frame {
  return { bytes, receivedAtMs: context.clock.now() };
}
