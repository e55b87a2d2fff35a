import type { Examination, ExaminationResult, ResultInput } from '../examination.ts';
import { codeOf, notExaminedReasons, reachBackAdvice, resultCodes } from '../examination-codes.ts';
import { msOf } from '../iso-time.ts';
import { type DeskContext, type Refusal, unknownCode } from './decision.ts';

/** An examiner's clock may be ahead of ours by this much. */
const clockToleranceMs = 300_000;

/** Why a result cannot be taken, or null. */
export function resultFaults(examination: Examination, context: DeskContext, input: ResultInput): Refusal | null {
  const { code, reason, advice } = input;
  if (codeOf(resultCodes, code) === undefined) return unknownCode('code', code, Object.keys(resultCodes));
  if (code === 'not-examined') {
    if (!onList(notExaminedReasons, reason)) return unknownCode('reason', reason ?? 'nothing', notExaminedReasons);
  } else if (reason !== undefined) {
    return { code: 'invalid-request', detail: 'reason: says why nobody examined; only with the code not-examined' };
  }
  if (advice !== undefined && !onList(reachBackAdvice, advice)) return unknownCode('advice', advice, reachBackAdvice);
  return timeFault(startOf(examination, input), input.endedAt, context.nowMs);
}

function timeFault(startedAt: string | null, endedAt: string | undefined, nowMs: number): Refusal | null {
  const endMs = endedAt === undefined ? nowMs : msOf(endedAt);
  if (endMs > nowMs + clockToleranceMs) return { code: 'invalid-request', detail: 'endedAt: lies in the future' };
  if (startedAt === null || msOf(startedAt) <= endMs) return null;
  return { code: 'invalid-request', detail: `startedAt: ${startedAt} is after the end` };
}

/** The result as it is recorded: with its name outside, and the disposition it suggests. */
export function resultOf(examination: Examination, input: ResultInput, by: string, at: string): ExaminationResult {
  const known = codeOf(resultCodes, input.code);
  return {
    code: input.code,
    niem: known?.niem ?? null,
    suggestedDisposition: known?.suggests ?? null,
    reason: input.reason ?? null,
    findings: input.findings,
    examiner: input.examiner ?? examination.assignee ?? by,
    method: input.method ?? null,
    place: input.place ?? examination.started?.place ?? null,
    startedAt: startOf(examination, input),
    endedAt: input.endedAt ?? at,
    seizure: input.seizure ?? null,
    advice: input.advice ?? null,
    attachments: [...new Set(input.attachments)],
    note: input.note ?? null,
    by,
    at,
  };
}

/** The examiner's word, else when start was pressed; unknown where neither is. */
function startOf(examination: Examination, input: ResultInput): string | null {
  return input.startedAt ?? examination.started?.at ?? null;
}

function onList(list: readonly string[], word: string | undefined): boolean {
  return word !== undefined && list.includes(word);
}
