import type { Alarm, AlarmState } from '../../domain/alarm.ts';
import { fromCloudEvent } from '../../domain/cloud-event.ts';
import type { Sharer } from '../../domain/sharing/sharer.ts';
import type { Viewer } from '../../domain/sharing/viewer.ts';
import { Priority } from '../../domain/words.ts';
import { messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EventFeed } from '../../ports/feed.ts';
import type { Records } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { MessageBus } from '../../ports/message-bus.ts';
import { createBell } from './bell.ts';
import { afterFailure, brokerSchedule } from './retry-schedule.ts';

const onTheBoard: readonly AlarmState[] = ['unacknowledged', 'acknowledged', 'returned'];
const pageAlarms = 50;
const goodbyeWithinMs = 500;

export interface LaneAlarmsParts {
  readonly id: string;
  readonly bus: MessageBus;
  /** Retained: `TOPIC/lanes/LANE/alarm`, and `online` or `offline` on `TOPIC/status`. */
  readonly topic: string;
  readonly lanes: readonly string[];
  readonly viewer: Viewer;
  readonly records: Pick<Records, 'alarms'>;
  readonly sharer: Pick<Sharer, 'alarm'>;
  readonly events: EventFeed;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Keeps the highest open alarm of each lane as a retained message: the present, not a history, so the latest counts and nothing is queued. All
 * lanes are said with every new connection, those without an alarm by an empty message, which clears the topic.
 */
export function publishLaneAlarms(parts: LaneAlarmsParts): AsyncDisposable {
  const { id, bus, topic, lanes, clock, random, log } = parts;
  const ended = new AbortController();
  const { signal } = ended;
  const bell = createBell(clock);
  let dirty = new Set<string>();
  const watching = parts.events.subscribe((events) => {
    for (const stored of events) {
      if (!stored.type.startsWith('lanewatch.alarm.')) continue;
      dirty.add((fromCloudEvent(stored.json).data as Alarm).laneId);
      bell.ring();
    }
  });

  /** One connection, until it is lost. */
  const connected = async (begun: () => void): Promise<void> => {
    const will = { topic: `${topic}/status`, payload: 'offline' };
    await using publisher = await bus.publisher({ id: `${id}-lanes`, will }, signal);
    await publisher.publish(will.topic, 'online', true);
    begun();
    dirty = new Set(lanes);
    while (!signal.aborted) {
      const due = [...dirty].filter((lane) => lanes.includes(lane));
      dirty = new Set();
      for (const lane of due) {
        const alarm = highestAlarm(parts, lane);
        await publisher.publish(`${topic}/lanes/${lane}/alarm`, alarm === null ? '' : JSON.stringify(alarm), true);
      }
      await bell.wait(null, signal);
    }
    // A will is for who leaves without a word.
    const late = new AbortController();
    await Promise.race([publisher.publish(will.topic, 'offline', true), clock.sleep(goodbyeWithinMs, late.signal)]);
    late.abort();
  };
  const run = async (): Promise<void> => {
    for (let failed = 0; !signal.aborted; ) {
      try {
        await connected(() => {
          failed = 0;
        });
      } catch (error) {
        if (signal.aborted) return;
        if (failed === 0) log.warn({ feed: id, reason: messageOf(error) }, 'the alarms of lanes cannot be published');
        const now = { nowMs: clock.now(), random: random() };
        const next = afterFailure(brokerSchedule, { failed, failingSinceMs: null }, now);
        failed += 1;
        await clock.sleep(next === 'park' ? 0 : next.nextAtMs - now.nowMs, signal).catch(() => undefined);
      }
    }
  };
  const done = run();
  return {
    [Symbol.asyncDispose]: async () => {
      watching[Symbol.dispose]();
      ended.abort();
      await done;
    },
  };
}

/** Of what is durable and on the board: the highest priority, and of those the newest. */
function highestAlarm({ records, sharer, viewer }: LaneAlarmsParts, lane: string): Alarm | null {
  for (const priority of Priority.options) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = records.alarms({ lane, state: onTheBoard, priority: [priority], limit: pageAlarms, cursor });
      for (const alarm of page.items) {
        const shared = sharer.alarm(viewer, alarm);
        if (shared !== null) return shared;
      }
      cursor = page.next;
    }
  }
  return null;
}
