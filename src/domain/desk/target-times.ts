import { msOf } from '../iso-time.ts';
import { isPending, type Target } from '../target.ts';
import type { DeskContext, Draft } from './decision.ts';
import type { Schedule } from './schedule.ts';
import type { DeskState } from './state.ts';
import { matchBack } from './targeting.ts';

/** What becomes due together takes several ticks, so that it does not hold up the lanes. */
const mostATick = 200;

/** Enters an active target where it waits for its time, or takes it out. */
export function planTarget(times: Schedule, target: Target, present: boolean): void {
  const set = (time: string) => times[present ? 'plan' : 'unplan'](msOf(time), target.id);
  if (target.validFrom !== undefined && isPending(target)) set(target.validFrom);
  if (target.validUntil !== undefined) set(target.validUntil);
}

/**
 * Targets whose time has come: validity begins, and they are matched with what is present or has passed; or it ends.
 * What touches one of the `touched` subjects waits for the next tick, because both would begin from the same version.
 */
export function dueTargets(state: DeskState, context: DeskContext, touched: Set<string>): readonly Draft[] {
  const drafts: Draft[] = [];
  let looked = 0;
  for (const id of state.targetTimes.dueBy(context.nowMs)) {
    looked += 1;
    if (looked > mostATick) break;
    const target = state.targets.get(id);
    const own = target === undefined ? [] : dueTarget(state, context, target);
    if (own.some(({ subject }) => touched.has(subject))) continue;
    for (const { subject } of own) touched.add(subject);
    drafts.push(...own);
  }
  return drafts;
}

function dueTarget(state: DeskState, context: DeskContext, target: Target): readonly Draft[] {
  const { nowMs } = context;
  const changed = { ...target, version: target.version + 1, changedAt: context.at };
  const subject = `targets/${target.id}`;
  const untilMs = msOf(target.validUntil ?? '');
  if (untilMs <= nowMs) {
    return [{ type: 'lanewatch.target.expired', data: { ...changed, state: 'expired' }, subject, timeMs: untilMs }];
  }
  const fromMs = msOf(target.validFrom ?? '');
  if (fromMs > nowMs || !isPending(target)) return [];
  const begun: Draft = { type: 'lanewatch.target.activated', data: changed, subject, timeMs: fromMs };
  return [begun, ...matchBack(state, context, changed)];
}
