import { z } from 'zod';
import { Alarm } from './alarm.ts';
import { DeviceStatus } from './device.ts';
import { Evidence, Nuclide, RawRef } from './evidence.ts';
import { Examination, ExaminationResult } from './examination.ts';
import { ExaminationSummary } from './examination-summary.ts';
import { AccessFact, ConditionFact, ConfigFact, DeviceFact, FloodFact, MissedFact, RefusedFact } from './facts.ts';
import { FeedDelivery, FeedStatus } from './feed.ts';
import { Interdiction } from './interdiction.ts';
import { Match, MatchReason } from './match.ts';
import { Conveyance, Handover, Passage, PassageIdentity, PassageReport, PassageScan } from './passage.ts';
import { ServiceState } from './service.ts';
import { Spectrum } from './spectrum.ts';
import { Subscription } from './subscription.ts';
import { Target, TargetIdentifier } from './target.ts';
import { Unmasking } from './unmasking.ts';

/** What a reader is to reckon with, by the policy of sharing. */
const personal = 'Personal data in it may be masked (`•••14`), `[withheld]` or left out.';

/** What has a name of its own in everything that is published, and what it is. */
const named: Readonly<Record<string, readonly [z.ZodType, string]>> = {
  Alarm: [Alarm, 'One thing an operator must answer. What may be absent is so in older alarms: read it as null.'],
  Evidence: [Evidence, 'What the device found, by `kind`, and the frame behind it.'],
  Nuclide: [Nuclide, 'A nuclide that the instrument identified.'],
  RawRef: [RawRef, 'Back to the frame: which device, when its bytes arrived, and their SHA-256 in hex.'],
  Passage: [Passage, `One subject through one lane: occupancy, identities, scans and samples, joined. ${personal}`],
  PassageIdentity: [PassageIdentity, `An identifier as it was read in the passage. ${personal}`],
  PassageScan: [PassageScan, 'A scan or sample that joined the passage, the clear ones included.'],
  PassageReport: [PassageReport, 'A document about the whole passage; its spectra are at `/spectra/{id}`.'],
  Conveyance: [Conveyance, 'What a conveyance is made of, in the order in which it was read first.'],
  Handover: [Handover, 'The same subject in another lane, known by an identifier read in both.'],
  Target: [Target, `Somebody or something looked for; the same one by (originator, reference). ${personal}`],
  TargetIdentifier: [TargetIdentifier, 'What a target is known by.'],
  Match: [
    Match,
    `A passage, and its alarms, tied to a target. A person decides; nothing adverse is automatic. ${personal}`,
  ],
  MatchReason: [MatchReason, 'One identifier, or the name, that agreed, scored by itself.'],
  Interdiction: [
    Interdiction,
    `A target passes, and no sensor has alarmed: what an officer at the lane needs. ${personal}`,
  ],
  Examination: [Examination, 'The closed loop: requested, accepted, started, result, delivered.'],
  ExaminationSummary: [ExaminationSummary, 'What an alarm and a passage show of an examination.'],
  ExaminationResult: [ExaminationResult, 'What the examiner reports; it closes no alarm.'],
  ServiceState: [ServiceState, 'Whether a lane or a device is in service, as somebody last said.'],
  FeedStatus: [FeedStatus, 'How the delivery of events to one reader is going.'],
  FeedDelivery: [FeedDelivery, 'One attempt at a webhook.'],
  Subscription: [Subscription, 'A webhook as its last change left it; its secret is never in it.'],
  Unmasking: [Unmasking, 'One person asks to see masked data whole, another agrees.'],
  DeviceStatus: [DeviceStatus, 'Live status of one device: link and health, never detection.'],
  Spectrum: [Spectrum, 'An energy spectrum as the instrument gave it, or the sum of its slices over an occupancy.'],
  DeviceFact: [DeviceFact, 'State of a link as it became.'],
  ConditionFact: [ConditionFact, 'A state of the equipment; never a detection.'],
  MissedFact: [MissedFact, 'The device counted subjects, or samples, that never reached us.'],
  RefusedFact: [RefusedFact, 'A message that could not be used, kept before it was acknowledged.'],
  FloodFact: [FloodFact, 'More alarms than one operator can answer.'],
  AccessFact: [AccessFact, 'Who asked for what, from where and for which purpose.'],
  ConfigFact: [ConfigFact, 'The configuration the service runs by.'],
};

/** Names them in every JSON Schema made from ours, and answers where the names stand: zod's own registry. */
export function nameResources(): typeof z.globalRegistry {
  for (const [id, [schema, description]] of Object.entries(named)) z.globalRegistry.add(schema, { id, description });
  return z.globalRegistry;
}
