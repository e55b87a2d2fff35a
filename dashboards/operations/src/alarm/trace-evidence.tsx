import type { Evidence } from '../contract/resources.ts';
import { numberText } from '../words/alarm-words.ts';
import { Fact } from './alarm-header.tsx';

type Trace = Extract<Evidence, { kind: 'trace' }>;

/** Each substance's amplitude against its own threshold. */
export function TraceEvidence({ evidence }: { readonly evidence: Trace }) {
  return (
    <>
      <dl className="facts">
        <Fact name="Decision">{evidence.decision}</Fact>
        <Fact name="Sample">{evidence.sampleId}</Fact>
      </dl>
      <ul className="substances">
        {evidence.substances.map((substance) => (
          <Substance key={substance.name} substance={substance} />
        ))}
      </ul>
      {evidence.substances.length === 0 && <p className="quiet">No substance named.</p>}
    </>
  );
}

function Substance({ substance }: { readonly substance: Trace['substances'][number] }) {
  const { name, cas, hazard, amplitude, threshold, k0 } = substance;
  const full = Math.max(amplitude, threshold ?? 0) * 1.1 || 1;
  const width = (value: number) => `${(value / full) * 100}%`;
  return (
    <li>
      <p>
        <b>{name}</b> {hazard}
        {cas !== null && `, CAS ${cas}`}
        {k0 !== null && `, K₀ ${numberText(k0)} cm²/(V·s)`}
      </p>
      <div className="amplitude" aria-hidden="true">
        <span
          className="amplitude-bar"
          data-over={threshold !== null && amplitude >= threshold}
          style={{ width: width(amplitude) }}
        />
        {threshold !== null && <span className="amplitude-threshold" style={{ left: width(threshold) }} />}
      </div>
      <p className="quiet">
        amplitude {numberText(amplitude)}, threshold {threshold === null ? 'not told' : numberText(threshold)}
        {threshold !== null && threshold > 0 && `: ${(amplitude / threshold).toFixed(1)} times`}
      </p>
    </li>
  );
}
