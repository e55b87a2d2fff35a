import type { Evidence } from '../contract/resources.ts';
import { Fact } from './alarm-header.tsx';

type Isotope = Extract<Evidence, { kind: 'isotope' }>;
type Nuclide = Isotope['nuclides'][number];

/** What the instrument identified, the worst first, with how sure it is and why it may be there. */
export function IsotopeEvidence({ evidence }: { readonly evidence: Isotope }) {
  return (
    <>
      <dl className="facts">
        <Fact name="Instrument says">{evidence.description || 'nothing more'}</Fact>
        {evidence.algorithm !== null && <Fact name="Algorithm">{evidence.algorithm}</Fact>}
      </dl>
      <Nuclides nuclides={evidence.nuclides} />
      {evidence.nuclides.length === 0 && <p className="quiet">No nuclide named.</p>}
    </>
  );
}

export function Nuclides({ nuclides }: { readonly nuclides: readonly Nuclide[] }) {
  if (nuclides.length === 0) return null;
  return (
    <table className="nuclides">
      <thead>
        <tr>
          <th scope="col">Nuclide</th>
          <th scope="col">Category</th>
          <th scope="col">Confidence</th>
        </tr>
      </thead>
      <tbody>
        {nuclides.map((nuclide) => (
          <tr key={nuclide.name} data-snm={nuclide.categories.includes('snm')}>
            <th scope="row">{nuclide.name}</th>
            <td>{nuclide.categories.map(categoryWord).join(', ') || 'not known'}</td>
            <td>{confidenceWord(nuclide)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function categoryWord(category: string): string {
  const words: Readonly<Record<string, string>> = { snm: 'nuclear material', norm: 'naturally occurring' };
  return words[category] ?? category;
}

function confidenceWord({ confidence, rawConfidence }: Nuclide): string {
  if (confidence !== null) return `${Math.round(confidence * 100)} %`;
  return rawConfidence === null ? 'not told' : String(rawConfidence);
}
