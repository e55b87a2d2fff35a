import { conditionChanged } from './conditions.ts';
import type { DeskContext, Draft, Observed } from './decision.ts';
import type { DeskState } from './state.ts';

/** A device's clock may differ from ours by this much before anybody is told. */
const toleranceMs = 60_000;

/** Where a frame with a device's own time belongs. */
export interface Placed {
  /** The time that joins it to a passage. */
  readonly atMs: number;
  /** Far in the past: it joins its passage but raises no live sound. */
  readonly historical: boolean;
  /** The condition that tells of a clock that is off, or that it is right again. */
  readonly drafts: readonly Draft[];
}

/**
 * A frame from the past is placed there: it is late, or its clock is behind, and both mean that nobody stands at the
 * lane for it now. A frame from the future cannot be: its clock is wrong, it joins by when it arrived. The device's own
 * time stays in the record either way.
 */
export function placeInTime(state: DeskState, context: DeskContext, input: Observed): Placed {
  const { deviceId, laneId, receivedAtMs, observation } = input;
  const offsetMs = observation.observedAtMs - receivedAtMs;
  const active = Math.abs(offsetMs) > toleranceMs;
  const drafts = conditionChanged(state, context, {
    deviceId,
    laneId,
    code: 'clock-offset',
    severity: 'warning',
    active,
    text: active ? textOf(offsetMs) : '',
    atMs: receivedAtMs,
    raw: input.raw,
  });
  return {
    atMs: offsetMs > toleranceMs ? receivedAtMs : observation.observedAtMs,
    historical: offsetMs < -toleranceMs,
    drafts,
  };
}

function textOf(offsetMs: number): string {
  const how = offsetMs < 0 ? 'behind ours: a late message or a wrong clock' : 'ahead of ours: its clock is wrong';
  return `device time is ${Math.abs(Math.round(offsetMs / 1000))} s ${how}`;
}
