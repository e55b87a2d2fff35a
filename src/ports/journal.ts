import type { Alarm, AlarmState } from '../domain/alarm.ts';
import type { DomainEvent } from '../domain/event.ts';
import type { Examination } from '../domain/examination.ts';
import type { ExaminationState } from '../domain/examination-summary.ts';
import type { Match } from '../domain/match.ts';
import type { Passage } from '../domain/passage.ts';
import type { Target } from '../domain/target.ts';
import type { Priority, Signal } from '../domain/words.ts';

/** An event as stored and as it leaves: `json` is the CloudEvent, serialised once. */
export interface StoredEvent {
  readonly sequence: number;
  readonly type: string;
  readonly json: string;
  /** Of when the personal data in it is; absent where nobody has looked. */
  readonly datedMs?: number;
}

/** The answer to a command with an `Idempotency-Key`, kept in the command's own transaction. */
export interface Receipt {
  readonly key: string;
  /** SHA-256 of who, what and the body. */
  readonly digest: string;
  readonly status: number;
  readonly body: string;
}

/** Sequence of the newest event, 0 when there is none, and its hash in hex. */
export interface Head {
  readonly sequence: number;
  readonly sha256: string;
}

/** The append-only truth. */
export interface Journal {
  /** Of what is durable. */
  head(): Head;
  /** Appends in one transaction, with projections and receipts. Durable when it resolves; all or nothing. */
  append(events: readonly DomainEvent[], receipts: readonly Receipt[]): Promise<readonly StoredEvent[]>;
  /** Events after a sequence, oldest first; `types` are exact types or prefixes ending in `*`. */
  read(query: {
    readonly after: number;
    readonly limit: number;
    readonly types?: readonly string[];
  }): readonly StoredEvent[];
  /** What came after a sequence, oldest first, for bringing a state up to date; after 0: everything. */
  replay(after: number): IterableIterator<DomainEvent>;
  /** The active targets as they are now, those longest unchanged first; then those of `others` that are not active. */
  targets(others: Iterable<string>): IterableIterator<Target>;
  /** The hash of an event; undefined where there is none. */
  hashOf(sequence: number): string | undefined;
  receipt(key: string): Receipt | undefined;
}

/** A page of a list; `next` is the cursor of the following page, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}
export interface AlarmQuery extends PageQuery {
  readonly state?: readonly AlarmState[] | undefined;
  readonly lane?: string | undefined;
  readonly priority?: readonly Priority[] | undefined;
  readonly signal?: readonly Signal[] | undefined;
  /** Free text over ids, device, identifiers and comments. */
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ExaminationQuery extends PageQuery {
  readonly state?: readonly ExaminationState[] | undefined;
  readonly unit?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly reason?: readonly string[] | undefined;
  readonly assignee?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly alarm?: string | undefined;
  readonly target?: string | undefined;
  readonly passage?: string | undefined;
  /** `due`: what is due first comes first, as in a work queue. */
  readonly order?: 'newest' | 'due' | undefined;
}
/** A unit's open examinations. */
export interface WorkQueue {
  readonly unit: string;
  readonly requested: number;
  readonly accepted: number;
  readonly started: number;
  readonly overdue: number;
  /** Of what waits: due first. */
  readonly nextDueAt: string;
  readonly oldestRequestedAt: string;
}

export interface PassageQuery extends PageQuery {
  readonly lane?: string | undefined;
  /** Free text over the id and the identifiers read. */
  readonly q?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Still open, or closed; both where left out. */
  readonly open?: boolean | undefined;
}

/** The projections, newest first. Throws `cursor-unknown` for a cursor it never gave. */
export interface Records {
  alarms(query: AlarmQuery): Page<Alarm>;
  alarm(id: string): Alarm | undefined;
  passages(query: PassageQuery): Page<Passage>;
  passage(id: string): Passage | undefined;
  targets(
    query: PageQuery & { readonly state?: Target['state'] | undefined; readonly q?: string | undefined },
  ): Page<Target>;
  target(id: string): Target | undefined;
  /** The one that its originator knows by this reference, where it has ended. */
  endedTarget(originator: string, reference: string): Target | undefined;
  match(id: string): Match | undefined;
  examinations(query: ExaminationQuery): Page<Examination>;
  examination(id: string): Examination | undefined;
  /** Units with open examinations, by name. */
  workQueues(): readonly WorkQueue[];
  /** The examinations whose results name this attachment, by id. */
  examinationsWith(sha256: string): readonly string[];
  /** What `work` looks up is of one moment, and each look-up is cheaper. It must not wait for anything. */
  atOnce<T>(work: () => T): T;
}
