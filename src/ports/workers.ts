/** Work that would hold up the event loop, done in a thread of its own. */
export interface Workers {
  /**
   * Calls the exported function `name` of the module with a cloned `input`. Rejects with `internal` when it fails or takes
   * too long, with the signal's reason when that aborts.
   */
  run<T>(module: URL, name: string, input: unknown, signal: AbortSignal): Promise<T>;
}
