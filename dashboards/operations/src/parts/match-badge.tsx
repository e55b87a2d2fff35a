import type { Match } from '../contract/resources.ts';

/** The strongest tie of an alarm to a target: "TARGET · exact". A rejected match is said to be so. */
export function MatchBadge({ matches }: { readonly matches: readonly Match[] }) {
  const best = strongest(matches);
  if (best === undefined) return null;
  const verdict = best.verdict?.verdict;
  return (
    <span className="match-badge" data-verdict={verdict ?? 'none'}>
      TARGET · {verdict === undefined ? best.method : verdict}
    </span>
  );
}

function strongest(matches: readonly Match[]): Match | undefined {
  const rejected = (match: Match) => Number(match.verdict?.verdict === 'rejected');
  return matches.toSorted((a, b) => rejected(a) - rejected(b) || b.score - a.score)[0];
}
