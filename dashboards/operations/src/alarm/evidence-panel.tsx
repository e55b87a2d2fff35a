import type { Alarm, Passage } from '../contract/resources.ts';
import { Moment } from '../parts/ago.tsx';
import { IsotopeEvidence } from './isotope-evidence.tsx';
import { RadiationEvidence } from './radiation-evidence.tsx';
import { TraceEvidence } from './trace-evidence.tsx';
import { XrayEvidence } from './xray-evidence.tsx';

interface EvidencePanelProps {
  readonly alarm: Alarm;
  /** What passed, where it is known. */
  readonly subject: Passage['subject'] | null;
}

/** Why the alarm was raised, by kind of evidence, and the way back to the raw frame. */
export function EvidencePanel({ alarm, subject }: EvidencePanelProps) {
  const { raw } = alarm.evidence;
  return (
    <section className="panel evidence">
      <h2>Why it was raised</h2>
      <ByKind alarm={alarm} subject={subject} />
      {raw !== null && (
        <p className="raw-reference">
          Raw frame from {raw.deviceId}, received <Moment at={raw.receivedAt} />, SHA-256 <code>{raw.sha256}</code>
        </p>
      )}
    </section>
  );
}

function ByKind({ alarm: { evidence }, subject }: EvidencePanelProps) {
  switch (evidence.kind) {
    case 'radiation':
      return <RadiationEvidence evidence={evidence} drawn={subject === 'vehicle' || subject === 'container'} />;
    case 'isotope':
      return <IsotopeEvidence evidence={evidence} />;
    case 'xray':
      return <XrayEvidence evidence={evidence} />;
    case 'trace':
      return <TraceEvidence evidence={evidence} />;
    case 'condition':
      return (
        <p className="condition-text">
          {evidence.text} <small>{`${evidence.code}, ${evidence.severity}`}</small>
        </p>
      );
    default:
      return evidence satisfies never;
  }
}
