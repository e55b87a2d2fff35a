import type { Observation } from '../../src/domain/observation.ts';
import type { DriverContext, DriverDefinition } from '../../src/ports/driver.ts';
import { atRest, decide, type Wanted } from './decide.ts';
import { type Field, openField } from './field.ts';
import { OutputOptions } from './options.ts';

const lookEveryMs = 200;
/** How long the safe states may take at a stop. */
const farewellMs = 1_500;

/** A light tower, relay or barrier driven by the alarms of its lanes. */
export const signalOutput: DriverDefinition<OutputOptions> = {
  name: 'signal-output',
  title: 'Light tower, relay or barrier, driven by alarms',
  links: ['modbus-tcp', 'modbus-rtu', 'mqtt'],
  role: 'output',
  options: OutputOptions,
  silenceMs: ({ refreshS }) => refreshS * 3_000,
  run: async (context, signal) => {
    // The link outlives the stop as long as the safe states take.
    const farewell = new AbortController();
    const leave = () => void setTimeout(() => farewell.abort(signal.reason), farewellMs);
    signal.addEventListener('abort', leave, { once: true });
    try {
      signal.throwIfAborted();
      await using field = await openField(context, farewell.signal);
      context.online();
      await drive(context, field, signal);
      for (const one of context.options.signals) await field.put(one, one.failSafe === 'on');
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', leave);
      farewell.abort(signal.reason);
    }
  },
};

/** Writes what has changed at once and everything now and then, and compares what the field shows. */
async function drive(context: DriverContext<OutputOptions>, field: Field, signal: AbortSignal): Promise<void> {
  const { options, clock, board, device } = context;
  const lanes = options.lanes ?? [device.laneId];
  const wanted = new Map<string, Wanted>();
  const written = new Map<string, boolean>();
  const differsSinceMs = new Map<string, number>();
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  for (let beats = 0; !signal.aborted; ) {
    const nowMs = clock.now();
    const refresh = Math.abs(nowMs - refreshedAtMs) >= options.refreshS * 1000;
    const standing = board.standing(lanes);
    const observations: Observation[] = [];
    for (const one of options.signals) {
      const next = decide(one, standing, wanted.get(one.name) ?? atRest, nowMs);
      wanted.set(one.name, next);
      if (refresh || written.get(one.name) !== next.on) {
        await field.put(one, next.on);
        written.set(one.name, next.on);
        observations.push(stateOf(one.name, next.on, clock.now()));
      }
      const shown = await field.show(one);
      if (shown === null || shown === next.on) differsSinceMs.delete(one.name);
      else differsSinceMs.set(one.name, differsSinceMs.get(one.name) ?? nowMs);
      if (shown !== null) observations.push(faultOf(one.name, differsSinceMs.get(one.name), options.readBackS, nowMs));
    }
    if (refresh) {
      beats += 1;
      await field.beat(beats);
      refreshedAtMs = nowMs;
    }
    const states = options.signals.map(({ name }) => (written.get(name) === true ? '1' : '0')).join('');
    if (refresh || observations.length > 0) {
      context.report({ bytes: Buffer.from(states), receivedAtMs: clock.now() }, observations);
    }
    await clock.sleep(lookEveryMs, signal).catch(() => undefined);
  }
}

function stateOf(name: string, on: boolean, observedAtMs: number): Observation {
  return { type: 'reading', quantity: `output-${name}`, value: Number(on), unit: 'on', quality: 'good', observedAtMs };
}

function faultOf(name: string, sinceMs: number | undefined, graceS: number, nowMs: number): Observation {
  const active = sinceMs !== undefined && Math.abs(nowMs - sinceMs) >= graceS * 1000;
  const text = `${name} does not show what it was told`;
  return { type: 'condition', code: `output-${name}`, active, severity: 'error', text, observedAtMs: nowMs };
}
