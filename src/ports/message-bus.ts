/** One message of a broker. Acknowledged to the device's side only by `acknowledge` (QoS 1). */
export interface BusMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly receivedAtMs: number;
  /** True when an acknowledgement is owed (QoS 1). */
  readonly held: boolean;
  readonly retained: boolean;
  /** Sends the acknowledgement; `good: false` says the message was understood as bad (MQTT 5: reason 0x99). */
  acknowledge(good: boolean): void;
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
}
