import { seesEvent } from '../access.ts';
import type { Alarm } from '../alarm.ts';
import { fromCloudEvent, toCloudEvent } from '../cloud-event.ts';
import type { Examination } from '../examination.ts';
import type { Match } from '../match.ts';
import type { Passage } from '../passage.ts';
import type { Target } from '../target.ts';
import { firstDue, type RetentionPolicy } from './retention.ts';
import { share } from './share.ts';
import type { Viewer } from './viewer.ts';

/** An event as the journal keeps it. `datedMs`: of when its personal data is, where that is known without reading it. */
export interface EventText {
  readonly sequence: number;
  readonly type: string;
  readonly json: string;
  readonly datedMs?: number | undefined;
}

/** Where whatever leaves gets its content: each gives what of it the viewer may have, or null. */
export interface Sharer {
  /** The CloudEvent's text. The same event for viewers of the same profile is read and written once. */
  event(viewer: Viewer, event: EventText): string | null;
  alarm(viewer: Viewer, alarm: Alarm): Alarm | null;
  passage(viewer: Viewer, passage: Passage): Passage | null;
  target(viewer: Viewer, target: Target): Target | null;
  match(viewer: Viewer, match: Match): Match | null;
  examination(viewer: Viewer, examination: Examination): Examination | null;
}

export function createSharer(parts: { readonly retention: RetentionPolicy; readonly now: () => number }): Sharer {
  const { retention, now } = parts;
  const texts = new WeakMap<EventText, Map<string, string | null>>();
  const context = () => ({ retention, nowMs: now() });

  const textFor = (viewer: Viewer, { type, json, datedMs }: EventText): string | null => {
    if (!seesEvent(viewer, type)) return null;
    const young = datedMs !== undefined && datedMs > firstDue(retention, 'maskAfterDays', now());
    if (young && isUnrestricted(viewer)) return json;
    const { source } = JSON.parse(json) as { source: string };
    const event = fromCloudEvent(json);
    const shared = share(viewer, event, event.recordedAt, context());
    return shared === null ? null : JSON.stringify(toCloudEvent(shared, source.slice('/sites/'.length)));
  };

  return {
    event: (viewer, event) => {
      const known = texts.get(event) ?? new Map<string, string | null>();
      texts.set(event, known);
      const profile = profileOf(viewer);
      const text = known.get(profile) ?? (known.has(profile) ? null : textFor(viewer, event));
      known.set(profile, text);
      return text;
    },
    // As in the newest event about it.
    alarm: (viewer, data) =>
      share(viewer, { type: 'lanewatch.alarm.updated', data }, data.updatedAt, context())?.data ?? null,
    passage: (viewer, data) =>
      share(viewer, { type: 'lanewatch.passage.updated', data }, data.openedAt, context())?.data ?? null,
    target: (viewer, data) =>
      share(viewer, { type: 'lanewatch.target.changed', data }, data.changedAt, context())?.data ?? null,
    match: (viewer, data) =>
      share(viewer, { type: 'lanewatch.match.proposed', data }, data.proposedAt, context())?.data ?? null,
    examination: (viewer, data) =>
      share(viewer, { type: 'lanewatch.examination.requested', data }, data.updatedAt, context())?.data ?? null,
  };
}

function isUnrestricted({ agency, lanes, tlp, personalData, nonOperational }: Viewer): boolean {
  return agency === null && lanes === null && tlp === 'red' && personalData === 'full' && nonOperational;
}

/** All that the content depends on; the purpose is for the record only. */
function profileOf({ purpose: _purpose, ...profile }: Viewer): string {
  return JSON.stringify(profile);
}
