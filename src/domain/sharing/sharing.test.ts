import { describe, expect, it } from 'vitest';
import { betraying, planted, plantedHistory } from '../../../tests/support/planted.ts';
import { Role } from '../access.ts';
import { toCloudEvent } from '../cloud-event.ts';
import type { DomainEvent } from '../event.ts';
import { PersonalData, Tlp } from '../words.ts';
import { mapPersonal } from './personal.ts';
import { RetentionPolicy } from './retention.ts';
import { createSharer } from './sharer.ts';
import { SharingPolicy, viewerOf } from './sharing-policy.ts';
import type { Viewer } from './viewer.ts';

const { events } = plantedHistory();
const newestMs = Date.parse(events.at(-1)?.recordedAt ?? '');
const dayMs = 86_400_000;
const officer: Viewer = {
  role: 'administrator',
  scopes: null,
  agency: null,
  purpose: 'test',
  lanes: null,
  tlp: 'red',
  personalData: 'full',
  nonOperational: true,
};

function textOf(event: DomainEvent) {
  return { sequence: event.sequence, type: event.type, json: JSON.stringify(toCloudEvent(event, 'post')) };
}

function seenBy(change: Partial<Viewer>, ageDays = 0, history: readonly DomainEvent[] = events): readonly string[] {
  const sharer = createSharer({ retention: RetentionPolicy.parse({}), now: () => newestMs + ageDays * dayMs });
  return history.map((event) => sharer.event({ ...officer, ...change }, textOf(event))).filter((text) => text !== null);
}

function betrayed(texts: readonly string[]): readonly string[] {
  return betraying.filter((value) => texts.some((text) => text.includes(value)));
}

describe('the walk over personal data', () => {
  it.each(events.map((event) => [event.sequence, event.type, event] as const))(
    'takes every planted value out of event %i, %s, and puts it back where it was',
    (_sequence, _type, event) => {
      const values: string[] = [];
      const open = mapPersonal(event, (_kind, value) => `#${values.push(value)}`);
      expect(betrayed([JSON.stringify(open)])).toEqual([]);
      let at = 0;
      const whole = mapPersonal(JSON.parse(JSON.stringify(open)) as DomainEvent, () => values[at++] ?? null);
      expect(whole).toEqual(JSON.parse(JSON.stringify(event)));
    },
  );

  it('met all that was planted', () => {
    const values: string[] = [];
    for (const event of events) mapPersonal(event, (_kind, value) => String(values.push(value)));
    for (const value of betraying) expect(values.some((one) => one.includes(value))).toBe(true);
  });
});

describe('personal data by profile', () => {
  it('is whole for those who may have all', () => {
    expect(betrayed(seenBy({}))).toEqual(betraying);
    expect(seenBy({})).toEqual(events.map((event) => textOf(event).json).map((text) => seenAs(text)));
  });
  it.each(['none', 'masked'] as const)('reaches nobody with the profile %s, whatever their role', (personalData) => {
    for (const role of Role.options) expect(betrayed(seenBy({ role, personalData }))).toEqual([]);
  });
  it('keeps the ending of a masked number, and no name', () => {
    const texts = seenBy({ personalData: 'masked' });
    expect(texts.some((text) => text.includes(`•••${planted.passport.slice(-2)}`))).toBe(true);
  });
  it('leaves what is not personal as it is', () => {
    for (const personalData of PersonalData.options) {
      expect(seenBy({ personalData }).some((text) => text.includes('CSQU3054384'))).toBe(true);
    }
  });
});

describe('by age', () => {
  it('is masked for everybody after six months, and shown to nobody after five years', () => {
    expect(betrayed(seenBy({}, 182))).toEqual(betraying);
    expect(betrayed(seenBy({}, 184))).toEqual([]);
    expect(seenBy({}, 184).some((text) => text.includes('•••'))).toBe(true);
    expect(seenBy({}, 1_827).some((text) => text.includes('•••'))).toBe(false);
  });
  it('goes by what the data is about, not by when somebody last wrote to it', () => {
    const commented = events.find(({ type }) => type === 'lanewatch.alarm.commented');
    if (commented === undefined) throw new Error('nobody commented');
    const late = { ...commented, recordedAt: new Date(newestMs + 200 * dayMs).toISOString() };
    expect(betrayed(seenBy({}, 200, [late]))).toEqual([]);
  });
});

describe('who may know of a target', () => {
  // Sent by piu-nl, TLP:AMBER, released to customs-be.
  const about = (texts: readonly string[]) => texts.filter((text) => text.includes('P-1')).length;
  it.each([
    [null, true],
    ['piu-nl', true],
    ['customs-be', true],
    ['police-fr', false],
  ])('agency %s: %s', (agency, sees) => {
    const texts = seenBy({ agency });
    expect(about(texts) > 0).toBe(sees);
    expect(texts.some((text) => text.includes('lanewatch.target.added'))).toBe(sees);
    expect(texts.some((text) => text.includes('lanewatch.interdiction.noticed'))).toBe(sees);
    // The alarms themselves are everybody's.
    expect(texts.filter((text) => text.includes('lanewatch.alarm.raised'))).toHaveLength(2);
  });
  it.each(Tlp.options.map((tlp) => [tlp, Tlp.options.indexOf(tlp) >= Tlp.options.indexOf('amber')] as const))(
    'under the ceiling TLP:%s: %s',
    (tlp, sees) => expect(about(seenBy({ tlp })) > 0).toBe(sees),
  );
  it.each(['clear', 'green'] as const)('is open to every agency at TLP:%s', (tlp) => {
    const [added] = events;
    if (added?.type !== 'lanewatch.target.added') throw new Error('the target comes first');
    const open = { ...added, data: { ...added.data, handling: { tlp, release: [] } } };
    expect(seenBy({ agency: 'police-fr' }, 0, [open])).toHaveLength(1);
  });
});

describe('lanes and modes', () => {
  it('gives only what is of the viewer’s lanes, and what is of none', () => {
    const lanes = new Set(
      seenBy({ lanes: ['vehicle'] }).map((text) => (JSON.parse(text) as { data: { laneId?: string } }).data.laneId),
    );
    expect(lanes).toEqual(new Set(['vehicle', null, undefined]));
  });
  it('keeps exercises, tests and trainings from those who get operations only', () => {
    for (const mode of ['exercise', 'test', 'training'] as const) {
      const drill = events.map((event) => ({ ...event, data: { ...event.data, mode } }) as DomainEvent);
      const texts = seenBy({ nonOperational: false }, 0, drill);
      expect(texts.filter((text) => /alarm|passage|target\.|examination/.test(text.slice(0, 200)))).toEqual([]);
      expect(seenBy({}, 0, drill)).toHaveLength(drill.length);
    }
  });
});

describe('a viewer', () => {
  const policy = SharingPolicy.parse({ agency: 'customs-nl' });
  const own = { role: 'auditor', scopes: null, agency: null, lanes: null } as const;
  it('has the limits of the role, and may narrow but never widen them', () => {
    expect(viewerOf(own, policy)).toMatchObject({ tlp: 'red', personalData: 'masked', purpose: 'audit' });
    expect(viewerOf({ ...own, personalData: 'full' }, policy).personalData).toBe('masked');
    expect(viewerOf({ ...own, personalData: 'none', tlp: 'green' }, policy)).toMatchObject({
      personalData: 'none',
      tlp: 'green',
    });
  });
  it('of the post’s own agency is as one without', () => {
    expect(viewerOf({ ...own, agency: 'customs-nl' }, policy).agency).toBeNull();
    expect(viewerOf({ ...own, agency: 'police-fr' }, policy).agency).toBe('police-fr');
  });
});

/** Fields may come in another order; nothing else changes. */
function seenAs(text: string): unknown {
  return expect.toSatisfy((seen: string) => {
    expect(JSON.parse(seen)).toEqual(JSON.parse(text));
    return true;
  });
}
