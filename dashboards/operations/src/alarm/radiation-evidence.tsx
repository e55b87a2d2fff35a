import type { Evidence } from '../contract/resources.ts';
import { numberText, sigmaText } from '../words/alarm-words.ts';
import { Fact } from './alarm-header.tsx';
import { CountProfileChart } from './count-profile-chart.tsx';
import { Nuclides } from './isotope-evidence.tsx';
import { PositionBar } from './position-bar.tsx';

export type RadiationEvidenceData = Extract<Evidence, { kind: 'radiation' }>;

interface RadiationEvidenceProps {
  readonly evidence: RadiationEvidenceData;
  /** Is the subject long enough for a place along it to mean something? */
  readonly drawn: boolean;
}

/** Count rate over the passage against background and threshold, how far above, and where along the subject. */
export function RadiationEvidence({ evidence, drawn }: RadiationEvidenceProps) {
  const { unit, background, threshold, peak, sigma, durationS, positionRatio, channel, detector, description } =
    evidence;
  const level = (value: number | null) => (value === null ? 'not known' : `${numberText(value)} ${unit}`);
  return (
    <>
      <dl className="facts facts-large">
        <Fact name="Above background">{sigma === null ? 'not known' : sigmaText(sigma)}</Fact>
        <Fact name={`Peak ${channel}`}>
          <i className="key key-peak" /> {level(peak)}
        </Fact>
        <Fact name="Threshold">
          <i className="key key-threshold" /> {level(threshold)}
        </Fact>
        <Fact name="Background">
          <i className="key key-background" /> {level(background)}
        </Fact>
        <Fact name="Duration">{`${durationS.toFixed(1)} s`}</Fact>
        {detector !== undefined && <Fact name="Highest detector">{detector}</Fact>}
        {description !== undefined && <Fact name="The instrument says">{description}</Fact>}
      </dl>
      {evidence.profile.length > 1 ? (
        <CountProfileChart evidence={evidence} />
      ) : (
        <p className="quiet">No count-rate profile yet.</p>
      )}
      <Nuclides nuclides={evidence.nuclides ?? []} />
      {drawn && positionRatio !== null && <PositionBar ratio={positionRatio} />}
    </>
  );
}
