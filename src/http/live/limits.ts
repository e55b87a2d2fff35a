/** Every timing and size of the live stream. */
export interface LiveLimits {
  /** A client that has not subscribed by then is closed. */
  readonly subscribeWithinMs: number;
  /** Pings go out this often; a client that answered none since the last one is gone. Credentials are checked again. */
  readonly heartbeatMs: number;
  /** Least time between two frames of readings. */
  readonly readingsEveryMs: number;
  /** A live client further behind than either is closed with 4408. */
  readonly behindEvents: number;
  readonly behindBytes: number;
  /** Events read from the journal for one turn of a backfill, and most of one frame. */
  readonly batchEvents: number;
  /** Largest message from a client. */
  readonly messageBytes: number;
  /** At the stop, a client that has not closed by then is cut off. */
  readonly closeWithinMs: number;
}

export const liveLimits: LiveLimits = {
  subscribeWithinMs: 10_000,
  heartbeatMs: 15_000,
  readingsEveryMs: 100,
  behindEvents: 1_000,
  behindBytes: 8 * 1_048_576,
  batchEvents: 100,
  messageBytes: 65_536,
  closeWithinMs: 1_000,
};

/** WebSocket close codes we use (RFC 6455, section 7.4; 4000 and up are the application's). */
export const closeCode = {
  goingAway: 1001,
  policy: 1008,
  internal: 1011,
  unauthenticated: 4401,
  behind: 4408,
} as const;
