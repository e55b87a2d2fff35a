import type { CloudEvent } from '../../../domain/cloud-event.ts';
import type { DeviceStatus } from '../../../domain/device.ts';
import type {
  AccessFact,
  ConditionFact,
  ConfigFact,
  DeviceFact,
  FloodFact,
  MissedFact,
  RefusedFact,
} from '../../../domain/facts.ts';
import type { ServiceState } from '../../../domain/service.ts';
import type { Lane, Site } from '../../../domain/site.ts';
import type { SpectrumSet } from '../../../domain/spectrum.ts';
import type { Subscription } from '../../../domain/subscription.ts';
import type { Unmasking } from '../../../domain/unmasking.ts';
import { ids, sha256 } from './ids.ts';
import { alarm } from './story.ts';

const at = (time: string) => `2026-11-23T${time}Z`;
const device = { deviceId: 'rpm-1', laneId: 'container-import' } as const;

/** The post itself, its equipment, and what is said of them. */
export const site: Site = {
  id: 'demo-port',
  name: 'Demo port',
  unlocode: 'NLRTM',
  timeZone: 'Europe/Amsterdam',
  mode: 'operational',
  language: 'en',
};

export const lane: Lane = {
  id: 'container-import',
  name: 'Container import',
  kind: 'container',
  direction: 'import',
  join: { beforeS: 20, afterS: 20, settleS: 5, handoverS: 7_200 },
  rearReaders: [],
};

export const serviceState: ServiceState = {
  scope: 'device',
  id: 'rpm-1',
  version: 3,
  service: 'out-of-service',
  reason: 'detector 2 is exchanged',
  by: 'tom',
  at: at('11:02:17.900'),
  until: at('15:00:00.000'),
};

export const deviceStatus: DeviceStatus = {
  id: 'rpm-1',
  laneId: 'container-import',
  driver: 'tsa-rpm',
  link: { type: 'tcp', host: '10.0.4.21', port: 1601 },
  state: 'online',
  since: at('06:58:03.440'),
  lastHeardAt: at('09:31:25.010'),
  silenceLimitS: 30,
  lastError: { code: 'link-lost', text: 'read ECONNRESET', at: at('06:57:58.120') },
  counters: {
    frames: 45_120,
    observations: 9_344,
    ignored: 0,
    refused: 1,
    refusedByCode: { checksum: 1 },
    attempts: 2,
    reconnects: 1,
  },
  refusals: [
    {
      at: at('07:44:10.300'),
      code: 'checksum',
      reason: 'the checksum does not fit',
      bytes: '47422c303030323230',
      length: 29,
      sha256,
    },
  ],
  conditions: [
    { code: 'high-background', severity: 'warning', text: 'the background is high', since: at('08:40:00.000') },
  ],
  service: null,
  mode: 'operational',
  settings: { intervals: 5 },
};

export const spectrumSet: SpectrumSet = {
  instrument: 'Portal 7, serial 1042',
  documentId: '5d7f6f2e-7a0e-4f0e-8a77-3f5d7d9a1c10',
  spectra: [
    {
      class: 'Foreground',
      detector: 'GammaDetector1',
      slices: 38,
      startedAt: at('09:10:00.150'),
      realTimeS: 3.8,
      liveTimeS: 3.71,
      counts: [0, 12, 240, 1180, 620, 95, 7, 0],
      energy: { coefficients: [0, 375] },
    },
  ],
  extensions: [],
};

export const deviceFact: DeviceFact = { ...device, reason: 'read ECONNRESET' };
export const conditionFact: ConditionFact = {
  ...device,
  code: 'high-background',
  severity: 'warning',
  text: 'the background is high',
  observedAt: at('08:40:00.000'),
  notedAt: at('08:40:00.120'),
  raises: [at('08:40:00.120')],
};
export const missedFact: MissedFact = { ...device, missed: 2, counter: 19, observedAt: at('07:02:11.000') };
export const refusedFact: RefusedFact = {
  deviceId: 'ocr-1',
  laneId: 'container-import',
  code: 'protocol-broken',
  reason: 'readId: is missing',
  receivedAt: at('07:44:10.300'),
  length: 18,
  sha256,
  bytes: '7b226b696e64223a22636f6e7461696e6572',
};
export const floodFact: FloodFact = { position: 'yard', alarms: 11, at: at('08:51:00.000') };
export const accessFact: AccessFact = {
  by: 'freight-targeting',
  role: 'targeting',
  agency: 'customs',
  from: '10.0.8.14',
  action: 'read',
  subjects: [`passages/${ids.passage}`],
  version: null,
  purpose: 'targeting',
  detail: null,
};
export const unmasking: Unmasking = {
  id: '7c3e5b90-6d1f-4e2a-8b47-0a9d1c5f3e08',
  sequence: '00000000000000000061',
  version: 2,
  subject: `targets/${ids.target}`,
  state: 'approved',
  reason: 'the name decides whether it is the same person',
  askedBy: 'anna',
  askedAt: at('09:40:00.410'),
  decidedBy: 'sven',
  decidedAt: at('09:41:12.008'),
  endsAt: at('10:41:12.008'),
};
export const subscription: Subscription = {
  id: '1a9e7c50-44d2-4b8f-9f3e-6c0b2d8e5a07',
  sequence: '00000000000000000016',
  version: 1,
  state: 'enabled',
  url: 'https://targeting.example/lanewatch',
  types: ['lanewatch.alarm.*', 'lanewatch.examination.*'],
  agency: 'customs',
  purpose: 'targeting',
  lanes: null,
  tlp: 'amber',
  personalData: 'masked',
  includeNonOperational: false,
  after: '00000000000000000015',
  createdAt: at('08:00:02.330'),
  change: 'created',
  by: 'freight-targeting',
  changedAt: at('08:00:02.330'),
  detail: null,
};
export const configFact: ConfigFact = { sha256, lanes: 4, devices: 10, mode: 'operational' };

export const cloudEvent: CloudEvent = {
  specversion: '1.0',
  id: ids.event,
  source: '/sites/demo-port',
  type: 'lanewatch.alarm.acknowledged',
  subject: `alarms/${ids.alarm}`,
  time: alarm.updatedAt,
  datacontenttype: 'application/json',
  sequence: alarm.sequence,
  recordedtime: alarm.updatedAt,
  data: alarm,
};
