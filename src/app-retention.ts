import { eraseDue } from './adapters/sqlite/erasing.ts';
import type { RetentionPolicy } from './domain/sharing/retention.ts';
import type { Attachments } from './ports/attachments.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Workers } from './ports/workers.ts';
import type { Desk } from './runtime/desk.ts';
import { keepRetention, targetsToEnd } from './runtime/retaining.ts';

/** An attachment that no result names is let go of after a day. */
const unusedAttachmentKeepMs = 24 * 3_600_000;

/** All that is due, before anything is read: also a journal that was restored from a backup never serves it. */
export function eraseBeforeStart(dataDir: string, retention: RetentionPolicy, clock: Clock): void {
  for (let done = false; !done; ) done = eraseDue({ dataDir, retention, nowMs: clock.now() }).done;
}

/** Composes what keeps the retention policy: the desk's list, the files and the journal's database. */
export function retain(parts: {
  readonly retention: RetentionPolicy;
  readonly dataDir: string;
  readonly desk: Desk;
  readonly attachments: Attachments;
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<AsyncDisposable> {
  const { retention, dataDir, desk, attachments, workers, clock, log } = parts;
  const eraser = new URL('./adapters/sqlite/erasing.ts', import.meta.url);
  return keepRetention({
    endTargets: async () => {
      const commands = targetsToEnd(desk.state.targets.values(), retention, clock.now()).map(
        ({ id }) => ({ type: 'withdraw-target', targetId: id }) as const,
      );
      if (commands.length > 0) await desk.commands(commands, { by: 'lanewatch', role: 'administrator' });
    },
    sweep: () => {
      const beforeMs = clock.now() - retention.attachments.deleteAfterDays * 86_400_000;
      return attachments.sweep({ unusedBeforeMs: clock.now() - unusedAttachmentKeepMs, beforeMs });
    },
    erase: () =>
      workers.run(eraser, 'eraseDue', { dataDir, retention, nowMs: clock.now() }, new AbortController().signal),
    clock,
    log,
  });
}
