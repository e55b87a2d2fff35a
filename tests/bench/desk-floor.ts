import type { Rounds } from './desk.ts';

/** So many of each are at hand, as many as the desk keeps. */
const kept = 6_000;

interface Held {
  readonly passages: Map<string, object>;
  readonly alarms: Map<string, object>;
}

/**
 * The least that any such program does: an object for a passage and one for its alarm, found again by id, changed, let go.
 * A bag's alarm comes with its passage; a portal's two come in a passage that is there.
 */
export function floorRounds(of: 'bags' | 'portals'): Rounds {
  const held: Held = { passages: new Map(), alarms: new Map() };
  const alarmsEach = of === 'bags' ? 1 : 2;
  const arriving = of === 'bags' ? 100 : 500;
  let first = 0;
  const each = (act: (at: number) => void) => {
    for (let at = first; at < first + arriving; at += 1) act(at);
  };
  return {
    arrive: () => {
      first += arriving;
      if (of === 'portals') each((at) => open(held, at));
    },
    raise: () => {
      each((at) => {
        if (of === 'bags') open(held, at);
        for (let one = 0; one < alarmsEach; one += 1) raise(held, at, `alarm-${at}-${one}`);
      });
      return arriving * alarmsEach;
    },
    finish: () => {
      each((at) => {
        for (let one = 0; one < alarmsEach; one += 1) answer(held, at, one);
        close(held, at);
      });
    },
  };
}

function open({ passages }: Held, at: number): void {
  const id = `passage-${at}`;
  const identities = [{ kind: 'bag-tag', value: id }];
  passages.set(id, { id, laneId: 'belt', openedAt: timeOf(at), identities, alarmIds: [], closedAt: null });
}

function raise({ passages, alarms }: Held, at: number, id: string): void {
  const passageId = `passage-${at}`;
  const raisedAt = timeOf(at);
  alarms.set(id, { id, passageId, priority: 'medium', state: 'unacknowledged', raisedAt, evidence: {} });
  passages.set(passageId, { ...passages.get(passageId), alarmIds: [id] });
}

function answer({ alarms }: Held, at: number, one: number): void {
  const id = `alarm-${at}-${one}`;
  const time = timeOf(at);
  alarms.set(id, { ...alarms.get(id), state: 'acknowledged', disposition: { class: 'false', at: time } });
  alarms.set(id, { ...alarms.get(id), state: 'normal', clearedAt: time });
  alarms.delete(`alarm-${at - kept}-${one}`);
}

function close({ passages }: Held, at: number): void {
  const id = `passage-${at}`;
  passages.set(id, { ...passages.get(id), closedAt: timeOf(at) });
  passages.delete(`passage-${at - kept}`);
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
