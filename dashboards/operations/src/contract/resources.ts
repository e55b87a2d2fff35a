import type { Alarm } from '../../../../src/domain/alarm.ts';
import type { CloudEvent } from '../../../../src/domain/cloud-event.ts';
import type { DeviceStatus } from '../../../../src/domain/device.ts';
import type { Match } from '../../../../src/domain/match.ts';
import type { Passage } from '../../../../src/domain/passage.ts';
import type { LaneKind, Mode } from '../../../../src/domain/words.ts';

export type { Alarm, AlarmMark, AlarmState, DispositionClass } from '../../../../src/domain/alarm.ts';
export type { CloudEvent } from '../../../../src/domain/cloud-event.ts';
export type { DeviceState, DeviceStatus } from '../../../../src/domain/device.ts';
export type { ConditionFact, DeviceFact } from '../../../../src/domain/event.ts';
export type { Evidence, ProfilePoint } from '../../../../src/domain/evidence.ts';
export type { Match, Verdict } from '../../../../src/domain/match.ts';
export type { Passage, PassageIdentity, PassageScan } from '../../../../src/domain/passage.ts';
export type { Spectrum, SpectrumSet } from '../../../../src/domain/spectrum.ts';
export type { Hazard, Mode, Priority, Signal } from '../../../../src/domain/words.ts';
export type { LiveReading } from '../../../../src/ports/feed.ts';

/** GET /site. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly unlocode?: string;
  /** IANA name; every time on the screen is in it. */
  readonly timeZone: string;
  readonly mode: Mode;
}

/** GET /lanes. */
export interface Lane {
  readonly id: string;
  readonly name: string;
  readonly kind: LaneKind;
  readonly direction?: string;
}

/** GET /session. */
export interface Session {
  readonly name: string;
  readonly role: string;
}

/** A list as the API gives it; `next` is the cursor of the following page. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The resources a live event may carry whole. */
export type Resource = Alarm | DeviceStatus | Match | Passage;
export type LiveEvent = CloudEvent;
