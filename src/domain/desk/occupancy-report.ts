import { isoTime } from '../iso-time.ts';
import type { Lane } from '../site.ts';
import type { DeskContext, Draft, KeptOccupancyReport, Observed } from './decision.ts';
import { detect } from './detecting.ts';
import { placeInTime } from './device-time.ts';
import { getIn } from './nested.ts';
import { changePassage, draftsOf, type PassageWork, workFor } from './passage-work.ts';
import { identify } from './reads.ts';
import type { DeskState } from './state.ts';

/**
 * A document tells a whole occupancy after the fact: it joins the passage its identity or its time belongs to, raises what
 * it reports, and keeps its spectra there. The same document again changes nothing.
 */
export function occupancyReport(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  input: Observed,
  observation: KeptOccupancyReport,
): readonly Draft[] {
  const { deviceId, raw } = input;
  const { reportId, identifiers, nuclides, spectra, detections, observedAtMs } = observation;
  if (getIn(state.seen, deviceId, reportId) !== undefined) return [];
  const placed = observation.stored
    ? { atMs: observedAtMs, historical: true, drafts: [] }
    : placeInTime(state, context, input);
  const work = workFor(state, context, lane, { what: 'scan', atMs: placed.atMs, deviceId, identifiers });
  const at = isoTime(observedAtMs);
  const report = { id: reportId, deviceId, at, nuclides: [...nuclides], spectra, raw };
  changePassage(work, { reports: [...(work.passage.reports ?? []), report] });
  pass(work, deviceId, observation);
  identify(work, { deviceId, source: reportId, at, imageUri: null }, identifiers);
  for (const { finding, ...detection } of detections) {
    const evidence = { ...finding, raw };
    detect(work, { ...detection, deviceId, evidence, observedAtMs, historical: placed.historical, mode: null });
  }
  return [...placed.drafts, ...draftsOf(work)];
}

/** What it says of the passing itself, where no portal of the lane has said it already. */
function pass(work: PassageWork, deviceId: string, observation: KeptOccupancyReport): void {
  if (work.passage.occupancy !== null) return;
  const { observedAtMs, durationS, speedKmh, profile } = observation;
  const occupancy = {
    deviceId,
    counter: null,
    durationS,
    startedAt: isoTime(observedAtMs),
    endedAt: isoTime(observedAtMs + durationS * 1000),
    endReason: 'device',
  };
  const counts = { gamma: [...profile.gamma], neutron: [...profile.neutron] };
  changePassage(work, { occupancy, speedKmh, profile: counts });
}
