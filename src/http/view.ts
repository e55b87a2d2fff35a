import type { FastifyRequest } from 'fastify';
import type { Command, CommandResult } from '../domain/command.ts';
import type { Sharer } from '../domain/sharing/sharer.ts';
import { isWithin, type Viewer } from '../domain/sharing/viewer.ts';
import { LanewatchError } from '../errors.ts';
import type { Principal } from '../ports/access.ts';
import type { Records } from '../ports/journal.ts';
import { principalOf } from './guard.ts';
import type { PersonalAccess } from './personal-access.ts';
import { sharedRecords } from './shared-records.ts';
import { found } from './versions.ts';

/** What the one who asks may see and do: all that leaves by HTTP leaves through here. */
export interface View {
  viewer(request: FastifyRequest): Viewer;
  /** A stream of events, or a page of them, is about to be given out. */
  follows(request: FastifyRequest, action: string): void;
  /** Only what the viewer may have. */
  records(request: FastifyRequest): Records;
  /** What a command left, as the one who gave it may have it. */
  answer<C extends Command>(
    request: FastifyRequest,
    command: C,
    resource: CommandResult<C>['resource'],
  ): CommandResult<C>['resource'];
  /**
   * Refuses a command about what its giver may not know of: `not-found`, as if it were not there. And one that would put a target
   * on the list in another agency's name, or that its giver might not see again: `not-allowed`.
   */
  refuseForeign(request: FastifyRequest, command: Command): void;
}

export interface ViewParts {
  readonly records: Records;
  readonly sharer: Sharer;
  /** Whose limits a principal has. */
  viewerOf(principal: Principal): Viewer;
  unmaskedFor(name: string): readonly string[];
  readonly personal: PersonalAccess;
  devices(): readonly { readonly id: string; readonly laneId: string }[];
}

export function createView({ records, sharer, viewerOf, unmaskedFor, devices, personal }: ViewParts): View {
  const viewer = (request: FastifyRequest): Viewer => {
    const principal = principalOf(request);
    const asked = { ...viewerOf(principal), unmasked: unmaskedFor(principal.name) };
    const { 'lanewatch-purpose': purpose } = request.headers;
    return typeof purpose === 'string' && purpose.trim() !== '' ? { ...asked, purpose: purpose.slice(0, 200) } : asked;
  };
  const looking = (request: FastifyRequest) => ({
    by: principalOf(request).name,
    from: request.ip,
    viewer: viewer(request),
  });
  const recordsFor = (request: FastifyRequest) =>
    sharedRecords(records, sharer, viewer(request), (shown) => personal.read(looking(request), 'read', shown));

  return {
    viewer,
    follows: (request, action) => personal.follow(looking(request), action),
    records: recordsFor,
    answer: (request, command, resource) => shown(sharer, viewer(request), command, resource) as typeof resource,
    refuseForeign: (request, command) => {
      const asking = viewer(request);
      if (asking.agency === null && asking.lanes === null && asking.tlp === 'red') return;
      const seen = recordsFor(request);
      if ('alarmId' in command) found(seen.alarm(command.alarmId), `alarm ${command.alarmId}`);
      else if ('examinationId' in command) {
        found(seen.examination(command.examinationId), `examination ${command.examinationId}`);
      } else if (command.type === 'judge-match') found(seen.match(command.matchId), `match ${command.matchId}`);
      else if (command.type === 'request-examination') {
        const { alarmId, passageId, targetId } = command.request;
        if (alarmId !== undefined) found(seen.alarm(alarmId), `alarm ${alarmId}`);
        if (passageId !== undefined) found(seen.passage(passageId), `passage ${passageId}`);
        if (targetId !== undefined) found(seen.target(targetId), `target ${targetId}`);
      } else if (command.type === 'set-service') {
        const laneId =
          command.scope === 'lane' ? command.id : devices().find((device) => device.id === command.id)?.laneId;
        if (laneId !== undefined) refuseOtherLane(asking, laneId);
      } else if (command.type === 'put-target' || command.type === 'withdraw-target') {
        if (command.targetId !== undefined) found(seen.target(command.targetId), `target ${command.targetId}`);
        if (command.type === 'put-target') refuseOtherName(asking, command);
      }
    },
  };
}

function shown(sharer: Sharer, viewer: Viewer, command: Command, resource: CommandResult<Command>['resource']) {
  if (command.type === 'set-service') return resource;
  if (command.type === 'put-subscription' || command.type === 'change-subscription') return resource;
  if (command.type === 'ask-unmasking' || command.type === 'decide-unmasking') return resource;
  const about = resource as never;
  const shared =
    'alarmId' in command
      ? sharer.alarm(viewer, about)
      : command.type === 'judge-match'
        ? sharer.match(viewer, about)
        : command.type === 'put-target' || command.type === 'withdraw-target'
          ? sharer.target(viewer, about)
          : sharer.examination(viewer, about);
  if (shared === null) throw new LanewatchError('not-allowed', 'it is done, and what came of it is not for you to see');
  return shared;
}

function refuseOtherLane({ lanes }: Viewer, laneId: string): void {
  if (lanes === null || lanes.includes(laneId)) return;
  throw new LanewatchError('not-allowed', `the lane ${laneId} is not one of yours: ${lanes.join(', ')}`);
}

function refuseOtherName({ agency, tlp }: Viewer, { target }: Extract<Command, { type: 'put-target' }>): void {
  if (agency !== null && target.originator !== agency) {
    throw new LanewatchError('not-allowed', `originator: you send targets of ${agency}, not of ${target.originator}`);
  }
  if (agency === null && !isWithin(target.handling.tlp, tlp)) {
    throw new LanewatchError('not-allowed', `handling.tlp: TLP:${target.handling.tlp} is above your TLP:${tlp}`);
  }
}
