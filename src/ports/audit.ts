/** Who did or saw what, from where, for what: one entry of the record of access. */
export interface AccessEntry {
  readonly by: string;
  readonly role: string | null;
  readonly agency: string | null;
  /** The address it came from. */
  readonly from: string;
  /** What was asked for, e.g. `sign-in`, `read`, `dispose`. */
  readonly action: string;
  /** What it was about, e.g. `alarms/{id}`. */
  readonly subject: string | null;
  /** The version of it that was meant, where one was named. */
  readonly version: number | null;
  readonly purpose: string | null;
  readonly detail: string | null;
}

/** Takes entries into the journal, in the commit of what they stand for where that changes something. */
export interface Audit {
  granted(entry: AccessEntry): void;
  denied(entry: AccessEntry): void;
}
