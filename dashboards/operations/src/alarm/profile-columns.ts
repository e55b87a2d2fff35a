import type { AlignedData } from 'uplot';
import type { RadiationEvidenceData } from './radiation-evidence.tsx';

/** Chart columns: seconds, counts, background, threshold, and the highest point alone. */
export function profileColumns(
  evidence: Pick<RadiationEvidenceData, 'profile' | 'background' | 'threshold'>,
): AlignedData {
  const { profile, background, threshold } = evidence;
  const values = profile.map((point) => point.value);
  const top = values.indexOf(Math.max(...values));
  return [
    profile.map((point) => point.t),
    values,
    profile.map(() => background),
    profile.map(() => threshold),
    values.map((value, index) => (index === top ? value : null)),
  ];
}
