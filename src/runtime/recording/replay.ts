import type { Observation } from '../../domain/observation.ts';
import { LanewatchError } from '../../errors.ts';
import type { DriverContext, DriverDefinition, Frame } from '../../ports/driver.ts';
import type { LaneBoard } from '../../ports/lane-board.ts';
import type { Log } from '../../ports/log.ts';
import type { Workers } from '../../ports/workers.ts';
import type { Recording } from './format.ts';
import { replayedWire } from './replayed-wire.ts';

const emptyBoard: LaneBoard = { standing: () => ({ alarms: [], occupied: false, blind: false }) };

/** What a driver said of a frame. */
export type Told =
  | { readonly frame: Frame; readonly observations: readonly Observation[] }
  | { readonly frame: Frame; readonly ignored: string }
  | { readonly frame: Frame; readonly refused: string; readonly reason: string };

/**
 * Runs a driver over a recording, attempt by attempt as it was recorded, and tells everything it says. Ends with the
 * recording, or when the signal aborts. Throws `protocol-broken` when driver and recording do not fit.
 */
export async function replay(
  definition: DriverDefinition,
  recording: Recording,
  { speed, tell, workers, log }: { speed: number; tell: (told: Told) => void; workers: Workers; log: Log },
  signal: AbortSignal,
): Promise<void> {
  const { header } = recording;
  const { wire, clock, more } = replayedWire(recording, speed);
  const context: DriverContext = {
    device: header.device,
    options: fitting(definition.options, header.options, 'options'),
    profile:
      definition.profile === undefined
        ? undefined
        : fitting(definition.profile, header.profile ?? undefined, 'profile'),
    linkType: linkTypeOf(definition, header.linkType),
    wire,
    kept: new Map(),
    workers,
    board: emptyBoard,
    clock,
    log,
    online: () => undefined,
    report: (frame, observations) => tell({ frame, observations }),
    ignore: (frame, tag) => tell({ frame, ignored: tag }),
    refuse: (frame, code, reason) => tell({ frame, refused: code, reason }),
    commit: async () => undefined,
  };
  while (more() && !signal.aborted) {
    try {
      await definition.run(context, signal);
    } catch (error) {
      if (!(error instanceof LanewatchError) || error.code === 'protocol-broken') throw error;
    }
  }
}

function linkTypeOf(definition: DriverDefinition, name: string): DriverContext['linkType'] {
  const found = definition.links.find((link) => link === name);
  if (found === undefined) throw new LanewatchError('protocol-broken', `${definition.name} does not speak ${name}`);
  return found;
}

function fitting(schema: DriverDefinition['options'], given: unknown, name: string): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [name, ...(issue?.path ?? [])].map(String).join('.');
  throw new LanewatchError('protocol-broken', `the recording's ${path}: ${issue?.message ?? 'does not fit'}`);
}
