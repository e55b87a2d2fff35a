import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../ports/journal.ts';
import { createEventOutbox } from './event-outbox.ts';
import { frames } from './frames.ts';

const limits = { behindEvents: 20, behindBytes: 1_000, batchEvents: 4 };

/** One thing that happens around an outbox, in any order. */
const Step = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), wanted: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }) }),
  fc.record({ do: fc.constant('publish' as const) }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('turn' as const) }),
);

interface Frame {
  readonly event?: { readonly n: number };
  readonly events?: readonly { readonly n: number }[];
  readonly caughtUp?: { readonly sequence: string };
}

/** A journal in memory whose commits are published later than they can be read, and a socket that flushes when told. */
function world() {
  const durable: StoredEvent[] = [];
  const unpublished: StoredEvent[][] = [];
  const turns: (() => void)[] = [];
  let listener: ((events: readonly StoredEvent[]) => void) | null = null;
  const commit = (wanted: readonly boolean[]) => {
    const events = wanted.map((wants): StoredEvent => {
      const sequence = durable.length + 1;
      const event = { sequence, type: wants ? 'wanted' : 'other', json: `{"n":${sequence}}` };
      durable.push(event);
      return event;
    });
    unpublished.push(events);
  };
  const publish = () => listener?.(unpublished.shift() ?? []);
  const connect = (after: number | null) => {
    const received: Frame[] = [];
    const flushes: (() => void)[] = [];
    let behind = false;
    let mostInFlight = 0;
    const outbox = createEventOutbox({
      limits,
      head: () => durable.length,
      read: (from, limit) => durable.filter((event) => event.sequence > from).slice(0, limit),
      frames,
      shared: ({ type, json }) => (type === 'wanted' ? json : null),
      send: (frame, flushed) => {
        received.push(JSON.parse(frame));
        flushes.push(flushed);
        mostInFlight = Math.max(mostInFlight, flushes.length);
      },
      later: (turn) => turns.push(turn),
      behind: () => {
        behind = true;
      },
    });
    listener = (events) => outbox.offer(events);
    outbox.start(after);
    return {
      received,
      numbers: () => received.flatMap((frame) => frame.events ?? (frame.event ? [frame.event] : [])).map(({ n }) => n),
      flush: () => flushes.shift()?.(),
      behind: () => behind,
      mostInFlight: () => mostInFlight,
      outbox,
    };
  };
  const turn = () => turns.shift()?.();
  /** Lets everything that is under way come to rest. */
  const settle = (client: { flush(): void; outbox: { idle(): boolean } }) => {
    for (let rounds = 0; turns.length > 0 || unpublished.length > 0 || !client.outbox.idle(); rounds += 1) {
      if (rounds > 10_000) throw new Error('the outbox never comes to rest');
      client.flush();
      turn();
      if (unpublished.length > 0) publish();
    }
  };
  return { durable, commit, publish, connect, turn, settle };
}

const wantedAfter = (durable: readonly StoredEvent[], after: number) =>
  durable.filter(({ sequence, type }) => sequence > after && type === 'wanted').map(({ sequence }) => sequence);

describe('the event outbox', () => {
  it('sends every wanted event exactly once and in order, over any interleaving, resuming when it fell behind', () => {
    fc.assert(
      fc.property(
        fc.array(Step, { maxLength: 20, size: 'max' }),
        fc.array(Step, { maxLength: 100, size: 'max' }),
        fc.option(fc.nat({ max: 40 })),
        (before, steps, asked) => {
          const { durable, commit, publish, connect, turn, settle } = world();
          for (const step of before) if (step.do === 'commit') commit(step.wanted);
          const after = asked === null ? null : Math.min(asked, durable.length);
          const from = after ?? durable.length;
          let client = connect(after);
          const seen: number[] = [];
          const resume = () => {
            seen.push(...client.numbers());
            client.outbox[Symbol.dispose]();
            client = connect(seen.at(-1) ?? from);
          };
          for (const step of steps) {
            if (step.do === 'commit') commit(step.wanted);
            else if (step.do === 'publish') publish();
            else if (step.do === 'flush') client.flush();
            else turn();
            expect(client.mostInFlight()).toBeLessThanOrEqual(1);
            if (client.behind()) resume();
          }
          settle(client);
          if (client.behind()) {
            resume();
            settle(client);
          }
          expect([...seen, ...client.numbers()]).toEqual(wantedAfter(durable, from));
          expect(client.received.filter((frame) => frame.caughtUp)).toHaveLength(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('says where the backfill ended before the first live event', () => {
    const { commit, publish, connect, settle } = world();
    commit([true, false, true, false]);
    publish();
    const client = connect(0);
    settle(client);
    commit([true]);
    settle(client);
    expect(client.received).toEqual([
      { events: [{ n: 1 }, { n: 3 }] },
      { caughtUp: { sequence: '00000000000000000004' } },
      { event: { n: 5 } },
    ]);
  });

  it('is quiet for a cursor beyond the head, and says where the head is', () => {
    const { commit, connect, settle } = world();
    commit([true]);
    const client = connect(1_000);
    settle(client);
    expect(client.received).toEqual([{ caughtUp: { sequence: '00000000000000000001' } }]);
  });

  it('gives up a live client more than the limit of events behind, and holds no queue for it', () => {
    const { commit, publish, connect } = world();
    const client = connect(null);
    const oneCommit = Array.from({ length: limits.batchEvents }, () => true);
    for (let commits = 0; commits * oneCommit.length < limits.behindEvents; commits += 1) {
      commit(oneCommit);
      publish();
      expect(client.behind()).toBe(false);
    }
    commit([true]);
    publish();
    expect(client.behind()).toBe(true);
    const sent = client.received.length;
    client.flush();
    expect(client.received).toHaveLength(sent);
  });

  it('gives up a live client more than the limit of bytes behind', () => {
    const { connect } = world();
    const client = connect(null);
    const large = { type: 'wanted', json: `"${'x'.repeat(limits.behindBytes / 2)}"` };
    client.outbox.offer([{ ...large, sequence: 1 }]);
    expect(client.behind()).toBe(false);
    client.outbox.offer([{ ...large, sequence: 2 }]);
    expect(client.behind()).toBe(true);
  });

  it('forgets what the client has taken', () => {
    const { durable, commit, connect, settle } = world();
    const client = connect(null);
    for (let sent = 0; sent < limits.behindBytes; sent = durable.reduce((sum, { json }) => sum + json.length, 0)) {
      commit([true, true, true]);
      settle(client);
    }
    expect(client.behind()).toBe(false);
  });

  it('does not give up a client for one commit larger than its limit', () => {
    const { durable, commit, publish, connect, settle } = world();
    const client = connect(null);
    commit(Array.from({ length: limits.behindEvents * 3 }, () => true));
    publish();
    settle(client);
    expect(client.behind()).toBe(false);
    expect(client.numbers()).toEqual(wantedAfter(durable, 0));
  });
});
