import type { Actor, Command } from '../command.ts';
import { sequenceText } from '../event.ts';
import type { Subscription } from '../subscription.ts';
import { type Decision, type DeskContext, type Refusal, refuse } from './decision.ts';
import type { DeskState } from './state.ts';

type Put = Extract<Command, { type: 'put-subscription' }>;
type Change = Extract<Command, { type: 'change-subscription' }>;

/** Each costs a reader of the journal and a connection. */
const mostSubscriptions = 200;

/** A new webhook, or all the terms of one anew; one that had stopped goes on where it was. */
export function putSubscription(state: DeskState, context: DeskContext, command: Put, { by }: Actor): Decision {
  const { subscriptionId, subscription, ifVersion } = command;
  const former = subscriptionId === undefined ? undefined : state.subscriptions.get(subscriptionId);
  if (subscriptionId !== undefined) {
    const refusal = faultOf(former, subscriptionId, ifVersion);
    if (refusal !== null) return refuse(refusal);
  } else if (state.subscriptions.size >= mostSubscriptions) {
    return refuse({ code: 'forbidden-transition', detail: `there are ${mostSubscriptions} subscriptions already` });
  }
  const { enabled, lanes = null, tlp = null, personalData = null, ...terms } = subscription;
  return recorded({
    ...terms,
    lanes,
    tlp,
    personalData,
    id: former?.id ?? context.newId(),
    sequence: '',
    version: (former?.version ?? 0) + 1,
    state: enabled ? 'enabled' : 'disabled',
    after: former?.after ?? sequenceText(state.sequence),
    createdAt: former?.createdAt ?? context.at,
    change: former === undefined ? 'created' : 'changed',
    by,
    changedAt: context.at,
    detail: null,
  });
}

/** What else happens to a webhook: its secret is rotated, events are sent again, the target wants no more, it is deleted. */
export function changeSubscription(state: DeskState, context: DeskContext, command: Change, { by }: Actor): Decision {
  const { subscriptionId, change, detail = null, ifVersion } = command;
  const former = state.subscriptions.get(subscriptionId);
  const refusal = faultOf(former, subscriptionId, ifVersion);
  if (former === undefined || refusal !== null) return refuse(refusal ?? unknown(subscriptionId));
  const ended = change === 'stopped' || change === 'deleted' ? change : former.state;
  return recorded({
    ...former,
    version: former.version + 1,
    state: ended,
    change,
    by,
    changedAt: context.at,
    detail,
  });
}

function recorded(data: Subscription): Decision {
  return { drafts: [{ type: 'lanewatch.subscription.changed', data, subject: `subscriptions/${data.id}` }] };
}

function faultOf(former: Subscription | undefined, id: string, ifVersion: number | undefined): Refusal | null {
  if (former === undefined) return unknown(id);
  if (ifVersion === undefined || ifVersion === former.version) return null;
  const detail = `subscription ${id} is at version ${former.version}, not ${ifVersion}`;
  return { code: 'stale-version', detail };
}

function unknown(id: string): Refusal {
  return { code: 'not-found', detail: `there is no subscription ${id}` };
}
