/**
 * The schema, one step per version: `migrations[n]` brings version n to n + 1. Never edit a step that has been released.
 *
 * `events` is the truth; every other table but `receipts` is a projection that points at the event holding the latest
 * body (`event`), so that each body is stored once. The `figure_…` tables point nowhere: they hold what is counted, and
 * nothing of what did not happen in earnest. Times there are in milliseconds. A step that inserts into `rebuilds` has all
 * projections written anew from the events (rebuild.ts).
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    type TEXT NOT NULL,
    json TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE TABLE alarms (
    id TEXT PRIMARY KEY,
    event INTEGER NOT NULL,
    state TEXT NOT NULL,
    lane TEXT NOT NULL,
    priority TEXT NOT NULL,
    signal TEXT NOT NULL,
    at TEXT NOT NULL,
    search TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alarms_at ON alarms (at, id);
  CREATE INDEX alarms_state ON alarms (state, at, id);
  CREATE INDEX alarms_lane ON alarms (lane, at, id);
  CREATE TABLE passages (
    id TEXT PRIMARY KEY,
    event INTEGER NOT NULL,
    lane TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX passages_at ON passages (at, id);
  CREATE INDEX passages_lane ON passages (lane, at, id);
  CREATE TABLE targets (
    id TEXT PRIMARY KEY,
    event INTEGER NOT NULL,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    search TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX targets_at ON targets (at, id);
  CREATE TABLE matches (
    id TEXT PRIMARY KEY,
    event INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE receipts (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipts_at ON receipts (at);
  `,
  `
  CREATE TABLE spectra (
    id TEXT PRIMARY KEY,
    json TEXT NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE examinations (
    id TEXT PRIMARY KEY,
    event INTEGER NOT NULL,
    state TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    assignee TEXT,
    overdue INTEGER NOT NULL,
    alarm TEXT,
    target TEXT,
    passage TEXT,
    at TEXT NOT NULL,
    due TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX examinations_at ON examinations (at, id);
  CREATE INDEX examinations_due ON examinations (due, id);
  CREATE INDEX examinations_queue ON examinations (state, unit, due, id);
  CREATE INDEX examinations_alarm ON examinations (alarm) WHERE alarm IS NOT NULL;
  CREATE INDEX examinations_target ON examinations (target) WHERE target IS NOT NULL;
  CREATE INDEX examinations_passage ON examinations (passage) WHERE passage IS NOT NULL;
  CREATE TABLE attachment_uses (
    sha256 TEXT NOT NULL,
    examination TEXT NOT NULL,
    PRIMARY KEY (sha256, examination)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attachments (
    sha256 TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    size INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (sha256, uploaded_by)
  ) STRICT, WITHOUT ROWID;
  `,
  // Filters of passages.
  `
  ALTER TABLE passages ADD COLUMN closed TEXT;
  ALTER TABLE passages ADD COLUMN search TEXT NOT NULL DEFAULT '';
  UPDATE passages SET
    closed = (SELECT json_extract(json, '$.data.closedAt') FROM events WHERE sequence = event),
    search = lower(id || ' ' || coalesce((
      SELECT group_concat(json_extract(read.value, '$.value'), ' ') FROM events, json_each(events.json, '$.data.identities') AS read WHERE sequence = event
    ), ''));
  CREATE INDEX passages_open ON passages (at, id) WHERE closed IS NULL;
  `,
  // Figures: what is counted of each alarm, examination and match, clustered by time.
  `
  CREATE TABLE rebuilds (
    id INTEGER PRIMARY KEY
  ) STRICT;
  INSERT INTO rebuilds SELECT 1 WHERE EXISTS (SELECT 1 FROM events);
  CREATE TABLE figure_alarms (
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    what TEXT NOT NULL,
    priority TEXT NOT NULL,
    detection INTEGER NOT NULL,
    historical INTEGER NOT NULL,
    active INTEGER NOT NULL,
    chattering INTEGER NOT NULL,
    stale INTEGER NOT NULL,
    acknowledged_after INTEGER,
    disposed_after INTEGER,
    class TEXT,
    PRIMARY KEY (at, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE figure_annunciations (
    at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    lane TEXT NOT NULL,
    device TEXT NOT NULL,
    what TEXT NOT NULL,
    PRIMARY KEY (at, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE figure_floods (
    position TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER,
    PRIMARY KEY (position, began)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE figure_examinations (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    requested INTEGER NOT NULL,
    due INTEGER NOT NULL,
    state TEXT NOT NULL,
    result INTEGER,
    code TEXT,
    delivery_late INTEGER NOT NULL,
    reason TEXT NOT NULL,
    lane TEXT,
    originator TEXT,
    criteria TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX figure_examinations_at ON figure_examinations (at);
  CREATE TABLE figure_matches (
    at INTEGER NOT NULL,
    id TEXT NOT NULL,
    method TEXT NOT NULL,
    originator TEXT NOT NULL,
    verdict TEXT,
    PRIMARY KEY (at, id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Targets by their originator's reference; those on the list, for a start.
  `
  ALTER TABLE targets ADD COLUMN originator TEXT NOT NULL DEFAULT '';
  ALTER TABLE targets ADD COLUMN reference TEXT NOT NULL DEFAULT '';
  UPDATE targets SET (originator, reference) = (
    SELECT json_extract(json, '$.data.originator'), json_extract(json, '$.data.reference') FROM events WHERE sequence = event
  );
  CREATE INDEX targets_reference ON targets (originator, reference);
  CREATE INDEX targets_active ON targets (event) WHERE state = 'active';
  `,
  // The record of access: who was let in, saw or did what, and who was refused.
  `
  CREATE TABLE access_log (
    event INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    granted INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE access_subjects (
    subject TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (subject, event)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX access_log_by ON access_log (by, event);
  `,
  // By reference only those that have ended are looked for: the others the desk holds. An import is spared the rest.
  `
  DROP INDEX targets_reference;
  CREATE INDEX targets_ended ON targets (originator, reference) WHERE state <> 'active';
  `,
  // Personal data apart from what is chained: the chain is made anew where it holds any (reseal.ts).
  `
  ALTER TABLE events ADD COLUMN personal TEXT;
  ALTER TABLE events ADD COLUMN dated INTEGER;
  CREATE INDEX events_dated ON events (dated) WHERE personal IS NOT NULL;
  CREATE TABLE resealings (asked INTEGER NOT NULL) STRICT;
  INSERT INTO resealings SELECT 1 WHERE EXISTS (SELECT 1 FROM events);
  `,
];
