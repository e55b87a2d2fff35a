import type { AccessFact } from '../domain/facts.ts';
import type { Page, PageQuery } from './journal.ts';

/**
 * Takes what happened into the journal, where it is chained like every event. Throws `journal-unavailable` for what was allowed and
 * cannot be recorded: then it must not happen.
 */
export interface Audit {
  granted(access: AccessFact): void;
  denied(access: AccessFact): void;
}

/** An entry as it is read back. */
export interface AccessRecord extends AccessFact {
  readonly sequence: number;
  readonly at: string;
  readonly granted: boolean;
}

export interface AccessQuery extends PageQuery {
  readonly by?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly granted?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The record of access, newest first. Throws `cursor-unknown` for a cursor it never gave. */
export interface AccessLog {
  page(query: AccessQuery): Page<AccessRecord>;
}
