import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deskBench,
  examinationRequest,
  gamma,
  identity,
  only,
  read,
  targetInput,
} from '../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../tests/support/desk-game.ts';
import { eventChecker } from '../../tests/support/schemas.ts';
import { type CloudEvent, toCloudEvent } from './cloud-event.ts';
import { eventTypes } from './event-data.ts';
import { eventOf, eventSchema } from './event-schema.ts';
import { RetentionPolicy } from './sharing/retention.ts';
import { createSharer } from './sharing/sharer.ts';
import { PersonalData } from './words.ts';

const faults: (event: CloudEvent) => readonly string[] = eventChecker();

/** What happens in one history, as others get it. */
const historyOf = (happenings: Parameters<typeof play>[1][]): readonly CloudEvent[] => {
  const bench = deskBench({ alarms: hasty });
  for (const step of happenings) play(bench, step);
  return bench.events.map((event) => JSON.parse(JSON.stringify(toCloudEvent(event, 'post'))));
};

describe('the schema of each event type', () => {
  it('holds for every event of random histories, and leaves nothing undescribed', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(steps, (happenings) => {
        for (const event of historyOf(happenings)) {
          seen.add(event.type);
          expect(faults(event), event.type).toEqual([]);
          const type = eventTypes.find((known) => known === event.type);
          // Zod leaves out what it does not know.
          expect(type && eventOf(type).parse(event)).toEqual(event);
        }
      }),
      { numRuns: 120 },
    );
    expect(seen.size).toBeGreaterThan(20);
  });

  it('holds for what a reader gets whose personal data is masked or left out', () => {
    const bench = deskBench();
    const passport = read('travel-document', 'SPECI2014', { issuer: 'NLD', method: 'mrz' });
    bench.tell({
      type: 'put-target',
      target: targetInput({
        kind: 'passenger',
        name: 'JANSEN PIET',
        birthDate: '1980-01-02',
        identifiers: [{ kind: 'travel-document', value: 'SPECI2014', issuer: 'NLD' }],
        instructions: 'ask for the second bag',
      }),
    });
    const holder = { name: 'JANSEN PIET', birthDate: '1980-01-02' };
    bench.see('pedestrian', 'reader', identity('r1', [{ ...passport, holder }], bench.nowMs()));
    bench.see('pedestrian', 'rpm', gamma(bench.nowMs(), 1));
    const alarmId = only(bench.alarms()).id;
    bench.tell({ type: 'acknowledge', alarmId, note: 'his brother waits outside' });
    bench.tell({ type: 'request-examination', request: examinationRequest({ alarmId, instructions: 'gently' }) });

    const sharer = createSharer({ retention: RetentionPolicy.parse({}), now: () => bench.nowMs() });
    const all = {
      role: 'targeting',
      agency: null,
      lanes: null,
      tlp: 'red',
      purpose: 'targeting',
      nonOperational: true,
    } as const;
    for (const personalData of PersonalData.options) {
      for (const agency of [null, 'another']) {
        const shared = bench.events.flatMap((event) => {
          const json = JSON.stringify(toCloudEvent(event, 'post'));
          const viewer = { ...all, scopes: null, agency, personalData };
          const text = sharer.event(viewer, { sequence: event.sequence, type: event.type, json });
          return text === null ? [] : [text];
        });
        expect(shared.length).toBeGreaterThan(3);
        expect(shared.join().includes('JANSEN')).toBe(personalData === 'full');
        for (const text of shared) expect(faults(JSON.parse(text)), text).toEqual([]);
      }
    }
  });

  it('fails for what does not belong', () => {
    const events = historyOf([
      { what: 'target', reference: 'FT-1', value: 'CSQU3054383', fromS: 0, forS: 0 },
      { what: 'open', device: 'rpm-a' },
      { what: 'gamma', device: 'rpm-a' },
      { what: 'read', id: 0, value: 'CSQU3054383' },
    ]);
    const raised = events.find(({ type }) => type === 'lanewatch.alarm.raised');
    if (raised === undefined) throw new Error('no alarm was raised');
    const data = raised.data as object;
    expect(faults(raised)).toEqual([]);
    expect(faults({ ...raised, sequence: '7' })).toHaveLength(1);
    expect(faults({ ...raised, time: 'yesterday' })).not.toEqual([]);
    expect(faults({ ...raised, id: '' })).not.toEqual([]);
    expect(faults({ ...raised, data: { ...data, priority: 'huge' } })).toEqual([
      '/data/priority must be equal to one of the allowed values',
    ]);
    expect(faults({ ...raised, data: { ...data, evidence: { kind: 'radiation' } } })).not.toEqual([]);
    expect(faults({ ...raised, type: 'lanewatch.passage.opened' })).not.toEqual([]);
    for (const field of ['id', 'source', 'specversion', 'time', 'sequence', 'recordedtime', 'data']) {
      expect(
        faults(Object.fromEntries(Object.entries(raised).filter(([name]) => name !== field)) as CloudEvent),
      ).not.toEqual([]);
    }
    // Additions are free: a reader of today's schema takes tomorrow's event.
    expect(faults({ ...raised, data: { ...data, tomorrow: 1 } })).toEqual([]);
  });

  it('is a document of its own, in draft 2020-12, and says in words what it is', () => {
    for (const type of eventTypes) {
      const schema = eventSchema(type);
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:lanewatch:schema:1:${type}`,
        title: type,
        description: expect.stringMatching(/[.?]$/),
      });
      const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
      expect(refs.filter((ref) => !ref.startsWith('#/$defs/'))).toEqual([]);
    }
  });
});
