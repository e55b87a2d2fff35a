import type { KeptState } from '../domain/desk/kept-state.ts';

/** The desk's state as it was after some event: a shortcut past the journal, which stays the truth. */
export interface Snapshots {
  /**
   * The newest whose event the journal knows by the same hash; null where there is none, or none that this program can
   * read: then the journal is replayed from its beginning.
   */
  load(hashOf: (sequence: number) => string | undefined): KeptState | null;
  /** The sequence after which the newest was taken that has been loaded or saved; 0 while there is none. */
  newest(): number;
  /**
   * Taken before it returns, written when it resolves, and not before the hash of its event is known. One that cannot be
   * written is a warning, not a fault.
   */
  save(state: KeptState, hash: string | Promise<string>): Promise<void>;
}
