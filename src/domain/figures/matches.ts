import type { Verdict } from '../match.ts';
import type { MatchFigures, PeriodFigures } from './figures.ts';
import { shareOf } from './shares.ts';

/** Matches that are alike in what is counted, and how many. */
export interface MatchTally {
  readonly method: string;
  readonly originator: string;
  readonly verdict: Verdict | null;
  readonly matches: number;
}

export function matchFigures(tallies: readonly MatchTally[]): PeriodFigures['matches'] {
  const by = (nameOf: (tally: MatchTally) => string) =>
    [...Map.groupBy(tallies, nameOf)]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, own]) => ({ name, ...counted(own) }));
  return {
    ...counted(tallies),
    byMethod: by(({ method }) => method),
    byOriginator: by(({ originator }) => originator),
  };
}

function counted(tallies: readonly MatchTally[]): MatchFigures {
  const of = (verdict: Verdict | null) =>
    tallies.reduce((total, tally) => total + (tally.verdict === verdict ? tally.matches : 0), 0);
  const [confirmed, rejected, unsure, open] = [of('confirmed'), of('rejected'), of('unsure'), of(null)];
  const proposed = confirmed + rejected + unsure + open;
  return { proposed, confirmed, rejected, unsure, open, confirmedShare: shareOf(confirmed, confirmed + rejected) };
}
