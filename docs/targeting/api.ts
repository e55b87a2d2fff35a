// Types of the Lanewatch API, made by generate.ts from /api/v1/openapi.json and /api/v1/schemas. Not to be edited.

/** What the device found, by `kind`, and the frame behind it. */
export type Evidence =
  | {
      kind: 'radiation';
      channel: 'gamma' | 'neutron';
      /** Unit of `background`, `threshold`, `peak` and the profile, e.g. `cps`, `counts`. */
      unit: string;
      /** Null where the device never told its background. */
      background: number | null;
      threshold: number | null;
      peak: number;
      /** (peak − background) / √background; null while no full window or no background is known. */
      sigma: number | null;
      durationS: number;
      /** Peak time over duration, 0 to 1: where along the subject the source sits. */
      positionRatio: number | null;
      profile: {
        t: number;
        value: number;
      }[];
      /** Detector with the highest count, as the device numbers them (`d1` …). */
      detector?: string;
      /** What the same instrument identified. */
      nuclides?: Nuclide[];
      /** What the instrument said of its alarm. */
      description?: string;
      raw: RawRef;
    }
  | {
      kind: 'isotope';
      nuclides: Nuclide[];
      /** What the instrument said of its alarm. */
      description: string;
      algorithm: string | null;
      raw: RawRef;
    }
  | {
      kind: 'xray';
      scanId: string;
      decision: 'alarm' | 'clear' | 'unknown' | 'aborted';
      /** Who decided: the machine's algorithm or its operator. */
      source: string;
      reason: string | null;
      objects: {
        number: number;
        category: string;
        description: string;
        assessment: string;
        probability: number | null;
        massG: number | null;
        densityGcm3?: number | null;
        /** Effective atomic number. */
        zEff?: number | null;
        volumeCm3?: number | null;
        /** Corners in image pixels, [x, y, z]. */
        region: number[][];
      }[];
      imageUri: string | null;
      /** Who decided at the screen. */
      operator?: string | null;
      /** By which the machine decided. */
      algorithm?: string | null;
      raw: RawRef;
    }
  | {
      kind: 'trace';
      sampleId: string;
      decision: 'alarm' | 'clear' | 'unknown' | 'aborted';
      substances: {
        name: string;
        cas: string | null;
        hazard: string;
        amplitude: number;
        /** Null where the unit tells none. */
        threshold: number | null;
        /** Reduced ion mobility, cm²/(V·s). */
        k0: number | null;
      }[];
      raw: RawRef;
    }
  | {
      kind: 'condition';
      code: string;
      severity: 'fatal' | 'error' | 'warning';
      text: string;
      raw: RawRef | null;
    };

/** One thing an operator must answer. What may be absent is so in older alarms: read it as null. */
export interface Alarm {
  id: string;
  /** Sequence of the event that last changed it. */
  sequence: string;
  version: number;
  siteId: string;
  laneId: string;
  deviceId: string;
  /** Null for equipment conditions, which belong to no passage. */
  passageId: string | null;
  signal: 'gamma' | 'neutron' | 'isotope' | 'xray-object' | 'trace-substance' | 'chemical-agent' | 'condition';
  hazard:
    | 'radiological'
    | 'nuclear'
    | 'explosive'
    | 'narcotic'
    | 'chemical'
    | 'biological'
    | 'weapon'
    | 'contraband'
    | 'anomaly'
    | 'unknown';
  priority: 'critical' | 'high' | 'medium' | 'low';
  /** The policy rule that gave the priority. */
  rule: string;
  state: 'normal' | 'unacknowledged' | 'acknowledged' | 'returned' | 'shelved' | 'suppressed' | 'out-of-service';
  /** Is the cause present now? */
  active: boolean;
  latched: boolean;
  mode: 'operational' | 'exercise' | 'test' | 'training';
  /** The first alarm of its passage. */
  firstOut: boolean;
  /** Reported late: the cause lies in the past, nobody is at the lane any more. */
  historical: boolean;
  /** Alarming samples so far. */
  count: number;
  /** First alarming sample, by the device's time. */
  observedAt: string;
  raisedAt: string;
  updatedAt: string;
  clearedAt: string | null;
  acknowledged: {
    by: string;
    at: string;
    note: string | null;
  } | null;
  shelved: {
    by: string;
    at: string;
    reason: string;
    until: string;
  } | null;
  /** How the last shelving ended; `by` is `lanewatch` where time or a rise of priority ended it. */
  unshelved?: {
    by: string;
    at: string;
    reason: string;
  } | null;
  /** Held off the board while its lane or device is suppressed or out of service. */
  service?: {
    scope: 'lane' | 'device';
    id: string;
    service: 'suppressed' | 'out-of-service';
    reason: string | null;
    by: string;
    at: string;
    /** It is back in service by itself then; null: when somebody says so. */
    until: string | null;
  } | null;
  disposition: {
    class: 'real' | 'innocent' | 'false' | 'test' | 'tamper' | 'unresolved';
    code: string;
    by: string;
    at: string;
    note: string | null;
  } | null;
  /** The first person's verdict, where a second one must give the same: it waits while there is no disposition. */
  proposedDisposition?: {
    class: 'real' | 'innocent' | 'false' | 'test' | 'tamper' | 'unresolved';
    code: string;
    by: string;
    at: string;
    note: string | null;
  } | null;
  reopened?: {
    by: string;
    at: string;
    note: string | null;
  } | null;
  /** Since when it waits on the board for an answer; null while it does not. */
  waitingSince?: string | null;
  marks?: ('chattering' | 'stale' | 'flood')[];
  /** The role that was told because nobody answered, and who would be told next. Null once somebody has answered. */
  escalation?: {
    role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
    at: string;
    level: number;
    next: ('operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator') | null;
  } | null;
  comments: {
    by: string;
    at: string;
    text: string;
  }[];
  evidence: Evidence;
  matches: Match[];
  /** The newest; absent while there is none. */
  examinations?: ExaminationSummary[];
  /** What the officer should do next, one sentence each. */
  guidance: string[];
}
/** A nuclide that the instrument identified. */
export interface Nuclide {
  /** Element-mass[m], e.g. `Cs-137`. */
  name: string;
  /** As the instrument wrote it. */
  rawName: string;
  /** Every category the nuclide has, worst first, then the instrument's own in lower case. */
  categories: string[];
  /** 0 to 1; null where the instrument gives none. */
  confidence: number | null;
  /** As it was sent: a number in its own scale, or a word. */
  rawConfidence: number | string | null;
}
/** Back to the frame: which device, when its bytes arrived, and their SHA-256 in hex. */
export interface RawRef {
  deviceId: string;
  receivedAt: string;
  sha256: string;
}
/** A passage, and its alarms, tied to a target. A person decides; nothing adverse is automatic. Personal data in it may be masked (`•••14`), `[withheld]` or left out. */
export interface Match {
  id: string;
  version: number;
  targetId: string;
  /** As it was when last compared; absent in matches recorded before it was kept. */
  targetVersion?: number;
  /** Null while the passage has no alarm; inside an alarm's `matches` always that alarm. */
  alarmId: string | null;
  passageId: string;
  laneId: string;
  method: 'exact' | 'probable' | 'candidate';
  score: number;
  reasons: MatchReason[];
  verdict: {
    verdict: 'confirmed' | 'rejected' | 'unsure';
    by: string;
    at: string;
    note: string | null;
  } | null;
  /** What an officer needs of the target without opening it. */
  target: {
    originator: string;
    reference: string;
    kind: string;
    name: string | null;
    risk: 'critical' | 'high' | 'medium' | 'low';
    reasons: string[];
    requestedAction: string;
    instructions: string | null;
    /** Who may see it; absent in matches recorded before it was shown. */
    tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
    /** The agencies its originator releases it to. */
    release?: string[];
  };
  proposedAt: string;
  /** When the lane was told, no sensor having alarmed (interdiction); null or absent where it was not. */
  noticedAt?: string | null;
}
/** One identifier, or the name, that agreed, scored by itself. */
export interface MatchReason {
  field:
    | 'container'
    | 'plate'
    | 'travel-document'
    | 'boarding-pass'
    | 'bag-tag'
    | 'awb'
    | 'bill-of-lading'
    | 'declaration'
    | 'flight'
    | 'imo'
    | 'uld'
    | 'rfid'
    | 'gmr'
    | 'other'
    | 'name';
  /** As read, normalised. */
  read: string;
  /** As targeted. */
  target: string;
  how: string;
  score: number;
  /** The device's own id of the message the read came in. */
  source: string;
  /** The identifier it came with; absent in matches recorded before names were matched: then the field itself. */
  subject?: {
    kind: string;
    value: string;
    issuer: string | null;
  };
}
/** What an alarm and a passage show of an examination. */
export interface ExaminationSummary {
  id: string;
  state: 'requested' | 'accepted' | 'started' | 'resulted' | 'delivered' | 'cancelled' | 'missed';
  kind: string;
  unit: string;
  /** The target it was requested for, if any. */
  targetId: string | null;
  dueAt: string;
  overdue: boolean;
  /** Of the result. */
  code: string | null;
}
/** More alarms than one operator can answer. */
export interface FloodFact {
  position: string;
  /** How many there were within the window. */
  alarms: number;
  at: string;
}
/** One subject through one lane: occupancy, identities, scans and samples, joined. Personal data in it may be masked (`•••14`), `[withheld]` or left out. */
export interface Passage {
  id: string;
  sequence: string;
  version: number;
  siteId: string;
  laneId: string;
  subject: 'vehicle' | 'container' | 'person' | 'bag' | 'parcel' | 'consignment';
  openedAt: string;
  closedAt: string | null;
  /** `settled`, `superseded` …, and why an occupancy ended otherwise than by the device's word. */
  closeReason: string | null;
  complete: boolean;
  direction: ('forward' | 'reverse') | null;
  speedKmh: number | null;
  identities: PassageIdentity[];
  conveyance?: Conveyance;
  cameFrom?: Handover;
  wentOn?: Handover;
  occupancy: {
    deviceId: string;
    counter: number | null;
    durationS: number | null;
    startedAt: string;
    endedAt: string | null;
    endReason: string | null;
  } | null;
  scans: PassageScan[];
  samples: PassageScan[];
  /** Absent in passages recorded before there were reports. */
  reports?: PassageReport[];
  profile: {
    gamma: {
      t: number;
      value: number;
    }[];
    neutron: {
      t: number;
      value: number;
    }[];
  };
  alarmIds: string[];
  matches: Match[];
  /** The newest; absent while there is none. */
  examinations?: ExaminationSummary[];
  mode: 'operational' | 'exercise' | 'test' | 'training';
}
/** An identifier as it was read in the passage. Personal data in it may be masked (`•••14`), `[withheld]` or left out. */
export interface PassageIdentity {
  kind:
    | 'container'
    | 'plate'
    | 'travel-document'
    | 'boarding-pass'
    | 'bag-tag'
    | 'awb'
    | 'bill-of-lading'
    | 'declaration'
    | 'flight'
    | 'imo'
    | 'uld'
    | 'rfid'
    | 'gmr'
    | 'other';
  value: string;
  raw: string;
  valid: boolean;
  issuer: string | null;
  method:
    'barcode' | 'plate-reader' | 'ocr' | 'rfid' | 'mrz' | 'manual' | 'on-request' | 'other' | 'missing' | 'unknown';
  confidence: number | null;
  corrections: string[];
  holder: {
    name: string;
    birthDate: string | null;
  } | null;
  deviceId: string;
  at: string;
  /** The device's own id of the read or scan it came with. */
  source: string;
  imageUri: string | null;
}
/** What a conveyance is made of, in the order in which it was read first. */
export interface Conveyance {
  tractor: string | null;
  trailers: string[];
  containers: string[];
}
/** The same subject in another lane, known by an identifier read in both. */
export interface Handover {
  passageId: string;
  laneId: string;
  kind:
    | 'container'
    | 'plate'
    | 'travel-document'
    | 'boarding-pass'
    | 'bag-tag'
    | 'awb'
    | 'bill-of-lading'
    | 'declaration'
    | 'flight'
    | 'imo'
    | 'uld'
    | 'rfid'
    | 'gmr'
    | 'other';
  value: string;
  at: string;
}
/** A scan or sample that joined the passage, the clear ones included. */
export interface PassageScan {
  id: string;
  deviceId: string;
  decision: 'alarm' | 'clear' | 'unknown' | 'aborted';
  /** MACHINE, OPERATOR …; empty for trace samples. */
  source: string;
  summary: string;
  at: string;
  raw: RawRef;
}
/** A document about the whole passage; its spectra are at `/spectra/{id}`. */
export interface PassageReport {
  id: string;
  deviceId: string;
  at: string;
  nuclides: Nuclide[];
  spectra: {
    id: string;
    count: number;
  } | null;
  raw: RawRef;
}
/** Somebody or something looked for; the same one by (originator, reference). Personal data in it may be masked (`•••14`), `[withheld]` or left out. */
export interface Target {
  originator: string;
  reference: string;
  kind: 'passenger' | 'vehicle' | 'container' | 'consignment' | 'crew';
  name?: string;
  birthDate?: string;
  /** @maxItems 100 */
  identifiers: TargetIdentifier[];
  /** @maxItems 50 */
  reasons: string[];
  risk: 'critical' | 'high' | 'medium' | 'low';
  requestedAction: 'examine' | 'notify' | 'refer' | 'observe';
  instructions?: string;
  handling: {
    tlp: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
    /** @maxItems 100 */
    release: string[];
  };
  validFrom?: string;
  validUntil?: string;
  mode: 'operational' | 'exercise' | 'test' | 'training';
  id: string;
  sequence: string;
  version: number;
  state: 'active' | 'expired' | 'withdrawn';
  /** One sentence per identifier that can only match weakly, and why. */
  warnings: string[];
  /** The identifiers as they are matched. */
  keys: {
    kind:
      | 'container'
      | 'plate'
      | 'travel-document'
      | 'boarding-pass'
      | 'bag-tag'
      | 'awb'
      | 'bill-of-lading'
      | 'declaration'
      | 'flight'
      | 'imo'
      | 'uld'
      | 'rfid'
      | 'gmr'
      | 'other';
    value: string;
    issuer: string | null;
    valid: boolean;
  }[];
  addedAt: string;
  /** When its originator sent what it says now. Absent in targets recorded before it was kept. */
  sentAt?: string;
  changedAt: string;
}
/** What a target is known by. */
export interface TargetIdentifier {
  kind:
    | 'container'
    | 'plate'
    | 'travel-document'
    | 'boarding-pass'
    | 'bag-tag'
    | 'awb'
    | 'bill-of-lading'
    | 'declaration'
    | 'flight'
    | 'imo'
    | 'uld'
    | 'rfid'
    | 'gmr'
    | 'other';
  value: string;
  /** Issuing state of a travel document, country of a plate. */
  issuer?: string;
}
/** A target passes, and no sensor has alarmed: what an officer at the lane needs. Personal data in it may be masked (`•••14`), `[withheld]` or left out. */
export interface Interdiction {
  matchId: string;
  targetId: string;
  passageId: string;
  laneId: string;
  requestedAction: string;
  match: Match;
  subject: 'vehicle' | 'container' | 'person' | 'bag' | 'parcel' | 'consignment';
  identities: PassageIdentity[];
  openedAt: string;
  /** Still at the lane, as far as is known. */
  present: boolean;
  mode: 'operational' | 'exercise' | 'test' | 'training';
  noticedAt: string;
}
/** The closed loop: requested, accepted, started, result, delivered. */
export interface Examination {
  id: string;
  /** Sequence of the event that last changed it. */
  sequence: string;
  version: number;
  siteId: string;
  state: 'requested' | 'accepted' | 'started' | 'resulted' | 'delivered' | 'cancelled' | 'missed';
  /** Is one end overdue now? Since when, and at which end: `overdueAt`. */
  overdue: boolean;
  overdueAt: {
    examination: string | null;
    delivery: string | null;
  };
  targetId: string | null;
  alarmId: string | null;
  passageId: string | null;
  laneId: string | null;
  /** The target as its originator knows it. */
  target: {
    originator: string;
    reference: string;
    /** Who may see it; absent in examinations recorded before it was kept. */
    tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
    release?: string[];
  } | null;
  reason: string;
  kind: string;
  /** NIEM's names of both. */
  niem: {
    reason: string | null;
    kind: string | null;
  };
  unit: string;
  dueAt: string;
  instructions: string | null;
  requestedBy: string;
  /** Whose credential asked. */
  requested: {
    by: string;
    role: string;
    at: string;
  };
  assignee: string | null;
  accepted: {
    by: string;
    at: string;
  } | null;
  started: {
    by: string;
    at: string;
    place: string | null;
  } | null;
  result: ExaminationResult | null;
  delivered: {
    by: string;
    at: string;
  } | null;
  cancelled: {
    by: string;
    at: string;
    reason: string;
  } | null;
  /** Whom it has been brought to last, while it is overdue. */
  escalation: {
    end: 'examination' | 'delivery';
    level: number;
    role: string | null;
    unit: string | null;
    at: string;
  } | null;
  mode: 'operational' | 'exercise' | 'test' | 'training';
  updatedAt: string;
  /** The newest hundred entries; the events hold all. */
  history: {
    what: string;
    state: 'requested' | 'accepted' | 'started' | 'resulted' | 'delivered' | 'cancelled' | 'missed';
    /** Null: time alone. */
    by: string | null;
    role: string | null;
    at: string;
    note: string | null;
  }[];
}
/** What the examiner reports; it closes no alarm. */
export interface ExaminationResult {
  code: string;
  /** NIEM's name of the code. */
  niem: string | null;
  /** For the officer who answers the alarm; a result never closes it. */
  suggestedDisposition: {
    class: 'real' | 'innocent' | 'false' | 'test' | 'tamper' | 'unresolved';
    code: string;
  } | null;
  reason: string | null;
  findings: {
    what: string;
    quantity: number | null;
    unit: string | null;
  }[];
  examiner: string;
  method: string | null;
  place: string | null;
  /** Null when nobody said when it began. */
  startedAt: string | null;
  endedAt: string;
  seizure: string | null;
  advice: string | null;
  attachments: string[];
  note: string | null;
  by: string;
  at: string;
}
/** State of a link as it became. */
export interface DeviceFact {
  deviceId: string;
  laneId: string;
  /** Why, in words. */
  reason: string | null;
}
/** A state of the equipment; never a detection. */
export interface ConditionFact {
  deviceId: string;
  laneId: string;
  code: string;
  severity: 'fatal' | 'error' | 'warning';
  text: string;
  observedAt: string;
  /** When we took note, by our own clock. Absent in old facts. */
  notedAt?: string;
  /** When we took note of each time it was raised lately, oldest first. Absent in old facts. */
  raises?: string[];
  /** When its text alone changed lately, while it was there. */
  reworded?: string[];
}
/** The device counted subjects, or samples, that never reached us. */
export interface MissedFact {
  deviceId: string;
  laneId: string;
  missed: number;
  counter: number;
  observedAt: string;
}
/** Whether a lane or a device is in service, as somebody last said. */
export interface ServiceState {
  scope: 'lane' | 'device';
  id: string;
  version: number;
  service: 'in-service' | 'suppressed' | 'out-of-service';
  reason: string | null;
  by: string;
  at: string;
  /** It is back in service by itself then; null: when somebody says so. */
  until: string | null;
}
/** A webhook as its last change left it; its secret is never in it. */
export interface Subscription {
  id: string;
  sequence: string;
  version: number;
  state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
  url: string;
  types: string[];
  agency: string;
  purpose: string;
  lanes: string[] | null;
  tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
  personalData: ('none' | 'masked' | 'full') | null;
  includeNonOperational: boolean;
  after: string;
  createdAt: string;
  change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
  by: string;
  changedAt: string;
  detail: string | null;
}
/** A message that could not be used, kept before it was acknowledged. */
export interface RefusedFact {
  deviceId: string;
  laneId: string;
  code: string;
  reason: string;
  receivedAt: string;
  length: number;
  sha256: string;
  /** The first bytes, in hex. */
  bytes: string;
}
/** One person asks to see masked data whole, another agrees. */
export interface Unmasking {
  id: string;
  sequence: string;
  version: number;
  /** E.g. `targets/{id}`. */
  subject: string;
  state: 'asked' | 'approved' | 'refused';
  reason: string;
  askedBy: string;
  askedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  /** Until then who asked sees it whole; null while it is not approved. */
  endsAt: string | null;
}
/** Who asked for what, from where and for which purpose. */
export interface AccessFact {
  /** Their name; of a failed sign-in, the name that was given. */
  by: string;
  role: string | null;
  agency: string | null;
  /** The address it came from. */
  from: string;
  /** E.g. `sign-in`, `read`, `dispose`. */
  action: string;
  /** What it was about, e.g. `alarms/{id}`. */
  subjects: string[];
  /** The version of its subject that was meant, where one was named. */
  version: number | null;
  purpose: string | null;
  detail: string | null;
}
/** The configuration the service runs by. */
export interface ConfigFact {
  sha256: string;
  lanes: number;
  devices: number;
  mode: 'operational' | 'exercise' | 'test' | 'training';
}
/** What a target is known by. */
export interface TargetIdentifierInput {
  kind:
    | 'container'
    | 'plate'
    | 'travel-document'
    | 'boarding-pass'
    | 'bag-tag'
    | 'awb'
    | 'bill-of-lading'
    | 'declaration'
    | 'flight'
    | 'imo'
    | 'uld'
    | 'rfid'
    | 'gmr'
    | 'other';
  value: string;
  /** Issuing state of a travel document, country of a plate. */
  issuer?: string;
}
/** How the delivery of events to one reader is going. */
export interface FeedStatus {
  id: string;
  kind: 'webhook' | 'mqtt' | 'nats';
  agency: string;
  state: 'running' | 'retrying' | 'parked' | 'stopped';
  /** Everything up to here was accepted, parked, or is not for this feed. */
  cursor: string;
  lag: {
    /** Recorded since, for this feed or not. */
    events: number;
    /** Since when the first of them has waited. */
    seconds: number;
  };
  /** Events accepted, all in all. */
  accepted: number;
  /** When one was accepted last. */
  acceptedAt: string | null;
  retries: number;
  /** Failed attempts at the next event. */
  attempts: number;
  nextAttemptAt: string | null;
  lastError: {
    reason: string;
    at: string;
  } | null;
  parked: number;
  /** Parts of the journal that are still to be sent again. */
  replaying: number;
  /** The last examination result whose arrival the agency’s side acknowledged. */
  acknowledged: {
    examinationId: string;
    by: string;
    at: string;
  } | null;
}
/** One attempt at a webhook. */
export interface FeedDelivery {
  eventId: string;
  sequence: string;
  type: string;
  at: string;
  durationMs: number;
  /** Of the HTTP answer, where there was one. */
  status: number | null;
  outcome: 'accepted' | 'failed' | 'gone';
  error: string | null;
  replay: boolean;
}
/** Live status of one device: link and health, never detection. */
export interface DeviceStatus {
  id: string;
  laneId: string;
  driver: string;
  link: {
    [k: string]: unknown;
  };
  state: 'connecting' | 'online' | 'stale' | 'offline' | 'fault' | 'disabled';
  since: string;
  /** The last good frame. */
  lastHeardAt: string | null;
  silenceLimitS: number | null;
  lastError: {
    code: string;
    text: string;
    at: string;
  } | null;
  counters: {
    frames: number;
    observations: number;
    ignored: number;
    refused: number;
    refusedByCode: {
      [k: string]: number;
    };
    attempts: number;
    reconnects: number;
  };
  /** The newest refused frames: first bytes in hex, length, SHA-256 and reason. Bounded. */
  refusals: {
    at: string;
    code: string;
    reason: string;
    bytes: string;
    length: number;
    sha256: string;
  }[];
  conditions: {
    code: string;
    severity: string;
    text: string;
    since: string;
  }[];
  /** As somebody last said; null: in service since it was configured. Its lane may be out of service all the same. */
  service: ServiceState | null;
  /** Its own, its lane's or the site's. */
  mode: 'operational' | 'exercise' | 'test' | 'training';
  settings: {
    [k: string]: string | number | boolean;
  };
}
/** An energy spectrum as the instrument gave it, or the sum of its slices over an occupancy. */
export interface Spectrum {
  /** e.g. `Foreground`, `Background`, as the instrument calls it. */
  class: string;
  detector: string;
  /** Slices of the occupancy added up; 1 for a spectrum as it came. */
  slices: number;
  startedAt: string | null;
  realTimeS: number | null;
  liveTimeS: number | null;
  /** Counts by channel. */
  counts: number[];
  /** keV: polynomial coefficients by channel number, or the boundaries of the channels; null where not given. */
  energy:
    | (
        | {
            coefficients: number[];
          }
        | {
            boundaries: number[];
          }
      )
    | null;
}
export interface CloudEvent {
  specversion: '1.0';
  /** With `source` the key of the event: the same however often it is sent. */
  id: string;
  /** `/sites/{siteId}` */
  source: string;
  type: string;
  /** The path of what it is about, e.g. `alarms/{id}`. */
  subject: string;
  /** When it happened, as far as the device knew. */
  time: string;
  datacontenttype: 'application/json';
  /** Its place in the journal: 20 digits, so that text order is number order. */
  sequence: string;
  /** When it was recorded here. */
  recordedtime: string;
  data: unknown;
}
export interface Figures {
  alarms: {
    /** Raised in the period, the historical ones among them. All that follows is without these. */
    total: number;
    historical: number;
    chattering: number;
    stale: number;
    positions: {
      alarms: number;
      averagePer10Min: number | null;
      peakPer10Min: number;
      position: string;
      floodShare: number | null;
    }[];
    lanes: {
      alarms: number;
      averagePer10Min: number | null;
      peakPer10Min: number;
      laneId: string;
    }[];
    distribution: {
      priority: 'critical' | 'high' | 'medium' | 'low';
      alarms: number;
      share: number | null;
    }[];
    /** From an alarm's beginning to its first answer; who still waits is counted apart. */
    timeToAcknowledge: {
      samples: number;
      medianS: number | null;
      p90S: number | null;
      unanswered: number;
    };
    /** From an alarm's beginning to its verdict. */
    timeToDispose: {
      samples: number;
      medianS: number | null;
      p90S: number | null;
      undisposed: number;
    };
    topSources: {
      deviceId: string;
      what: string;
      alarms: number;
      share: number | null;
    }[];
    chatteringSources: {
      deviceId: string;
      what: string;
      alarms: number;
    }[];
  };
  devices: {
    deviceId: string;
    alarms: number;
    historical: number;
    /** With a verdict other than test. */
    disposed: number;
    real: number;
    innocent: number;
    false: number;
    innocentShare: number | null;
    falseShare: number | null;
  }[];
  examinations: {
    /** Settled in the period; or not settled, and due in it. */
    examinations: number;
    results: number;
    onTime: number;
    missed: number;
    cancelled: number;
    /** Without a result and past their due time. */
    late: number;
    open: number;
    /** Results by their due time, of all that should have had one: results, missed and late. */
    onTimeShare: number | null;
    /** From request to result. */
    timeToResult: {
      samples: number;
      medianS: number | null;
      p90S: number | null;
    };
    delivered: number;
    deliveredInTime: number;
    /** Of those delivered, or late with it. */
    deliveredInTimeShare: number | null;
    /** Results of an examination that took place: not-examined and test are none. */
    examined: number;
    /** Of these, those that found something. */
    hits: number;
    hitRate: number | null;
    byCriterion: {
      /** Settled in the period; or not settled, and due in it. */
      examinations: number;
      results: number;
      onTime: number;
      missed: number;
      cancelled: number;
      /** Without a result and past their due time. */
      late: number;
      open: number;
      /** Results by their due time, of all that should have had one: results, missed and late. */
      onTimeShare: number | null;
      /** From request to result. */
      timeToResult: {
        samples: number;
        medianS: number | null;
        p90S: number | null;
      };
      delivered: number;
      deliveredInTime: number;
      /** Of those delivered, or late with it. */
      deliveredInTimeShare: number | null;
      /** Results of an examination that took place: not-examined and test are none. */
      examined: number;
      /** Of these, those that found something. */
      hits: number;
      hitRate: number | null;
      name: string;
    }[];
    byOriginator: {
      /** Settled in the period; or not settled, and due in it. */
      examinations: number;
      results: number;
      onTime: number;
      missed: number;
      cancelled: number;
      /** Without a result and past their due time. */
      late: number;
      open: number;
      /** Results by their due time, of all that should have had one: results, missed and late. */
      onTimeShare: number | null;
      /** From request to result. */
      timeToResult: {
        samples: number;
        medianS: number | null;
        p90S: number | null;
      };
      delivered: number;
      deliveredInTime: number;
      /** Of those delivered, or late with it. */
      deliveredInTimeShare: number | null;
      /** Results of an examination that took place: not-examined and test are none. */
      examined: number;
      /** Of these, those that found something. */
      hits: number;
      hitRate: number | null;
      name: string;
    }[];
    byLane: {
      /** Settled in the period; or not settled, and due in it. */
      examinations: number;
      results: number;
      onTime: number;
      missed: number;
      cancelled: number;
      /** Without a result and past their due time. */
      late: number;
      open: number;
      /** Results by their due time, of all that should have had one: results, missed and late. */
      onTimeShare: number | null;
      /** From request to result. */
      timeToResult: {
        samples: number;
        medianS: number | null;
        p90S: number | null;
      };
      delivered: number;
      deliveredInTime: number;
      /** Of those delivered, or late with it. */
      deliveredInTimeShare: number | null;
      /** Results of an examination that took place: not-examined and test are none. */
      examined: number;
      /** Of these, those that found something. */
      hits: number;
      hitRate: number | null;
      name: string;
    }[];
    byReason: {
      /** Settled in the period; or not settled, and due in it. */
      examinations: number;
      results: number;
      onTime: number;
      missed: number;
      cancelled: number;
      /** Without a result and past their due time. */
      late: number;
      open: number;
      /** Results by their due time, of all that should have had one: results, missed and late. */
      onTimeShare: number | null;
      /** From request to result. */
      timeToResult: {
        samples: number;
        medianS: number | null;
        p90S: number | null;
      };
      delivered: number;
      deliveredInTime: number;
      /** Of those delivered, or late with it. */
      deliveredInTimeShare: number | null;
      /** Results of an examination that took place: not-examined and test are none. */
      examined: number;
      /** Of these, those that found something. */
      hits: number;
      hitRate: number | null;
      name: string;
    }[];
    bySelection: {
      /** Settled in the period; or not settled, and due in it. */
      examinations: number;
      results: number;
      onTime: number;
      missed: number;
      cancelled: number;
      /** Without a result and past their due time. */
      late: number;
      open: number;
      /** Results by their due time, of all that should have had one: results, missed and late. */
      onTimeShare: number | null;
      /** From request to result. */
      timeToResult: {
        samples: number;
        medianS: number | null;
        p90S: number | null;
      };
      delivered: number;
      deliveredInTime: number;
      /** Of those delivered, or late with it. */
      deliveredInTimeShare: number | null;
      /** Results of an examination that took place: not-examined and test are none. */
      examined: number;
      /** Of these, those that found something. */
      hits: number;
      hitRate: number | null;
      name: string;
    }[];
  };
  matches: {
    proposed: number;
    confirmed: number;
    rejected: number;
    unsure: number;
    /** No verdict yet. */
    open: number;
    /** Of those confirmed or rejected. */
    confirmedShare: number | null;
    byMethod: {
      proposed: number;
      confirmed: number;
      rejected: number;
      unsure: number;
      /** No verdict yet. */
      open: number;
      /** Of those confirmed or rejected. */
      confirmedShare: number | null;
      name: string;
    }[];
    byOriginator: {
      proposed: number;
      confirmed: number;
      rejected: number;
      unsure: number;
      /** No verdict yet. */
      open: number;
      /** Of those confirmed or rejected. */
      confirmedShare: number | null;
      name: string;
    }[];
  };
  from: string;
  to: string;
  live: {
    at: string;
    /** `alarms`: put before the operator within the policy's flood window; `flood`: since when, if there is one. */
    positions: {
      position: string;
      alarms: number;
      flood: {
        since: string;
      } | null;
    }[];
    lanes: {
      laneId: string;
      alarms: number;
    }[];
    chattering: {
      alarmId: string;
      deviceId: string;
      what: string;
    }[];
    stale: string[];
  };
  targets: {
    alarmsPer10Min: {
      acceptable: number;
      manageable: number;
    };
    flood: {
      beginsAbove: number;
      endsBelow: number;
      withinS: number;
      share: number;
    };
    chattering: {
      count: number;
      withinS: number;
    };
    staleS: number;
    /** `high` is high and critical together. */
    distribution: {
      low: number;
      medium: number;
      high: number;
    };
  };
}
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: {
    path: string;
    message: string;
  }[];
  [k: string]: unknown;
}
export interface Site {
  id: string;
  name: string;
  unlocode: string;
  timeZone: string;
  mode: 'operational' | 'exercise' | 'test' | 'training';
  language: 'en' | 'fr' | 'es';
}
export interface SpectrumSet {
  instrument: string;
  documentId: string;
  spectra: Spectrum[];
  /** Vendor XML that the standard leaves open, as it came. */
  extensions: string[];
}
export interface Operations {
  /** This document */
  'GET /openapi.json': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {};
  };
  /** Is the process alive? */
  'GET /healthz': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      ok: true;
    };
  };
  /** Does it take commands and messages? */
  'GET /readyz': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      ok: boolean;
      reasons: string[];
    };
  };
  /** Metrics in the Prometheus text format */
  'GET /metrics': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: string;
  };
  /** The page to sign in on; with `code` the one-time link */
  'GET /signin': {
    path: {};
    query: {
      /** Of a one-time link. */
      code?: string;
    };
    headers: {};
    body: undefined;
    answer: string;
  };
  /** The page to make the first administrator on */
  'GET /setup': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: string;
  };
  /** Makes the first administrator, and begins their session */
  'POST /setup': {
    path: {};
    query: {};
    headers: {};
    body: {
      code: string;
      name: string;
      password: string;
    };
    answer: {
      name: string;
    };
  };
  /** Leaves for the identity provider, where one is configured */
  'GET /signin/oidc': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: null;
  };
  /** Comes back from the identity provider, and begins the session */
  'GET /signin/oidc/callback': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: string;
  };
  /** The post */
  'GET /site': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: Site;
  };
  /** The lanes and their service */
  'GET /lanes': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        id: string;
        name: string;
        kind: 'vehicle' | 'container' | 'rail' | 'pedestrian' | 'baggage' | 'parcel' | 'cargo';
        direction: 'import' | 'export' | 'transit' | 'arrival' | 'departure' | 'both';
        mode: 'operational' | 'exercise' | 'test' | 'training';
        join: {
          beforeS: number;
          afterS: number;
          settleS: number;
          handoverS: number;
        };
        /** Plate readers that look at the rear: their plate is a trailer's where it is another than the front's. */
        rearReaders: string[];
        service: ServiceState | null;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** How every device is */
  'GET /devices': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: DeviceStatus[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** How one device is */
  'GET /devices/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: DeviceStatus;
  };
  /** The drivers a device may have */
  'GET /drivers': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        name: string;
        title: string;
        links: string[];
        optionsSchema: {
          [k: string]: unknown;
        };
        profileSchema: {
          [k: string]: unknown;
        } | null;
        profiles: {
          name: string;
          title: string;
          source: string;
        }[];
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Takes a lane out of service, suppresses it, or puts it back */
  'PUT /lanes/{id}/service': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      service: 'in-service' | 'suppressed' | 'out-of-service';
      reason?: string;
      until?: string;
    };
    answer: ServiceState;
  };
  /** Takes a device out of service, suppresses it, or puts it back */
  'PUT /devices/{id}/service': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      service: 'in-service' | 'suppressed' | 'out-of-service';
      reason?: string;
      until?: string;
    };
    answer: ServiceState;
  };
  /** The board and its history */
  'GET /alarms': {
    path: {};
    query: {
      /** The most items in the answer. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: string;
      /** States, separated by commas. */
      state?: (
        'normal' | 'unacknowledged' | 'acknowledged' | 'returned' | 'shelved' | 'suppressed' | 'out-of-service'
      )[];
      /** Of one lane, by its id. */
      lane?: string;
      /** Priorities, separated by commas. */
      priority?: ('critical' | 'high' | 'medium' | 'low')[];
      /** Signals, separated by commas. */
      signal?: ('gamma' | 'neutron' | 'isotope' | 'xray-object' | 'trace-substance' | 'chemical-agent' | 'condition')[];
      /** Text that stands anywhere in it. */
      q?: string;
      /** Raised at this time or later. */
      from?: string;
      /** Raised before this time. */
      to?: string;
    };
    headers: {};
    body: undefined;
    answer: {
      items: Alarm[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** One alarm */
  'GET /alarms/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: Alarm;
  };
  /** Somebody deals with it */
  'POST /alarms/{id}/acknowledge': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      note?: string;
    };
    answer: Alarm;
  };
  /** Writes something down about it */
  'POST /alarms/{id}/comment': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      text: string;
    };
    answer: Alarm;
  };
  /** The verdict: was the alarm real? */
  'POST /alarms/{id}/dispose': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      class: 'real' | 'innocent' | 'false' | 'test' | 'tamper' | 'unresolved';
      code: string;
      note?: string;
    };
    answer: Alarm;
  };
  /** Takes it off the board for a while */
  'POST /alarms/{id}/shelve': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      reason: string;
      until: string;
    };
    answer: Alarm;
  };
  /** Puts it back on the board */
  'POST /alarms/{id}/unshelve': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {};
    answer: Alarm;
  };
  /** Takes the verdict back */
  'POST /alarms/{id}/reopen': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      note?: string;
    };
    answer: Alarm;
  };
  /** Who and what passed */
  'GET /passages': {
    path: {};
    query: {
      /** The most items in the answer. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: string;
      /** Of one lane, by its id. */
      lane?: string;
      /** Text that stands anywhere in it. */
      q?: string;
      /** Opened at this time or later. */
      from?: string;
      /** Opened before this time. */
      to?: string;
      /** Only those that are still open, or only those that are closed. */
      open?: string;
    };
    headers: {};
    body: undefined;
    answer: {
      items: Passage[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** One passage, with all that joined it */
  'GET /passages/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: Passage;
  };
  /** The spectra of a document */
  'GET /spectra/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: SpectrumSet;
  };
  /** The list of targets */
  'GET /targets': {
    path: {};
    query: {
      /** The most items in the answer. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: string;
      /** In one state. */
      state?: 'active' | 'expired' | 'withdrawn';
      /** Text that stands anywhere in it. */
      q?: string;
    };
    headers: {};
    body: undefined;
    answer: {
      items: Target[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Sends a target */
  'POST /targets': {
    path: {};
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      originator: string;
      reference: string;
      kind: 'passenger' | 'vehicle' | 'container' | 'consignment' | 'crew';
      name?: string;
      birthDate?: string;
      /** @maxItems 100 */
      identifiers: TargetIdentifierInput[];
      /** @maxItems 50 */
      reasons?: string[];
      risk: 'critical' | 'high' | 'medium' | 'low';
      requestedAction: 'examine' | 'notify' | 'refer' | 'observe';
      instructions?: string;
      handling?: {
        tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
        /** @maxItems 100 */
        release?: string[];
      };
      validFrom?: string;
      validUntil?: string;
      mode?: 'operational' | 'exercise' | 'test' | 'training';
    };
    answer: Target;
  };
  /** One target */
  'GET /targets/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: Target;
  };
  /** Sends a target again, by our id */
  'PUT /targets/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      originator: string;
      reference: string;
      kind: 'passenger' | 'vehicle' | 'container' | 'consignment' | 'crew';
      name?: string;
      birthDate?: string;
      /** @maxItems 100 */
      identifiers: TargetIdentifierInput[];
      /** @maxItems 50 */
      reasons?: string[];
      risk: 'critical' | 'high' | 'medium' | 'low';
      requestedAction: 'examine' | 'notify' | 'refer' | 'observe';
      instructions?: string;
      handling?: {
        tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
        /** @maxItems 100 */
        release?: string[];
      };
      validFrom?: string;
      validUntil?: string;
      mode?: 'operational' | 'exercise' | 'test' | 'training';
    };
    answer: Target;
  };
  /** Withdraws a target */
  'DELETE /targets/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: undefined;
    answer: Target;
  };
  /** Sends a list, one JSON object a line */
  'POST /targets/import': {
    path: {};
    query: {};
    headers: {
      'content-type': 'application/x-ndjson';
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: string | Uint8Array;
    answer: {
      lines: number;
      created: number;
      kept: number;
      refused: number;
      warned: number;
      refusals: {
        line: number;
        code: string;
        detail: string;
        [k: string]: unknown;
      }[];
      warnings: {
        line: number;
        warnings: string[];
      }[];
    };
  };
  /** Sends a list of passengers or cargo: PAXLST, CUSCAR */
  'POST /targets/import/edifact': {
    path: {};
    query: {
      /** Who asks: with the reference of each, the key of its target. */
      originator: string;
      /** Of all of them. */
      risk: 'critical' | 'high' | 'medium' | 'low';
      /** What shall be done when one comes. */
      requestedAction: 'examine' | 'notify' | 'refer' | 'observe';
      /** Why they are looked for, separated by commas. */
      reasons?: string[];
      /** For the officer at the lane. */
      instructions?: string;
      /** They match from then on. */
      validFrom?: string;
      /** They match until then. */
      validUntil?: string;
      /** Other than operational: an exercise, a test or a training. */
      mode?: 'operational' | 'exercise' | 'test' | 'training';
      /** Who may see them. */
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
    };
    headers: {
      'content-type': 'application/edifact';
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: string | Uint8Array;
    answer: {
      created: number;
      kept: number;
      warned: number;
      messages: {
        reference: string;
        type: string;
        accepted: boolean;
        targets: number;
        faults: {
          segment: number;
          position: number;
          tag: string;
          what: string;
        }[];
      }[];
      faults: {
        segment: number;
        position: number;
        tag: string;
        what: string;
      }[];
      refusals: {
        reference: string;
        code: string;
        detail: string;
        [k: string]: unknown;
      }[];
    };
  };
  /** A person’s verdict on a match */
  'POST /matches/{id}/judge': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      verdict: 'confirmed' | 'rejected' | 'unsure';
      note?: string;
    };
    answer: Match;
  };
  /** Examinations, by unit, state and what they are about */
  'GET /examinations': {
    path: {};
    query: {
      /** The most items in the answer. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: string;
      /** States, separated by commas. */
      state?: ('requested' | 'accepted' | 'started' | 'resulted' | 'delivered' | 'cancelled' | 'missed')[];
      /** Of one unit: its work queue. */
      unit?: string;
      /** Kinds, separated by commas. */
      kind?: string[];
      /** Reasons, separated by commas. */
      reason?: string[];
      /** Of one examiner. */
      assignee?: string;
      /** Only those that are overdue at either end, or only the others. */
      overdue?: string;
      /** About this alarm. */
      alarm?: string;
      /** About this target. */
      target?: string;
      /** About this passage. */
      passage?: string;
      /** `due`: what is due first comes first, as in a work queue. */
      order?: 'newest' | 'due';
    };
    headers: {};
    body: undefined;
    answer: {
      items: Examination[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Asks for an examination */
  'POST /examinations': {
    path: {};
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      targetId?: string;
      alarmId?: string;
      passageId?: string;
      reason: string;
      kind: string;
      /** Who shall examine. */
      unit: string;
      dueAt: string;
      instructions?: string;
      /** The requester's own word for themselves; whose credential asked stands in `requested`. */
      requestedBy?: string;
    };
    answer: Examination;
  };
  /** One examination */
  'GET /examinations/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: Examination;
  };
  /** Units with open examinations */
  'GET /units': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        unit: string;
        requested: number;
        accepted: number;
        started: number;
        overdue: number;
        nextDueAt: string;
        oldestRequestedAt: string;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** The unit will do it */
  'POST /examinations/{id}/accept': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      assignee?: string;
    };
    answer: Examination;
  };
  /** Somebody else is to do it */
  'POST /examinations/{id}/assign': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      assignee: string;
    };
    answer: Examination;
  };
  /** It begins */
  'POST /examinations/{id}/start': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      place?: string;
    };
    answer: Examination;
  };
  /** What was found */
  'POST /examinations/{id}/result': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      code: string;
      /** Why nobody examined, with `not-examined` only. */
      reason?: string;
      /** @maxItems 100 */
      findings?: {
        what: string;
        quantity?: number | null;
        unit?: string | null;
      }[];
      examiner?: string;
      method?: string;
      place?: string;
      startedAt?: string;
      endedAt?: string;
      /** Reference of the seizure. */
      seizure?: string;
      advice?: string;
      /** @maxItems 50 */
      attachments?: string[];
      note?: string;
    };
    answer: Examination;
  };
  /** It is not wanted any more */
  'POST /examinations/{id}/cancel': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      reason: string;
    };
    answer: Examination;
  };
  /** The requester has the result */
  'POST /examinations/{id}/delivered': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {};
    answer: Examination;
  };
  /** A file of a result */
  'POST /attachments': {
    path: {};
    query: {};
    headers: {
      'content-type':
        'image/jpeg' | 'image/png' | 'application/pdf' | 'text/plain' | 'application/xml' | 'application/dicom';
    };
    body: string | Uint8Array;
    answer: {
      sha256: string;
      size: number;
      type: 'image/jpeg' | 'image/png' | 'application/pdf' | 'text/plain' | 'application/xml' | 'application/dicom';
    };
  };
  /** A file of a result */
  'GET /attachments/{sha256}': {
    path: {
      /** SHA-256 of its bytes, in hex. */
      sha256: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: string;
  };
  /** Events after a cursor, in order */
  'GET /events': {
    path: {};
    query: {
      /** The last sequence you have: `Lanewatch-Next` of the answer before. */
      after?: string;
      /** Types, or prefixes ending in `*`, separated by commas; all where left out. */
      types?: string[];
      /** The most events in the answer. */
      limit?: number;
    };
    headers: {};
    body: undefined;
    answer: CloudEvent[];
  };
  /** Events as they happen, as server-sent events */
  'GET /events/stream': {
    path: {};
    query: {
      /** The last sequence you have; from now on where left out. `Last-Event-ID` goes before. */
      after?: string;
      /** Types, or prefixes ending in `*`, separated by commas; all where left out. */
      types?: string[];
    };
    headers: {
      /** The id of the last event you have; browsers send it by themselves. */
      'last-event-id'?: string;
    };
    body: undefined;
    answer: string;
  };
  /** Who was let in, saw personal data, did something or was refused */
  'GET /audit': {
    path: {};
    query: {
      /** The most items in the answer. */
      limit?: number;
      /** `next` of the page before. */
      cursor?: string;
      /** Of one person or token, by name. */
      by?: string;
      /** E.g. `sign-in`, `read`, `dispose`. */
      action?: string;
      /** E.g. `targets/{id}`: who saw or changed it. */
      subject?: string;
      /** Only what was granted, or only what was denied. */
      granted?: string;
      /** At this time or later. */
      from?: string;
      /** Before this time. */
      to?: string;
    };
    headers: {};
    body: undefined;
    answer: {
      items: {
        /** Their name; of a failed sign-in, the name that was given. */
        by: string;
        role: string | null;
        agency: string | null;
        /** The address it came from. */
        from: string;
        /** E.g. `sign-in`, `read`, `dispose`. */
        action: string;
        /** What it was about, e.g. `alarms/{id}`. */
        subjects: string[];
        /** The version of its subject that was meant, where one was named. */
        version: number | null;
        purpose: string | null;
        detail: string | null;
        sequence: number;
        at: string;
        granted: boolean;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** The newest event’s sequence and hash */
  'GET /journal/head': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      /** Of the newest event; 0 when there is none. */
      sequence: number;
      /** Its hash: a journal that was cut short, or written anew, has another. */
      sha256: string;
    };
  };
  /** Who asked to see masked data whole, and what was decided */
  'GET /unmaskings': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: Unmasking[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Asks to see masked data whole */
  'POST /unmaskings': {
    path: {};
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      subject: string;
      reason: string;
    };
    answer: Unmasking;
  };
  /** Agrees, or does not */
  'POST /unmaskings/{id}/decide': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      approve: boolean;
    };
    answer: Unmasking;
  };
  /** Every type of event, and where its JSON Schema is */
  'GET /schemas': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        type: string;
        /** What an event of this type says. */
        says: string;
        /** What its readers must be allowed besides `read-events`. */
        asks:
          | 'read-site'
          | 'read-board'
          | 'read-readings'
          | 'read-figures'
          | 'read-events'
          | 'read-targets'
          | 'write-targets'
          | 'command-alarms'
          | 'judge-matches'
          | 'set-service'
          | 'read-examinations'
          | 'request-examinations'
          | 'work-examinations'
          | 'acknowledge-delivery'
          | 'manage-subscriptions'
          | 'configure'
          | 'ask-unmasking'
          | 'decide-unmasking'
          | 'read-audit'
          | 'administer';
        /** The address of its JSON Schema. */
        schema: string;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** The JSON Schema of one type of event */
  'GET /schemas/{type}': {
    path: {
      /** A type of event. */
      type: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: {
      [k: string]: unknown;
    };
  };
  /** Every way by which events leave, in AsyncAPI 3.0 */
  'GET /asyncapi.json': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {};
  };
  /** Webhook subscriptions */
  'GET /subscriptions': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        id: string;
        sequence: string;
        version: number;
        state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
        url: string;
        types: string[];
        agency: string;
        purpose: string;
        lanes: string[] | null;
        tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
        personalData: ('none' | 'masked' | 'full') | null;
        includeNonOperational: boolean;
        after: string;
        createdAt: string;
        change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
        by: string;
        changedAt: string;
        detail: string | null;
        /** How delivery is doing; null for the moment it takes to set it up. */
        feed: FeedStatus | null;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Subscribes a webhook */
  'POST /subscriptions': {
    path: {};
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       */
      types: [string, ...string[]];
      agency: string;
      purpose: string;
      /**
       * @minItems 1
       * @maxItems 500
       */
      lanes?: [string, ...string[]];
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      includeNonOperational?: boolean;
      url: string;
      enabled?: boolean;
    };
    answer: {
      id: string;
      sequence: string;
      version: number;
      state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
      url: string;
      types: string[];
      agency: string;
      purpose: string;
      lanes: string[] | null;
      tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
      personalData: ('none' | 'masked' | 'full') | null;
      includeNonOperational: boolean;
      after: string;
      createdAt: string;
      change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
      by: string;
      changedAt: string;
      detail: string | null;
      /** How delivery is doing; null for the moment it takes to set it up. */
      feed: FeedStatus | null;
      /** `whsec_` and base64. Shown this once; the same request by the same Idempotency-Key shows it again. */
      secret?: string;
    };
  };
  /** One webhook subscription, with what is parked */
  'GET /subscriptions/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: {
      id: string;
      sequence: string;
      version: number;
      state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
      url: string;
      types: string[];
      agency: string;
      purpose: string;
      lanes: string[] | null;
      tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
      personalData: ('none' | 'masked' | 'full') | null;
      includeNonOperational: boolean;
      after: string;
      createdAt: string;
      change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
      by: string;
      changedAt: string;
      detail: string | null;
      /** How delivery is doing; null for the moment it takes to set it up. */
      feed: FeedStatus | null;
      /** The oldest hundred. */
      parkedEvents: {
        sequence: string;
        at: string;
        attempts: number;
        reason: string;
      }[];
    };
  };
  /** All the terms of a webhook anew */
  'PUT /subscriptions/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      /**
       * @minItems 1
       * @maxItems 50
       */
      types: [string, ...string[]];
      agency: string;
      purpose: string;
      /**
       * @minItems 1
       * @maxItems 500
       */
      lanes?: [string, ...string[]];
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      includeNonOperational?: boolean;
      url: string;
      enabled?: boolean;
    };
    answer: {
      id: string;
      sequence: string;
      version: number;
      state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
      url: string;
      types: string[];
      agency: string;
      purpose: string;
      lanes: string[] | null;
      tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
      personalData: ('none' | 'masked' | 'full') | null;
      includeNonOperational: boolean;
      after: string;
      createdAt: string;
      change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
      by: string;
      changedAt: string;
      detail: string | null;
      /** How delivery is doing; null for the moment it takes to set it up. */
      feed: FeedStatus | null;
    };
  };
  /** Deletes a webhook, with its secret, its cursor and what is parked */
  'DELETE /subscriptions/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: undefined;
    answer: Subscription;
  };
  /** Makes a new signing secret */
  'POST /subscriptions/{id}/rotate': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: {
      /** For how long the old secret signs too. */
      graceS?: number;
    };
    answer: {
      id: string;
      sequence: string;
      version: number;
      state: 'enabled' | 'disabled' | 'stopped' | 'deleted';
      url: string;
      types: string[];
      agency: string;
      purpose: string;
      lanes: string[] | null;
      tlp: ('clear' | 'green' | 'amber' | 'amber+strict' | 'red') | null;
      personalData: ('none' | 'masked' | 'full') | null;
      includeNonOperational: boolean;
      after: string;
      createdAt: string;
      change: 'created' | 'changed' | 'rotated' | 'replayed' | 'discarded' | 'stopped' | 'deleted';
      by: string;
      changedAt: string;
      detail: string | null;
      /** How delivery is doing; null for the moment it takes to set it up. */
      feed: FeedStatus | null;
      /** `whsec_` and base64. Shown this once; the same request by the same Idempotency-Key shows it again. */
      secret?: string;
    };
  };
  /** The latest attempts, newest first */
  'GET /subscriptions/{id}/deliveries': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {
      /** Attempts to answer. */
      limit?: number;
    };
    headers: {};
    body: undefined;
    answer: {
      items: FeedDelivery[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Sends events again */
  'POST /subscriptions/{id}/replay': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    /** A part of the journal, both ends included; or everything after a sequence; or what is parked. */
    body:
      | {
          /** A sequence, or a time of recording. */
          from: string;
          /** A sequence, or a time of recording. */
          to?: string;
        }
      | {
          after: string;
        }
      | {
          parked: true;
        };
    answer: FeedStatus;
  };
  /** Lets go of what is parked */
  'DELETE /subscriptions/{id}/parked': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {
      /** The version that is meant: `5`, `"5"` or `*`. */
      'if-match'?: string;
      /** The same key and request give the same answer; another request with it is refused. */
      'idempotency-key'?: string;
    };
    body: undefined;
    answer: FeedStatus;
  };
  /** How every feed is doing */
  'GET /feeds': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: FeedStatus[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Count rates for charts */
  'GET /readings': {
    path: {};
    query: {
      /** Of one device, by its id. */
      device: string;
      /** e.g. `gamma`, `neutron`; all where left out. */
      quantity?: string;
      /** Taken at this time or later. */
      from?: string;
      /** Taken before this time. */
      to?: string;
      /** Seconds: one point, the highest, of each step. */
      step?: number;
    };
    headers: {};
    body: undefined;
    answer: {
      items: {
        deviceId: string;
        laneId: string;
        quantity: string;
        value: number;
        unit: string;
        quality: 'good' | 'alarm' | 'fault';
        at: string;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** How the post copes: alarms, examinations, matches */
  'GET /figures': {
    path: {};
    query: {
      /** The last 24 hours before `to` where left out. */
      from?: string;
      /** The present where left out; itself no part of the period. */
      to?: string;
    };
    headers: {};
    body: undefined;
    answer: Figures;
  };
  /** Whom the credential stands for */
  'GET /session': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: string[] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      scopes:
        | (
            | 'read-site'
            | 'read-board'
            | 'read-readings'
            | 'read-figures'
            | 'read-events'
            | 'read-targets'
            | 'write-targets'
            | 'command-alarms'
            | 'judge-matches'
            | 'set-service'
            | 'read-examinations'
            | 'request-examinations'
            | 'work-examinations'
            | 'acknowledge-delivery'
            | 'manage-subscriptions'
            | 'configure'
            | 'ask-unmasking'
            | 'decide-unmasking'
            | 'read-audit'
            | 'administer'
          )[]
        | null;
      password: boolean;
    };
  };
  /** Begins a browser’s session, by name and password or by a token */
  'POST /session': {
    path: {};
    query: {};
    headers: {};
    body:
      | {
          token: string;
        }
      | {
          name: string;
          password: string;
        };
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: string[] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      scopes:
        | (
            | 'read-site'
            | 'read-board'
            | 'read-readings'
            | 'read-figures'
            | 'read-events'
            | 'read-targets'
            | 'write-targets'
            | 'command-alarms'
            | 'judge-matches'
            | 'set-service'
            | 'read-examinations'
            | 'request-examinations'
            | 'work-examinations'
            | 'acknowledge-delivery'
            | 'manage-subscriptions'
            | 'configure'
            | 'ask-unmasking'
            | 'decide-unmasking'
            | 'read-audit'
            | 'administer'
          )[]
        | null;
      password: boolean;
    };
  };
  /** Ends the session */
  'DELETE /session': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: null;
  };
  /** Changes the own password; all other sessions of the user end, this one gets a new secret */
  'PUT /session/password': {
    path: {};
    query: {};
    headers: {};
    body: {
      present: string;
      password: string;
    };
    answer: null;
  };
  /** A one-time sign-in link, good for ten minutes */
  'POST /sign-in-links': {
    path: {};
    query: {};
    headers: {};
    body: {
      name?: string;
      role?: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
    };
    answer: {
      url: string;
    };
  };
  /** Everybody who signs in */
  'GET /users': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
        agency: string | null;
        lanes: [string, ...string[]] | null;
        tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
        personalData?: 'none' | 'masked' | 'full';
        purpose?: string;
        name: string;
        disabled: boolean;
        provider: string | null;
        createdAt: string;
        changedAt: string;
        signedInAt: string | null;
        lockedUntil: string | null;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Makes a user with a first password */
  'POST /users': {
    path: {};
    query: {};
    headers: {};
    body: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency?: string | null;
      lanes?: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      password: string;
    };
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      disabled: boolean;
      provider: string | null;
      createdAt: string;
      changedAt: string;
      signedInAt: string | null;
      lockedUntil: string | null;
    };
  };
  /** One user */
  'GET /users/{name}': {
    path: {
      /** In any case. */
      name: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      disabled: boolean;
      provider: string | null;
      createdAt: string;
      changedAt: string;
      signedInAt: string | null;
      lockedUntil: string | null;
    };
  };
  /** Says what a user is given, disables, sets a new password */
  'PUT /users/{name}': {
    path: {
      /** In any case. */
      name: string;
    };
    query: {};
    headers: {};
    body: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency?: string | null;
      lanes?: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      disabled?: boolean;
      password?: string;
    };
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      name: string;
      disabled: boolean;
      provider: string | null;
      createdAt: string;
      changedAt: string;
      signedInAt: string | null;
      lockedUntil: string | null;
    };
  };
  /** Removes a user and ends their sessions; the last administrator stays */
  'DELETE /users/{name}': {
    path: {
      /** In any case. */
      name: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: null;
  };
  /** Ends the wait after too many wrong passwords */
  'DELETE /users/{name}/lock-out': {
    path: {
      /** In any case. */
      name: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: null;
  };
  /** Every token of a service, without its secret */
  'GET /tokens': {
    path: {};
    query: {};
    headers: {};
    body: undefined;
    answer: {
      items: {
        role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
        agency: string | null;
        lanes: [string, ...string[]] | null;
        tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
        personalData?: 'none' | 'masked' | 'full';
        purpose?: string;
        scopes:
          | [
              (
                | 'read-site'
                | 'read-board'
                | 'read-readings'
                | 'read-figures'
                | 'read-events'
                | 'read-targets'
                | 'write-targets'
                | 'command-alarms'
                | 'judge-matches'
                | 'set-service'
                | 'read-examinations'
                | 'request-examinations'
                | 'work-examinations'
                | 'acknowledge-delivery'
                | 'manage-subscriptions'
                | 'configure'
                | 'ask-unmasking'
                | 'decide-unmasking'
                | 'read-audit'
                | 'administer'
              ),
              ...(
                | 'read-site'
                | 'read-board'
                | 'read-readings'
                | 'read-figures'
                | 'read-events'
                | 'read-targets'
                | 'write-targets'
                | 'command-alarms'
                | 'judge-matches'
                | 'set-service'
                | 'read-examinations'
                | 'request-examinations'
                | 'work-examinations'
                | 'acknowledge-delivery'
                | 'manage-subscriptions'
                | 'configure'
                | 'ask-unmasking'
                | 'decide-unmasking'
                | 'read-audit'
                | 'administer'
              )[]
            ]
          | null;
        id: string;
        name: string;
        createdAt: string;
        createdBy: string | null;
        expiresAt: string | null;
        lastUsedAt: string | null;
      }[];
      /** The cursor of the following page; null at the end. */
      next: string | null;
    };
  };
  /** Makes a bearer token for a service; `secret` is told this once */
  'POST /tokens': {
    path: {};
    query: {};
    headers: {};
    body: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency?: string | null;
      lanes?: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      scopes?:
        | [
            (
              | 'read-site'
              | 'read-board'
              | 'read-readings'
              | 'read-figures'
              | 'read-events'
              | 'read-targets'
              | 'write-targets'
              | 'command-alarms'
              | 'judge-matches'
              | 'set-service'
              | 'read-examinations'
              | 'request-examinations'
              | 'work-examinations'
              | 'acknowledge-delivery'
              | 'manage-subscriptions'
              | 'configure'
              | 'ask-unmasking'
              | 'decide-unmasking'
              | 'read-audit'
              | 'administer'
            ),
            ...(
              | 'read-site'
              | 'read-board'
              | 'read-readings'
              | 'read-figures'
              | 'read-events'
              | 'read-targets'
              | 'write-targets'
              | 'command-alarms'
              | 'judge-matches'
              | 'set-service'
              | 'read-examinations'
              | 'request-examinations'
              | 'work-examinations'
              | 'acknowledge-delivery'
              | 'manage-subscriptions'
              | 'configure'
              | 'ask-unmasking'
              | 'decide-unmasking'
              | 'read-audit'
              | 'administer'
            )[]
          ]
        | null;
      name: string;
      expiresAt?: string;
    };
    answer: {
      role: 'operator' | 'supervisor' | 'examiner' | 'technician' | 'targeting' | 'auditor' | 'administrator';
      agency: string | null;
      lanes: [string, ...string[]] | null;
      tlp?: 'clear' | 'green' | 'amber' | 'amber+strict' | 'red';
      personalData?: 'none' | 'masked' | 'full';
      purpose?: string;
      scopes:
        | [
            (
              | 'read-site'
              | 'read-board'
              | 'read-readings'
              | 'read-figures'
              | 'read-events'
              | 'read-targets'
              | 'write-targets'
              | 'command-alarms'
              | 'judge-matches'
              | 'set-service'
              | 'read-examinations'
              | 'request-examinations'
              | 'work-examinations'
              | 'acknowledge-delivery'
              | 'manage-subscriptions'
              | 'configure'
              | 'ask-unmasking'
              | 'decide-unmasking'
              | 'read-audit'
              | 'administer'
            ),
            ...(
              | 'read-site'
              | 'read-board'
              | 'read-readings'
              | 'read-figures'
              | 'read-events'
              | 'read-targets'
              | 'write-targets'
              | 'command-alarms'
              | 'judge-matches'
              | 'set-service'
              | 'read-examinations'
              | 'request-examinations'
              | 'work-examinations'
              | 'acknowledge-delivery'
              | 'manage-subscriptions'
              | 'configure'
              | 'ask-unmasking'
              | 'decide-unmasking'
              | 'read-audit'
              | 'administer'
            )[]
          ]
        | null;
      id: string;
      name: string;
      createdAt: string;
      createdBy: string | null;
      expiresAt: string | null;
      lastUsedAt: string | null;
      secret: string;
    };
  };
  /** Ends a token, and the sessions that were opened by it */
  'DELETE /tokens/{id}': {
    path: {
      /** Its id. */
      id: string;
    };
    query: {};
    headers: {};
    body: undefined;
    answer: null;
  };
}

/** What each type of event carries. */
export interface EventData {
  /** A device reports something that an operator must answer. */
  'lanewatch.alarm.raised': Alarm;
  /** More is known of it: evidence, a match, a mark, who was told. */
  'lanewatch.alarm.updated': Alarm;
  /** Its cause has gone. A detection stays until it is disposed of. */
  'lanewatch.alarm.cleared': Alarm;
  /** Somebody deals with it. */
  'lanewatch.alarm.acknowledged': Alarm;
  /** Somebody wrote something down about it. */
  'lanewatch.alarm.commented': Alarm;
  /** Off the board for a while, for a reason. */
  'lanewatch.alarm.shelved': Alarm;
  /** Back on the board, by somebody or by time. */
  'lanewatch.alarm.unshelved': Alarm;
  /** Recorded and not presented, as its lane or device is. */
  'lanewatch.alarm.suppressed': Alarm;
  /** Presented again. */
  'lanewatch.alarm.unsuppressed': Alarm;
  /** The verdict: was the alarm real? */
  'lanewatch.alarm.disposed': Alarm;
  /** The verdict was taken back. */
  'lanewatch.alarm.reopened': Alarm;
  /** More alarms than one operator can answer. */
  'lanewatch.flood.began': FloodFact;
  /** No longer. */
  'lanewatch.flood.ended': FloodFact;
  /** Something is in the lane. */
  'lanewatch.passage.opened': Passage;
  /** An identifier of the subject was read. */
  'lanewatch.passage.identified': Passage;
  /** An occupancy, scan, sample or report has joined. */
  'lanewatch.passage.updated': Passage;
  /** Nothing more is expected of it. */
  'lanewatch.passage.closed': Passage;
  /** A new target. */
  'lanewatch.target.added': Target;
  /** Its originator sent it again, otherwise. */
  'lanewatch.target.changed': Target;
  /** Its validity has begun. */
  'lanewatch.target.activated': Target;
  /** Its originator looks for it no longer. */
  'lanewatch.target.withdrawn': Target;
  /** Its validity has ended. */
  'lanewatch.target.expired': Target;
  /** What passes may be a target: a person is asked. */
  'lanewatch.match.proposed': Match;
  /** A person has said whether it is. */
  'lanewatch.match.judged': Match;
  /** A target passes, and no sensor has alarmed. */
  'lanewatch.interdiction.noticed': Interdiction;
  /** Somebody asks for it. */
  'lanewatch.examination.requested': Examination;
  /** Somebody else is to do it. */
  'lanewatch.examination.assigned': Examination;
  /** What it was requested for before it came is here. */
  'lanewatch.examination.placed': Examination;
  /** The unit will do it. */
  'lanewatch.examination.accepted': Examination;
  /** It is under way. */
  'lanewatch.examination.started': Examination;
  /** The result: acknowledge it with `delivered`. */
  'lanewatch.examination.resulted': Examination;
  /** The requester has the result. */
  'lanewatch.examination.delivered': Examination;
  /** It is not wanted any more. */
  'lanewatch.examination.cancelled': Examination;
  /** One end is late: `overdueAt` says which. */
  'lanewatch.examination.overdue': Examination;
  /** It is still late, and somebody else was told. */
  'lanewatch.examination.escalated': Examination;
  /** The subject left without it. */
  'lanewatch.examination.missed': Examination;
  /** The device is heard. */
  'lanewatch.device.online': DeviceFact;
  /** The link to the device is lost. */
  'lanewatch.device.offline': DeviceFact;
  /** The link stands, and nothing is heard for too long. */
  'lanewatch.device.stale': DeviceFact;
  /** The equipment reports a state of itself. */
  'lanewatch.condition.raised': ConditionFact;
  /** That state is of another severity now, or told in other words. */
  'lanewatch.condition.changed': ConditionFact;
  /** That state is over. */
  'lanewatch.condition.cleared': ConditionFact;
  /** Subjects were counted that never reached us. */
  'lanewatch.occupancy.missed': MissedFact;
  /** A lane or a device was taken out of service, or put back. */
  'lanewatch.service.changed': ServiceState;
  /** A webhook was made, changed, stopped or deleted, its secret rotated, or events sent again. */
  'lanewatch.subscription.changed': Subscription;
  /** A message could not be used. */
  'lanewatch.message.refused': RefusedFact;
  /** Somebody asks to see masked data whole, and another person decides. */
  'lanewatch.unmasking.changed': Unmasking;
  /** Somebody was let in, saw personal data or did something. */
  'lanewatch.access.granted': AccessFact;
  /** Somebody was refused. */
  'lanewatch.access.denied': AccessFact;
  /** The service runs by another configuration. */
  'lanewatch.config.changed': ConfigFact;
}

/** Any event, told apart by its `type`. */
export type LanewatchEvent = {
  [T in keyof EventData]: Omit<CloudEvent, 'type' | 'data'> & { type: T; data: EventData[T] };
}[keyof EventData];
