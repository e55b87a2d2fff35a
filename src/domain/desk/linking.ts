import { conditionChanged } from './conditions.ts';
import type { DeskContext, DeskInput, Draft } from './decision.ts';
import { endOccupancy } from './occupancies.ts';
import type { DeskState } from './state.ts';

type LinkInput = Extract<DeskInput, { type: 'link' }>;

/** A link as it became: a device fact, and the condition an officer must know of: nobody watches that lane now. */
export function linkChanged(state: DeskState, context: DeskContext, input: LinkInput): readonly Draft[] {
  const { deviceId, laneId, reason } = input;
  const lane = context.lanes.get(laneId);
  const drafts: Draft[] = [];
  if (state.devices.get(deviceId)?.link !== input.state) {
    drafts.push({
      type: `lanewatch.device.${input.state}`,
      data: { deviceId, laneId, reason },
      subject: `devices/${deviceId}`,
    });
  }
  const conditions = [
    { code: 'link-lost', severity: 'error', active: input.state === 'offline', text: reason ?? 'link lost' },
    { code: 'stale', severity: 'error', active: input.state === 'stale', text: reason ?? 'silent' },
  ] as const;
  for (const condition of conditions) {
    drafts.push(
      ...conditionChanged(state, context, { ...condition, deviceId, laneId, atMs: context.nowMs, raw: null }),
    );
  }
  if (input.state !== 'online' && lane !== undefined) {
    drafts.push(...endOccupancy(state, context, lane, deviceId, 'link-lost', context.nowMs));
  }
  return drafts;
}
