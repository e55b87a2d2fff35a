/**
 * The schema, one step per version: `migrations[n]` brings version n to n + 1. Never edit a step that has been released.
 *
 * `events` is the truth; every other table but `receipts` is a projection that points at the event holding the latest
 * body (`event`), so that each body is stored once.
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
];
