import { join } from 'node:path';
import { drivers } from '../drivers/index.ts';
import { openAccess } from './adapters/access/open-access.ts';
import { createMetrics } from './adapters/metrics.ts';
import { openSnapshotFile } from './adapters/snapshot-file.ts';
import { openAccessLog } from './adapters/sqlite/access-log.ts';
import { openAttachments } from './adapters/sqlite/attachments.ts';
import { lockDataDir, openDatabase } from './adapters/sqlite/database.ts';
import { openFigureBook } from './adapters/sqlite/figure-book.ts';
import { openJournal } from './adapters/sqlite/journal.ts';
import { openRecords } from './adapters/sqlite/records.ts';
import { openSpectra } from './adapters/sqlite/spectra.ts';
import { startWriterThread } from './adapters/sqlite/writer-thread.ts';
import { openWorkerPool } from './adapters/worker-pool.ts';
import { renewCertificates } from './app-certificates.ts';
import { edgeOf, providerOf } from './app-edge.ts';
import { startFeeds } from './app-feeds.ts';
import { eraseBeforeStart, retain } from './app-retention.ts';
import { openWires } from './app-wires.ts';
import type { LoadedConfig } from './config/load-config.ts';
import { findProfile, profileNameOf } from './config/profiles.ts';
import { contextAt } from './domain/desk/decision.ts';
import { modeOf } from './domain/desk/modes.ts';
import { unmaskedFor } from './domain/desk/unmasking.ts';
import { liveFigures } from './domain/figures/live.ts';
import { firstDue } from './domain/sharing/retention.ts';
import { createSharer } from './domain/sharing/sharer.ts';
import { viewerOf } from './domain/sharing/sharing-policy.ts';
import { LanewatchError } from './errors.ts';
import { catalogueOf } from './http/catalogue.ts';
import { buildHttp } from './http/server.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { createAudit } from './runtime/audit.ts';
import { createCommitter } from './runtime/committer.ts';
import { openDesk } from './runtime/desk.ts';
import { keepSnapshots } from './runtime/desk-state.ts';
import { startFleet } from './runtime/fleet.ts';
import { createLaneBoard } from './runtime/lane-board.ts';
import { createReadingStore } from './runtime/readings.ts';
import { defaultTiming, type SupervisorTiming } from './runtime/supervisor.ts';

/** Often, so that what settles in a busy moment is spread over many small commits. */
const tickEveryMs = 50;

export interface AppParts {
  readonly loaded: Extract<LoadedConfig, { ok: true }>;
  readonly dataDir: string;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly adminToken?: string | undefined;
  readonly dashboardDir: string | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
  readonly timing?: SupervisorTiming;
}

export interface App extends AsyncDisposable {
  /** e.g. http://127.0.0.1:8080 */
  readonly address: string;
}

/**
 * Builds the service from its parts, in the order in which data flows, and starts it. Disposing of it stops taking
 * input first, then commits, then closes, in reverse order.
 */
export async function startApp(parts: AppParts): Promise<App> {
  const { config, profiles, guidance, sha256, webhookAllow, secrets } = parts.loaded;
  const { clock, log, random, newId } = parts;
  const { site } = config;
  await using opened = new AsyncDisposableStack();

  opened.use(lockDataDir(parts.dataDir));
  const db = opened.adopt(openDatabase(parts.dataDir), (open) => void open.close());
  const access = opened.use(
    openAccess({
      file: join(parts.dataDir, 'access.sqlite'),
      adminToken: parts.adminToken,
      sessionLimits: config.access.session,
      clock,
    }),
  );
  const { write } = opened.use(startWriterThread(db.name));
  const journal = openJournal(db, site.id, clock, write);
  const records = openRecords(db);
  const committer = createCommitter(journal, clock, log);
  const lanes = new Map(config.lanes.map((lane) => [lane.id, lane]));
  const deviceIds = new Set(config.devices.filter(({ enabled }) => enabled).map(({ id }) => id));
  const deviceModes = new Map(config.devices.flatMap(({ id, mode }) => (mode === undefined ? [] : [[id, mode]])));
  const { alarms, matching, examinations } = config;
  const context = { newId, site, lanes, deviceIds, deviceModes, alarms, guidance, matching, examinations };
  eraseBeforeStart(parts.dataDir, config.retention, clock);
  const since = firstDue(config.retention, 'deleteAfterDays', clock.now());
  const snapshots = openSnapshotFile(parts.dataDir, log, { since });
  const desk = openDesk({ journal, snapshots, records, committer, clock, context });
  // The last snapshot is taken when everything is durable.
  opened.use(keepSnapshots(desk.state, journal, snapshots, committer));
  opened.use(committer);
  const readings = createReadingStore();
  const { sequence: firstSequence } = journal.head();
  desk.take({
    type: 'started',
    config: { sha256, lanes: lanes.size, devices: config.devices.length, mode: site.mode },
  });

  const { wiring, bus } = opened.use(await openWires(parts.loaded, clock, log));
  const devices = config.devices.map(({ id, lane, driver, link, options: written, enabled }) => {
    const definition = drivers.get(driver);
    if (definition === undefined) throw new LanewatchError('configuration-fault', `there is no driver ${driver}`);
    const options = definition.options.parse(written);
    const profile = findProfile(profiles, driver, profileNameOf(options))?.data;
    const mode = modeOf(context, lanes.get(lane), id);
    return { id, laneId: lane, link, enabled, mode, definition, options, profile, wire: wiring({ id, link }) };
  });
  const spectra = openSpectra(db);
  const attachments = openAttachments(db, parts.dataDir, clock);
  const workers = opened.use(openWorkerPool());
  opened.use(await retain({ ...parts, retention: config.retention, desk, attachments, workers }));
  const pipeline = { desk, committer, readings, spectra };
  const watching = devices.filter(({ enabled, definition }) => enabled && definition.role !== 'output');
  const board = createLaneBoard(desk.state, watching, clock);
  const timing = parts.timing ?? defaultTiming;
  const fleet = startFleet(devices, { pipeline, timeZone: site.timeZone, workers, board, clock, random, timing, log });
  opened.use(fleet);
  opened.adopt(
    startTicking(() => desk.take({ type: 'tick' }), clock, log),
    (ticking) => ticking.stop(),
  );

  const sharer = createSharer({ retention: config.retention, now: () => clock.now() });
  const feeds = await startFeeds({
    ...{ dataDir: parts.dataDir, desk, journal, events: committer.events, sharer, sharing: config.sharing },
    ...{ webhookAllow, clock, random, log, firstSequence, config, secrets: secrets.feeds, records, bus },
  });
  opened.use(feeds);

  const http = await buildHttp({
    site,
    lanes: config.lanes,
    devices: fleet.statuses,
    laneService: (id) => desk.state.services.lane.get(id) ?? null,
    drivers: catalogueOf(drivers, profiles),
    commands: desk,
    journal,
    records,
    audit: createAudit(desk, log),
    accessLog: openAccessLog(db),
    unmaskings: () => [...desk.state.unmaskings.values()],
    unmaskedFor: (name) => unmaskedFor(desk.state, name, clock.now()),
    sharer,
    viewerOf: (principal) => viewerOf(principal, config.sharing),
    figures: openFigureBook({
      dataDir: parts.dataDir,
      policy: alarms,
      workers,
      clock,
      live: () => liveFigures(desk.state, contextAt(context, clock.now())),
    }),
    events: committer.events,
    readings,
    spectra,
    attachments,
    access,
    identityProvider: providerOf(config, parts.loaded.secrets),
    edge: edgeOf(config),
    webhooks: feeds,
    ready: () => {
      const failure = committer.failure();
      return { ok: failure === null, reasons: failure === null ? [] : [`the journal cannot be written: ${failure}`] };
    },
    metrics: createMetrics({
      devices: fleet.statuses,
      feeds: feeds.statuses,
      journalHead: () => journal.head().sequence,
      journalOk: () => committer.failure() === null,
      alarms: () => [...desk.state.alarms.values()].filter((alarm) => alarm.state !== 'normal'),
    }),
    dashboardDir: parts.dashboardDir,
    clock,
    log,
  });
  opened.defer(() => http.close());
  const address = await http.listen({ host: parts.host ?? config.http.host, port: parts.port ?? config.http.port });

  if (config.http.tls !== undefined) {
    opened.use(renewCertificates(http.server, config.http.tls, () => edgeOf(config).tls, { clock, log }));
  }
  const shown = config.http.publicUrl ?? address;
  if (access.setUp.needed()) {
    log.warn({ address: `${shown}/setup?code=${access.setUp.begin()}` }, 'no user yet: make the first administrator');
  }

  const owned = opened.move();
  return { address, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function startTicking(tick: () => void, clock: Clock, log: Log): { stop(): Promise<void> } {
  const stopper = new AbortController();
  const run = async () => {
    while (!stopper.signal.aborted) {
      try {
        tick();
      } catch (error) {
        log.error({ err: error }, 'a tick of the desk failed');
      }
      await clock.sleep(tickEveryMs, stopper.signal).catch(() => undefined);
    }
  };
  const done = run();
  return {
    stop: () => {
      stopper.abort();
      return done;
    },
  };
}
