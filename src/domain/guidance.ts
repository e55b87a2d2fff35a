import { z } from 'zod';
import { Hazard, Signal } from './words.ts';

/** One short sentence each. */
const Sentences = z.array(z.string().trim().min(1).max(300)).min(1).max(10);

/** What an officer should do next: something for every signal, and for a hazard what comes before it. */
export const Guidance = z.strictObject({
  signals: z.record(Signal, Sentences),
  hazards: z.partialRecord(Hazard, Sentences),
});
/** What a post says instead, signal by signal and hazard by hazard. */
export const OwnGuidance = z.strictObject({
  signals: z.partialRecord(Signal, Sentences).default({}),
  hazards: z.partialRecord(Hazard, Sentences).default({}),
});

export type Guidance = z.infer<typeof Guidance>;
export type OwnGuidance = z.infer<typeof OwnGuidance>;

export function withOwn(guidance: Guidance, own: OwnGuidance): Guidance {
  return {
    signals: { ...guidance.signals, ...own.signals },
    hazards: { ...guidance.hazards, ...own.hazards },
  };
}

export function guidanceFor({ signals, hazards }: Guidance, signal: Signal, hazard: Hazard): string[] {
  return (hazards[hazard] ?? []).concat(signals[signal]);
}
