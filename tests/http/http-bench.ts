import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openAccess } from '../../src/adapters/access/open-access.ts';
import { openAccessLog } from '../../src/adapters/sqlite/access-log.ts';
import { openAttachments } from '../../src/adapters/sqlite/attachments.ts';
import { openDatabase } from '../../src/adapters/sqlite/database.ts';
import { openFigureBook } from '../../src/adapters/sqlite/figure-book.ts';
import { openJournal } from '../../src/adapters/sqlite/journal.ts';
import { openRecords } from '../../src/adapters/sqlite/records.ts';
import { openSpectra } from '../../src/adapters/sqlite/spectra.ts';
import { openWorkerPool } from '../../src/adapters/worker-pool.ts';
import { startFeeds } from '../../src/app-feeds.ts';
import type { Role } from '../../src/domain/access.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import { AlarmPolicy } from '../../src/domain/alarm-policy.ts';
import { contextAt } from '../../src/domain/desk/decision.ts';
import { unmaskedFor } from '../../src/domain/desk/unmasking.ts';
import { ExaminationPolicy } from '../../src/domain/examination-policy.ts';
import { liveFigures } from '../../src/domain/figures/live.ts';
import { RetentionPolicy } from '../../src/domain/sharing/retention.ts';
import { createSharer } from '../../src/domain/sharing/sharer.ts';
import { SharingPolicy, viewerOf } from '../../src/domain/sharing/sharing-policy.ts';
import { Lane, MatchingPolicy, Site } from '../../src/domain/site.ts';
import type { HttpParts } from '../../src/http/parts.ts';
import { buildHttp } from '../../src/http/server.ts';
import type { AccessStore } from '../../src/ports/access.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { createAudit } from '../../src/runtime/audit.ts';
import { createCommitter } from '../../src/runtime/committer.ts';
import { type Desk, openDesk } from '../../src/runtime/desk.ts';
import { createReadingStore, type ReadingStore } from '../../src/runtime/readings.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { gamma } from '../support/desk-bench.ts';
import { silentLog } from '../support/driver-bench.ts';
import { englishGuidance } from '../support/guidance.ts';
import { noBrokerFeeds } from '../support/no-broker-feeds.ts';
import { noSnapshots } from '../support/restarted-desk.ts';

export const adminToken = 'an-administrator-token-for-tests-only';

/** The HTTP edge on a free port, with the real journal, desk and access store behind it. */
export interface HttpBench extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly dataDir: string;
  readonly address: string;
  readonly access: AccessStore;
  readonly desk: Desk;
  readonly journal: Journal;
  readonly readings: ReadingStore;
  /** A bearer token of this role. */
  tokenOf(role: Role): string;
  /** A request with a token (the administrator's, unless said otherwise; null: none). */
  call(path: string, init?: RequestInit & { token?: string | null; json?: unknown }): Promise<Response>;
  /** A gamma alarm of one device. */
  raise(deviceId: string): Promise<Alarm>;
}

/** `start`: what the access store is opened with, where it is not a token of the environment and the system's clock. */
export async function startHttpBench(
  change: Partial<HttpParts> = {},
  start: { readonly adminToken?: string | undefined } = { adminToken },
): Promise<HttpBench> {
  await using opened = new AsyncDisposableStack();
  const dir = opened.adopt(mkdtempSync(join(tmpdir(), 'http-')), (made) => rmSync(made, { recursive: true }));
  const db = opened.adopt(openDatabase(dir), (open) => void open.close());
  const site = Site.parse({ id: 'post', name: 'Post', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' });
  const lanes = ['lane-1', 'lane-2'].map((id) => Lane.parse({ id, name: id, kind: 'vehicle' }));
  const access = opened.use(
    openAccess({ file: join(dir, 'access.sqlite'), adminToken: start.adminToken, clock: change.clock ?? systemClock }),
  );
  const journal = openJournal(db, site.id, systemClock);
  const records = openRecords(db);
  const committer = opened.use(createCommitter(journal, systemClock, silentLog));
  const context = {
    newId: randomUUID,
    site,
    lanes: new Map(lanes.map((lane) => [lane.id, lane])),
    deviceIds: new Set(['rpm-1']),
    deviceModes: new Map(),
    alarms: AlarmPolicy.parse({}),
    guidance: englishGuidance(),
    matching: MatchingPolicy.parse({}),
    examinations: ExaminationPolicy.parse({}),
  };
  const desk = openDesk({ journal, snapshots: noSnapshots, records, committer, clock: systemClock, context });
  const readings = createReadingStore();
  const sharer = createSharer({ retention: RetentionPolicy.parse({}), now: () => systemClock.now() });
  const webhooks = await startFeeds({
    ...{ dataDir: dir, desk, journal, events: committer.events, sharer, sharing: SharingPolicy.parse({}) },
    ...{
      webhookAllow: ['127.0.0.1'],
      clock: systemClock,
      random: Math.random,
      log: silentLog,
      ...noBrokerFeeds,
      records,
    },
  });
  opened.use(webhooks);
  const app = await buildHttp({
    site,
    lanes,
    devices: () => [],
    laneService: (id) => desk.state.services.lane.get(id) ?? null,
    drivers: [],
    commands: desk,
    journal,
    records,
    audit: createAudit(desk, silentLog),
    accessLog: openAccessLog(db),
    unmaskings: () => [...desk.state.unmaskings.values()],
    unmaskedFor: (name) => unmaskedFor(desk.state, name, Date.now()),
    sharer,
    viewerOf: (principal) => viewerOf(principal, SharingPolicy.parse({})),
    figures: openFigureBook({
      dataDir: dir,
      policy: context.alarms,
      workers: opened.use(openWorkerPool()),
      clock: systemClock,
      live: () => liveFigures(desk.state, contextAt(context, Date.now())),
    }),
    events: committer.events,
    readings,
    spectra: openSpectra(db),
    attachments: openAttachments(db, dir, systemClock),
    access,
    webhooks,
    ready: () => ({ ok: true, reasons: [] }),
    metrics: async () => 'lanewatch_up 1\n',
    dashboardDir: null,
    clock: systemClock,
    log: silentLog,
    ...change,
  });
  opened.defer(() => app.close());
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const owned = opened.move();

  const call: HttpBench['call'] = (path, { token = adminToken, json, headers, ...init } = {}) => {
    const sent = new Headers(headers);
    if (token !== null) sent.set('authorization', `Bearer ${token}`);
    if (json !== undefined) sent.set('content-type', 'application/json');
    const body = json === undefined ? init.body : JSON.stringify(json);
    return fetch(address + path, { redirect: 'manual', ...init, headers: sent, ...(body == null ? {} : { body }) });
  };
  const raise = async (deviceId: string): Promise<Alarm> => {
    const receivedAtMs = Date.now();
    const raw = { deviceId, receivedAt: new Date(receivedAtMs).toISOString(), sha256: 'a'.repeat(64) };
    const observation = gamma(receivedAtMs, 1);
    desk.take({ type: 'observation', deviceId, laneId: 'lane-1', observation, raw, receivedAtMs });
    await committer.durable();
    const alarm = [...desk.state.alarms.values()].findLast((candidate) => candidate.deviceId === deviceId);
    if (alarm === undefined) throw new Error(`${deviceId} raised no alarm`);
    return alarm;
  };
  const tokenOf = (role: Role) => access.createToken({ name: `a ${role}`, role }).secret;
  const made = { app, dataDir: dir, address, access, desk, journal, readings, tokenOf, call, raise };
  return { ...made, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
