import type { Alarm } from '../alarm.ts';
import type { Actor, Command } from '../command.ts';
import type { ServiceScope, ServiceState } from '../service.ts';
import { changed, resurfaced } from './alarm-machine.ts';
import { type Decision, type DeskContext, type Draft, type Refusal, refuse } from './decision.ts';
import { self } from './shelving.ts';
import type { DeskState } from './state.ts';

type SetService = Extract<Command, { type: 'set-service' }>;

/**
 * A lane or device is taken out of service, suppressed, or put back: a fact of its own, and what it means for each of
 * its alarms. A detection is never lost by it: it is raised, latched and recorded all the same, and stands on the board
 * when service returns.
 */
export function setService(state: DeskState, context: DeskContext, command: SetService, { by }: Actor): Decision {
  const { scope, id, service, reason = null, until = null } = command;
  const refusal = faultOf(state, command, context);
  if (refusal !== null) return refuse(refusal);
  return { drafts: serviceDrafts(state, context, { scope, id, service, reason, by, until }) };
}

function faultOf(
  state: DeskState,
  { scope, id, service, reason, until, ifVersion }: SetService,
  context: DeskContext,
): Refusal | null {
  if (!isKnown(context, scope, id)) return { code: 'not-found', detail: `there is no ${scope} ${id} in use` };
  const { version } = state.services[scope].get(id) ?? { version: 0 };
  if (ifVersion !== undefined && ifVersion !== version) {
    return {
      code: 'stale-version',
      detail: `the service of ${scope} ${id} is at version ${version}, not ${ifVersion}`,
    };
  }
  if (service === 'in-service') {
    return until === undefined
      ? null
      : { code: 'invalid-request', detail: 'what is in service has no end: leave until out' };
  }
  if (reason === undefined) return { code: 'invalid-request', detail: 'say why: give a reason' };
  if (until !== undefined && until <= context.at) {
    return { code: 'invalid-request', detail: 'until must be in the future' };
  }
  return null;
}

function isKnown({ lanes, deviceIds }: DeskContext, scope: ServiceScope, id: string): boolean {
  return scope === 'lane' ? lanes.has(id) : deviceIds.has(id);
}

/** The first whose time is up, or that nobody could put back because it has left the configuration. One a tick. */
export function expiredService(state: DeskState, context: DeskContext): readonly Draft[] {
  const { at } = context;
  for (const { scope, id, service, until } of [...state.services.lane.values(), ...state.services.device.values()]) {
    const back = { scope, id, service: 'in-service', by: self, until: null } as const;
    if (service === 'in-service') continue;
    if (!isKnown(context, scope, id)) {
      return serviceDrafts(state, context, { ...back, reason: `the ${scope} is not in use any more` });
    }
    if (until !== null && until <= at) return serviceDrafts(state, context, { ...back, reason: 'its time is up' });
  }
  return [];
}

function serviceDrafts(
  state: DeskState,
  context: DeskContext,
  change: Omit<ServiceState, 'version' | 'at'>,
): readonly Draft[] {
  const { scope, id } = change;
  const { at } = context;
  const version = (state.services[scope].get(id)?.version ?? 0) + 1;
  const data: ServiceState = { ...change, version, at };
  const own = (alarm: Alarm) => (scope === 'lane' ? alarm.laneId : alarm.deviceId) === id;
  const alarms = [...state.alarms.values()].filter((alarm) => alarm.state !== 'normal' && own(alarm));
  const services = { ...state.services, [scope]: new Map([...state.services[scope], [id, data]]) };
  return [
    { type: 'lanewatch.service.changed', data, subject: `${scope}s/${id}` },
    ...alarms.flatMap((alarm) => reheld(alarm, holdOn(services, alarm), at)),
  ];
}

/** What holds an alarm of that lane and device off the board: out of service before suppressed, the lane before the device. */
export function holdOn(services: DeskState['services'], alarm: Pick<Alarm, 'laneId' | 'deviceId'>): Alarm['service'] {
  const said = [services.lane.get(alarm.laneId), services.device.get(alarm.deviceId)];
  for (const service of ['out-of-service', 'suppressed'] as const) {
    const found = said.find((candidate) => candidate?.service === service);
    if (found !== undefined) {
      const { scope, id, reason, by, at, until } = found;
      return { scope, id, service, reason, by, at, until };
    }
  }
  return null;
}

function reheld(alarm: Alarm, hold: Alarm['service'], at: string): readonly Draft[] {
  if (JSON.stringify(hold ?? null) === JSON.stringify(alarm.service ?? null)) return [];
  const subject = `alarms/${alarm.id}`;
  if (hold == null) {
    const data = changed(alarm, { service: null, ...resurfaced(alarm) }, at);
    return [{ type: 'lanewatch.alarm.unsuppressed', data, subject }];
  }
  return [{ type: 'lanewatch.alarm.suppressed', data: changed(alarm, { service: hold }, at), subject }];
}
