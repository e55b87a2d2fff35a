import { expect, test } from 'vitest';
import { silentLog } from '../../tests/support/driver-bench.ts';
import { until } from '../../tests/support/until.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Journal, StoredEvent } from '../ports/journal.ts';
import { createCommitter } from './committer.ts';
import { systemClock } from './system-clock.ts';

const eventOf = (sequence: number): DomainEvent => ({
  type: 'lanewatch.device.online',
  data: { deviceId: 'd', laneId: 'l', reason: null },
  id: `e${sequence}`,
  sequence,
  subject: 'devices/d',
  time: '2026-11-23T09:00:00.000Z',
  recordedAt: '2026-11-23T09:00:00.000Z',
});
const events = (from: number, count: number) => Array.from({ length: count }, (_, index) => eventOf(from + index));

/** A journal that remembers its appends, and fails while told to. */
function rememberingJournal() {
  const appends: number[][] = [];
  const journal = {
    appends,
    broken: null as string | null,
    append: async (batch: readonly DomainEvent[]): Promise<readonly StoredEvent[]> => {
      if (journal.broken !== null) throw new Error(journal.broken);
      appends.push(batch.map(({ sequence }) => sequence));
      return batch.map(({ sequence, type }) => ({ sequence, type, json: '{}' }));
    },
    head: () => ({ sequence: 0, sha256: '' }),
    read: () => [],
    replay: () => [][Symbol.iterator](),
    targets: () => [][Symbol.iterator](),
    hashOf: () => undefined,
    receipt: () => undefined,
  };
  return journal satisfies Journal;
}

test('everything of one turn shares one append, and is published after it, in order', async () => {
  const journal = rememberingJournal();
  await using committer = createCommitter(journal, systemClock, silentLog);
  const published: number[] = [];
  committer.events.subscribe((stored) => {
    expect(journal.appends.flat(), 'durable first').toEqual(
      expect.arrayContaining(stored.map(({ sequence }) => sequence)),
    );
    published.push(...stored.map(({ sequence }) => sequence));
  });
  committer.add(events(1, 2), []);
  committer.add(events(3, 1), []);
  expect(journal.appends).toEqual([]);
  await committer.durable();
  expect(journal.appends).toEqual([[1, 2, 3]]);
  expect(published).toEqual([1, 2, 3]);
});

test('while the journal fails nothing is published and nothing is lost; it says why until it works again', async () => {
  const journal = rememberingJournal();
  await using committer = createCommitter(journal, systemClock, silentLog);
  const published: number[] = [];
  committer.events.subscribe((stored) => published.push(...stored.map(({ sequence }) => sequence)));
  journal.broken = 'disk full';
  committer.add(events(1, 1), []);
  await until('the failure is known', () => committer.failure() === 'disk full');
  committer.add(events(2, 1), []);
  let durable = false;
  const waiting = committer.durable().then(() => {
    durable = true;
  });
  expect({ published, durable }).toEqual({ published: [], durable: false });
  journal.broken = null;
  await waiting;
  expect({ published, failure: committer.failure() }).toEqual({ published: [1, 2], failure: null });
});

test('a reader that throws keeps nobody else from the events', async () => {
  const journal = rememberingJournal();
  await using committer = createCommitter(journal, systemClock, silentLog);
  const published: number[] = [];
  committer.events.subscribe(() => {
    throw new Error('a fault of one reader');
  });
  committer.events.subscribe((stored) => published.push(...stored.map(({ sequence }) => sequence)));
  for (const sequence of [1, 2]) {
    committer.add(events(sequence, 1), []);
    await committer.durable();
  }
  expect(published).toEqual([1, 2]);
});

test('beyond what it can keep it takes nothing more', async () => {
  const journal = rememberingJournal();
  journal.broken = 'disk full';
  const committer = createCommitter(journal, systemClock, silentLog);
  committer.add(events(1, 1), []);
  await until('the failure is known', () => committer.failure() !== null);
  committer.add(events(2, 20_000), []);
  expect(() => committer.add(events(20_002, 1), [])).toThrow(/disk full/);
  journal.broken = null;
  await committer.durable();
  expect(journal.appends.flat()).toHaveLength(20_001);
  await committer[Symbol.asyncDispose]();
});

test('a stop writes what waits; one that cannot be written rejects whoever waits for it', async () => {
  const journal = rememberingJournal();
  const committer = createCommitter(journal, systemClock, silentLog);
  committer.add(events(1, 3), []);
  await committer[Symbol.asyncDispose]();
  expect(journal.appends).toEqual([[1, 2, 3]]);

  const broken = rememberingJournal();
  broken.broken = 'disk full';
  const stuck = createCommitter(broken, systemClock, silentLog);
  stuck.add(events(1, 1), []);
  const first = stuck.durable();
  await until('the failure is known', () => stuck.failure() !== null);
  stuck.add(events(2, 1), []);
  const second = stuck.durable();
  const refused = [first, second].map((waiting) => expect(waiting).rejects.toThrow(/could not be written/));
  await Promise.all([stuck[Symbol.asyncDispose](), ...refused]);
});
