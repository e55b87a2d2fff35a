import { isoTime } from '../iso-time.ts';
import type { IdentityRead, ReadIdentifier, Scan } from '../observation.ts';
import type { PassageIdentity, PassageScan } from '../passage.ts';
import type { Lane } from '../site.ts';
import { conveyanceOf } from './conveyance.ts';
import type { DeskContext, Draft, Observed } from './decision.ts';
import { alarmFor, clear, declare, detect } from './detecting.ts';
import { placeInTime } from './device-time.ts';
import { handOver } from './handover.ts';
import { isConveyance } from './joining.ts';
import { matchReads } from './matching.ts';
import { getIn } from './nested.ts';
import { changePassage, draftsOf, type PassageWork, spreadMatches, workFor, workOn } from './passage-work.ts';
import { isDeclared } from './priority.ts';
import type { DeskState } from './state.ts';

/** An identity read joins its passage and is matched with the targets. The same read again changes nothing. */
export function identityRead(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  input: Observed,
  observation: IdentityRead,
): readonly Draft[] {
  const { deviceId } = input;
  if (getIn(state.seen, deviceId, observation.readId) !== undefined) return [];
  const placed = placeInTime(state, context, input);
  const { readId, identifiers, imageUri } = observation;
  const work = workFor(state, context, lane, { what: 'identity', atMs: placed.atMs, deviceId, identifiers });
  identify(work, { deviceId, source: readId, at: isoTime(observation.observedAtMs), imageUri }, identifiers);
  return [...placed.drafts, ...draftsOf(work)];
}

/** What was read by one message joins the passage, and is matched. */
export function identify(
  work: PassageWork,
  { deviceId, at, source, imageUri }: Pick<PassageIdentity, 'deviceId' | 'at' | 'source' | 'imageUri'>,
  identifiers: readonly ReadIdentifier[],
): void {
  const reads = identifiers.map(
    (read): PassageIdentity => ({
      kind: read.kind,
      value: read.value,
      raw: read.raw,
      valid: read.valid,
      issuer: read.issuer,
      method: read.method,
      confidence: read.confidence,
      corrections: [...(read.corrections ?? [])],
      holder: read.holder ?? null,
      deviceId,
      at,
      source,
      imageUri,
    }),
  );
  if (reads.length === 0) return;
  const identities = work.passage.identities.concat(reads);
  const conveyance = isConveyance(work.lane) ? conveyanceOf(identities, work.lane) : undefined;
  changePassage(work, conveyance === undefined ? { identities } : { identities, conveyance }, 'identified');
  handOver(work, reads);
  matchReads(work, reads);
  spreadMatches(work);
  if (isDeclared({ identities: reads })) declare(work);
}

/**
 * A scan or sample joins by the subject it carries, else by the window; what is not clear raises. The same report
 * again changes nothing; another report of the same X-ray scan (an operator's after the machine's) supersedes the
 * decision on the same alarm, and both are kept.
 */
export function scan(
  state: DeskState,
  context: DeskContext,
  lane: Lane,
  input: Observed,
  observation: Scan,
): readonly Draft[] {
  const { deviceId } = input;
  const former = state.passages.get(getIn(state.seen, deviceId, observation.scanId) ?? '');
  const told = former === undefined ? [] : [...former.scans, ...former.samples];
  if (told.some(({ id, raw }) => id === observation.scanId && raw.sha256 === input.raw.sha256)) return [];
  const placed = placeInTime(state, context, input);
  const { identifiers } = observation;
  const supersedes = observation.finding.kind === 'xray' && former !== undefined;
  const work = supersedes
    ? workOn(state, context, lane, former)
    : workFor(state, context, lane, { what: 'scan', atMs: placed.atMs, deviceId, identifiers });
  const at = isoTime(observation.observedAtMs);
  const report = reportOf(observation, { deviceId, at, raw: input.raw });
  const { scans, samples } = work.passage;
  changePassage(
    work,
    observation.finding.kind === 'xray' ? { scans: scans.concat(report) } : { samples: samples.concat(report) },
  );
  identify(work, { deviceId, source: report.id, at, imageUri: null }, unread(work, identifiers));
  conclude(work, input, observation, { historical: placed.historical, supersedes });
  return [...placed.drafts, ...draftsOf(work)];
}

/** The subject a report repeats is not a second identity. */
function unread(work: PassageWork, identifiers: readonly ReadIdentifier[]): readonly ReadIdentifier[] {
  const { identities } = work.passage;
  return identifiers.filter(
    ({ kind, value }) => !identities.some((read) => read.kind === kind && read.value === value),
  );
}

function conclude(
  work: PassageWork,
  { deviceId, raw }: Observed,
  observation: Scan,
  { historical, supersedes }: { readonly historical: boolean; readonly supersedes: boolean },
): void {
  const { signal, hazard, decision, finding, observedAtMs, mode } = observation;
  const evidence = { ...finding, raw };
  if (decision !== 'clear') {
    detect(work, { deviceId, signal, hazard, evidence, observedAtMs, historical, mode, count: null });
    return;
  }
  const alarm = supersedes ? alarmFor(work, deviceId, signal) : undefined;
  if (alarm !== undefined) clear(work, alarm, { evidence });
}

function reportOf(
  { scanId, decision, finding }: Scan,
  { deviceId, at, raw }: Pick<PassageScan, 'deviceId' | 'at' | 'raw'>,
): PassageScan {
  const seen =
    finding.kind === 'xray'
      ? finding.objects.map((object) => object.category)
      : finding.substances.map((substance) => substance.name);
  const source = finding.kind === 'xray' ? finding.source : '';
  const summary = [decision, ...seen.slice(0, 5)].join(', ');
  return { id: scanId, deviceId, decision, source, summary, at, raw };
}
