import type { Alarm, CloudEvent, DeviceStatus, Match, Passage } from '../contract/resources.ts';
import { initialState, type State } from '../state/state.ts';

const at = '2026-08-04T01:00:00.000Z';

export function seq(number: number): string {
  return String(number).padStart(20, '0');
}

export function anAlarm(change: Partial<Alarm> = {}): Alarm {
  return {
    id: 'a1',
    sequence: seq(10),
    version: 1,
    siteId: 'post',
    laneId: 'lane-1',
    deviceId: 'rpm-1',
    passageId: 'p1',
    signal: 'gamma',
    hazard: 'radiological',
    priority: 'high',
    rule: 'gamma',
    state: 'unacknowledged',
    active: true,
    latched: true,
    mode: 'operational',
    firstOut: true,
    historical: false,
    count: 1,
    observedAt: at,
    raisedAt: at,
    updatedAt: at,
    clearedAt: null,
    acknowledged: null,
    shelved: null,
    disposition: null,
    comments: [],
    evidence: { kind: 'condition', code: 'none', severity: 'warning', text: 'none', raw: null },
    matches: [],
    guidance: [],
    ...change,
  };
}

export function aPassage(change: Partial<Passage> = {}): Passage {
  return {
    id: 'p1',
    sequence: seq(9),
    version: 1,
    siteId: 'post',
    laneId: 'lane-1',
    subject: 'container',
    openedAt: at,
    closedAt: null,
    closeReason: null,
    complete: true,
    direction: null,
    speedKmh: null,
    identities: [],
    occupancy: null,
    scans: [],
    samples: [],
    profile: { gamma: [], neutron: [] },
    alarmIds: [],
    matches: [],
    mode: 'operational',
    ...change,
  };
}

export function aMatch(change: Partial<Match> = {}): Match {
  return {
    id: 'm1',
    version: 1,
    targetId: 't1',
    alarmId: 'a1',
    passageId: 'p1',
    laneId: 'lane-1',
    method: 'exact',
    score: 1,
    reasons: [],
    verdict: null,
    target: {
      originator: 'unit',
      reference: 'ref-1',
      kind: 'container',
      name: null,
      risk: 'high',
      reasons: [],
      requestedAction: 'examine',
      instructions: null,
    },
    proposedAt: at,
    ...change,
  };
}

export function aDevice(change: Partial<DeviceStatus> = {}): DeviceStatus {
  return {
    id: 'rpm-1',
    laneId: 'lane-1',
    driver: 'tsa-rpm',
    link: {},
    state: 'online',
    since: at,
    lastHeardAt: at,
    silenceLimitS: 10,
    lastError: null,
    counters: { frames: 0, observations: 0, ignored: 0, refused: 0, refusedByCode: {}, attempts: 1, reconnects: 0 },
    refusals: [],
    conditions: [],
    settings: {},
    service: null,
    mode: 'operational',
    ...change,
  };
}

export function anEvent(sequence: number, type: string, data: object): CloudEvent {
  return {
    specversion: '1.0',
    id: `e${sequence}`,
    source: '/sites/post',
    type: `lanewatch.${type}`,
    subject: 'x/y',
    time: '2026-08-04T01:02:03.000Z',
    datacontenttype: 'application/json',
    sequence: seq(sequence),
    recordedtime: at,
    data,
  };
}

export function aState(parts: { alarms?: Alarm[]; passages?: Passage[]; devices?: DeviceStatus[] }): State {
  const byId = <T extends { id: string }>(items: T[] = []) => new Map(items.map((item) => [item.id, item]));
  return {
    ...initialState,
    cursor: seq(10),
    lanes: [{ id: 'lane-1', name: 'Truck import 1', kind: 'vehicle' }],
    alarms: byId(parts.alarms),
    passages: byId(parts.passages),
    devices: byId(parts.devices),
  };
}
