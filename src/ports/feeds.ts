import type { FeedDelivery, FeedKind, FeedStatus, ParkedEvent } from '../domain/feed.ts';
import type { FeedTerms, Subscription } from '../domain/subscription.ts';

/** An event as its reader may have it: `json` is the CloudEvent that leaves. */
export interface FeedEvent {
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  readonly json: string;
}

/** Why an attempt did not go through. `retryAfterMs`: as the other side asks; `gone`: it wants no more. */
export interface FeedFailure {
  readonly reason: string;
  readonly retryAfterMs?: number | undefined;
  readonly gone?: boolean | undefined;
}

/** What came of one attempt: how many of the events were accepted, from the first on, and why not all. */
export interface Attempt {
  readonly accepted: number;
  /** Of an HTTP answer. */
  readonly status?: number | undefined;
  readonly failure: FeedFailure | null;
}

/** Where a feed goes. It makes one attempt, within a time of its own, and never retries: the runner does. */
export interface FeedSink extends AsyncDisposable {
  /** The most events of one attempt. */
  readonly window: number;
  /** Rejects only when the signal aborts. */
  send(events: readonly FeedEvent[], signal: AbortSignal): Promise<Attempt>;
}

/** A place in the journal and how reading on from it goes. Times in milliseconds since the epoch. */
export interface Course {
  /** Everything up to here was accepted, parked, or is not for this feed. */
  cursor: number;
  /** Attempts at the next event that failed and count. */
  failed: number;
  failingSinceMs: number | null;
  nextAtMs: number | null;
}

/** What is kept of a feed. Its owner changes it and then calls `save`. */
export interface FeedRecord extends Course {
  readonly id: string;
  accepted: number;
  retries: number;
  acceptedAtMs: number | null;
  lastError: { readonly reason: string; readonly atMs: number } | null;
}

/** A part of the journal to be sent again, up to and with `until`. */
export interface Replay extends Course {
  readonly key: number;
  readonly until: number;
}

/** The stored cursors: never ahead of what was accepted, behind by at most a moment after a kill. */
export interface FeedBook extends AsyncDisposable {
  /** What is kept of a feed; one never seen begins after `startAfter`. */
  open(id: string, startAfter: number): FeedRecord;
  /** Kept soon, together with what else has changed. */
  save(record: FeedRecord): void;
  /** Forgets all about a feed. */
  drop(id: string): void;
  replays(id: string): readonly Replay[];
  addReplay(id: string, after: number, until: number): void;
  saveReplay(replay: Replay): void;
  endReplay(replay: Replay): void;
  park(id: string, parked: ParkedRow): void;
  /** Those to be tried once more, oldest first. */
  wanted(id: string): readonly ParkedRow[];
  /** All that are parked are wanted again; says how many. */
  want(id: string): number;
  unpark(id: string, sequence: number): void;
  discard(id: string): number;
  parked(id: string, limit: number): { readonly total: number; readonly items: readonly ParkedEvent[] };
  log(id: string, delivery: FeedDelivery): void;
  deliveries(id: string, limit: number): readonly FeedDelivery[];
  /** The last result that an agency's side has acknowledged; kept soon. */
  acknowledge(agency: string, acknowledgement: NonNullable<FeedStatus['acknowledged']>): void;
  acknowledged(agency: string): FeedStatus['acknowledged'];
  /** Up to where the journal was looked through for acknowledgements; null: never. */
  lookedUpTo(): number | null;
  /** Kept with the next that is kept. */
  looked(sequence: number): void;
}

export interface ParkedRow {
  readonly sequence: number;
  readonly atMs: number;
  readonly attempts: number;
  readonly reason: string;
}

/** Signing secrets of subscriptions, each made for a version of its subscription. */
export interface SecretBook {
  /**
   * The secret that was made for this version, made now where it is newer than the newest; then the older ones end after
   * `graceMs`. Durable when it returns. Null where it has ended.
   */
  secretFor(subscription: Pick<Subscription, 'id' | 'version'>, graceMs: number): string | null;
  /** Those to sign with now, newest first. */
  secretsOf(id: string): readonly string[];
  forget(id: string): void;
}

/** A feed to be run. */
export interface FeedSpec {
  readonly id: string;
  readonly kind: FeedKind;
  readonly terms: FeedTerms;
  /** Where the journal is read from when the feed has never run. */
  readonly startAfter: number;
}

/** What is to be sent again: a part of the journal, both ends included, or what is parked. */
export type ReplayRequest = { readonly from: number; readonly to: number } | 'parked';

/** The feeds as the edges see them. */
export interface FeedPort {
  statuses(): readonly FeedStatus[];
  status(id: string): FeedStatus | undefined;
  parked(id: string): { readonly total: number; readonly items: readonly ParkedEvent[] };
  deliveries(id: string, limit: number): readonly FeedDelivery[];
  /** Throws `forbidden-transition` where too many wait already. */
  replay(id: string, request: ReplayRequest): void;
  discard(id: string): void;
  /** The sequence of the first event recorded at or after a time. */
  sequenceAt(timeMs: number): number;
}

/** The webhooks as the edges see them. */
export interface WebhookPort extends FeedPort {
  subscriptions(): readonly Subscription[];
  subscription(id: string): Subscription | undefined;
  /** Throws `invalid-request` where webhooks must not post to the address. */
  checkAddress(url: string): Promise<void>;
  /** The secret of that version of the subscription, to be shown once; null where it has ended since. */
  secretFor(subscription: Subscription, graceMs: number): string | null;
}
