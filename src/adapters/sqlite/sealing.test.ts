import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskBench } from '../../../tests/support/desk-bench.ts';
import { hasty, play, steps } from '../../../tests/support/desk-game.ts';
import { betraying, plantedHistory } from '../../../tests/support/planted.ts';
import { toCloudEvent } from '../../domain/cloud-event.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { erased, fitsDigests, seal, unsealed, unsealedText } from './sealing.ts';

const { events } = plantedHistory();
const sealedOf = (event: DomainEvent) => seal(event, JSON.stringify(toCloudEvent(event, 'post')));
const betrays = (text: string) => betraying.filter((value) => text.includes(value));

describe('what is chained', () => {
  it('holds nothing of the personal data, and the whole comes back from both', () => {
    for (const event of events) {
      const sealed = sealedOf(event);
      expect(betrays(sealed.json)).toEqual([]);
      expect(JSON.parse(unsealedText(sealed))).toEqual(JSON.parse(JSON.stringify(toCloudEvent(event, 'post'))));
      expect(unsealed(sealed)).toEqual(JSON.parse(JSON.stringify(event)));
      expect(fitsDigests(sealed)).toBe(true);
    }
  });

  it('comes back whole for any history', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const bench = deskBench({ alarms: hasty });
        for (const step of taken) play(bench, step);
        for (const event of bench.events) {
          const text = unsealedText(sealedOf(event));
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(toCloudEvent(event, 'post'))));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is not fooled by what somebody wrote to look like a mark', () => {
    const commented = events.find(({ type }) => type === 'lanewatch.alarm.commented');
    if (commented?.type !== 'lanewatch.alarm.commented') throw new Error('nobody commented');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\u0001', '"', '\\', 'texts', '0', '$&', '$1') }), (text) => {
        const data = { ...commented.data, rule: text, comments: [{ by: 'x', at: commented.time, text }] };
        const event = { ...commented, data };
        expect(unsealed(sealedOf(event)).data).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });

  it('has a digest that says nothing without its salt: the same data twice has two', () => {
    const [event] = events;
    if (event === undefined) throw new Error('no event');
    expect(sealedOf(event).json).not.toBe(sealedOf(event).json);
  });
});

describe('what is erased', () => {
  it('is withheld, kind by kind, and the rest still fits its digest', () => {
    for (const event of events) {
      const sealed = sealedOf(event);
      if (sealed.personal === null) continue;
      const left = { ...sealed, personal: erased(sealed.personal, ['passengers']) };
      expect(betrays(unsealedText(left)).filter((value) => value.includes('ZEPHYRINE'))).toEqual([]);
      expect(fitsDigests(left)).toBe(true);
      const none = { ...sealed, personal: erased(sealed.personal, ['passengers', 'vehicles', 'texts', 'messages']) };
      expect(none.personal).toBeNull();
      expect(betrays(unsealedText(none))).toEqual([]);
      expect(unsealed(none)).toMatchObject({ id: event.id, type: event.type, sequence: event.sequence });
    }
  });

  it('cannot be put back by another hand', () => {
    const [event] = events;
    if (event === undefined) throw new Error('no event');
    const sealed = sealedOf(event);
    const forged = { ...sealed, personal: sealed.personal?.replace('QUENTIN', 'QUINTUS') ?? null };
    expect(fitsDigests(forged)).toBe(false);
  });
});
