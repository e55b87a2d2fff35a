import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Detection, Observation, OccupancyReport } from '../../src/domain/observation.ts';
import type { DriverContext, Frame } from '../../src/ports/driver.ts';
import type { BusMessage } from '../../src/ports/message-bus.ts';
import { decode } from './decode.ts';
import { abandon, initialState, normalise } from './normalise.ts';
import type { TsaOptions } from './options.ts';
import { dayOf, isSpectroscopic, storedLines } from './stored-lines.ts';

/** After so many lines everybody else has a turn, and the journal has to have caught up. */
const slice = 500;
const shownBytes = 4_096;

type Context = DriverContext<TsaOptions>;

/**
 * Stored daily files through the same decoder: what passed then, as whole occupancies with ids of their own, so that a file
 * taken twice changes nothing. Readings, tampering and background faults of then are no news now and are left out.
 */
export async function readStoredDays(context: Context, signal: AbortSignal): Promise<void> {
  const messages = await context.wire.messages(signal);
  context.online();
  for await (const message of messages) {
    const fault = await importDay(context, message, signal);
    if (signal.aborted) return;
    if (fault !== null) {
      const bytes = message.payload.subarray(0, shownBytes);
      context.refuse({ bytes, receivedAtMs: message.receivedAtMs, held: true }, fault.code, fault.reason);
    }
    await context.commit();
    message.acknowledge(fault === null, fault?.reason);
  }
}

interface Fault {
  readonly code: string;
  readonly reason: string;
}

async function importDay(
  context: Context,
  { topic, payload, receivedAtMs }: BusMessage,
  signal: AbortSignal,
): Promise<Fault | null> {
  const day = dayOf(topic);
  if (day === null)
    return { code: 'no-date', reason: `${topic} is not <serial>_<YYYY-MM-DD>.csv: its day is not known` };
  if (isSpectroscopic(Buffer.from(payload.subarray(0, 1 << 20)).toString('latin1'))) {
    return {
      code: 'spectroscopic-daily-file',
      reason: 'this is the spectroscopic daily file, another layout under the same tags',
    };
  }
  const digest = createHash('sha256').update(payload).digest('hex').slice(0, 32);
  const { options, device } = context;
  const gather = gatherer(digest);
  let state = initialState;
  let read = 0;
  let last: { readonly frame: Frame; readonly atMs: number } | null = null;
  for (const line of storedLines(payload, day, device.timeZone, receivedAtMs)) {
    read += 1;
    if (read % slice === 0) {
      await context.commit();
      await turn();
      if (signal.aborted) return null;
    }
    const decoded = line.ok ? decode(line.text) : line;
    if (!decoded.ok && 'unknownTag' in decoded) context.ignore(line.frame, decoded.unknownTag);
    else if (!decoded.ok) context.refuse(line.frame, decoded.code, decoded.reason);
    else if (line.ok) {
      const next = normalise(state, decoded.record, line.atMs, options);
      state = next.state;
      last = { frame: line.frame, atMs: line.atMs };
      context.report(line.frame, gather(next.observations));
    }
  }
  if (last !== null) context.report(last.frame, gather(abandon(state, last.atMs, options)));
  return null;
}

/** Puts an occupancy's opening, its alarms' last words and its close together. */
function gatherer(digest: string): (observations: readonly Observation[]) => readonly Observation[] {
  let openedAtMs = 0;
  let ended: Detection[] = [];
  let reports = 0;
  return (observations) =>
    observations.flatMap((one): readonly Observation[] => {
      switch (one.type) {
        case 'occupancy-opened':
          openedAtMs = one.observedAtMs;
          ended = [];
          return [];
        case 'detection':
          if (!one.active) ended.push(one);
          return [];
        case 'occupancy-closed': {
          reports += 1;
          const { durationS, speedKmh, profile } = one;
          const detections = ended.map(({ signal, hazard, count, finding }) => ({ signal, hazard, count, finding }));
          const told = {
            identifiers: [],
            nuclides: [],
            spectra: null,
            stored: true,
            observedAtMs: openedAtMs,
          } as const;
          const report: OccupancyReport = {
            type: 'occupancy-report',
            reportId: `${digest}#${reports}`,
            durationS,
            speedKmh,
            profile,
            detections,
            ...told,
          };
          return [report];
        }
        case 'occupancy-missed':
        case 'settings':
          return [one];
        default:
          return [];
      }
    });
}
