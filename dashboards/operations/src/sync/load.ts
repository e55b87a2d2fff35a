import { type Api, ApiError } from '../contract/api.ts';
import type { Alarm, DeviceStatus, Lane, LiveReading, Passage, Session, Site } from '../contract/resources.ts';
import type { Store } from '../state/store.ts';

const openStates = ['unacknowledged', 'returned', 'acknowledged', 'shelved', 'suppressed', 'out-of-service'];
const mostAlarms = 20_000;
const mostPassages = 400;
const mostItems = 2_000;
const readingsMs = 120_000;

/** Who is signed in, the post, its devices and the readings of the last minutes. */
export async function loadPost(api: Api, store: Store, signal: AbortSignal): Promise<void> {
  const [session, site, lanes, devices] = await Promise.all([
    api.get<Session>('/session', signal),
    api.get<Site>('/site', signal),
    api.list<Lane>('/lanes', mostItems, signal),
    api.list<DeviceStatus>('/devices', mostItems, signal),
  ]);
  const readings = await ifAllowed(Promise.all(devices.map((device) => readingsOf(api, device.id, signal))));
  store.dispatch({ type: 'post-loaded', session, site, lanes, devices, readings: readings?.flat() ?? null });
}

/** All open alarms and the newest passages: at least as new as `cursor`, the stream's place before we asked. */
export async function loadBoard(api: Api, store: Store, cursor: string, signal: AbortSignal): Promise<void> {
  const board = await ifAllowed(
    Promise.all([
      api.list<Alarm>(`/alarms?state=${openStates.join(',')}`, mostAlarms, signal),
      api.list<Passage>('/passages', mostPassages, signal),
    ]),
  );
  store.dispatch({ type: 'board-loaded', cursor, board: board && { alarms: board[0], passages: board[1] } });
}

export async function loadDevices(api: Api, store: Store, signal: AbortSignal): Promise<void> {
  store.dispatch({ type: 'answered', devices: await api.list<DeviceStatus>('/devices', mostItems, signal) });
}

/** What the signed-in role may not see is null: a technician has no alarms, the targeting unit no count rates. */
async function ifAllowed<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  }
}

/** Of the time a tile shows, by the service's clock. */
async function readingsOf(api: Api, deviceId: string, signal: AbortSignal): Promise<readonly LiveReading[]> {
  const from = new Date(Date.now() + api.clockOffsetMs() - readingsMs).toISOString();
  const path = `/readings?device=${encodeURIComponent(deviceId)}&from=${from}`;
  return (await api.get<{ items: readonly LiveReading[] }>(path, signal)).items;
}
