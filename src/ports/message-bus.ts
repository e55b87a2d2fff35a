/** One message of a broker, or one file of a folder. Acknowledged to the device's side only by `acknowledge`. */
export interface BusMessage {
  /** The topic, or the file's name. */
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly receivedAtMs: number;
  /** True when an acknowledgement is owed (QoS 1, a file). */
  readonly held: boolean;
  readonly retained: boolean;
  /**
   * Sends the acknowledgement; `good: false` says the message was understood as bad, and why (MQTT 5: reason code 0x99; a
   * file: moved to `refused/` with the reason beside it).
   */
  acknowledge(good: boolean, reason?: string): void;
}

/** What the broker says for us when we are gone without a word (MQTT 5.0, 3.1.2.5). */
export interface Will {
  readonly topic: string;
  readonly payload: string;
}

/** The sending direction of a broker, for one client. */
export interface Publisher extends AsyncDisposable {
  /** QoS 1, retained or not; resolves at the broker's PUBACK. Throws `link-lost` or `link-timeout`. */
  publish(topic: string, payload: string, retain: boolean): Promise<void>;
}

/** A broker, seen from a device's driver: one persistent session per subscriber, nothing acknowledged before its commit. */
export interface MessageBus {
  /**
   * Opens the subscriber's session and resolves once subscribed. Iteration throws when the connection is lost, ends
   * when the signal aborts.
   */
  subscribe(
    subscription: { readonly subscriber: string; readonly topic: string; readonly qos: 0 | 1 },
    signal: AbortSignal,
  ): Promise<AsyncIterable<BusMessage>>;
  /** Connects a sender, with a last will where it leaves one. */
  publisher(sender: { readonly id: string; readonly will: Will | null }, signal: AbortSignal): Promise<Publisher>;
}
