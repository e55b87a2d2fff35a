import type { Evidence } from '../contract/resources.ts';
import { numberText } from '../words/alarm-words.ts';
import { Fact } from './alarm-header.tsx';
import { imageFrame } from './image-frame.ts';

type Xray = Extract<Evidence, { kind: 'xray' }>;

/** What the scanner decided, who decided, and each object with its place in the image. */
export function XrayEvidence({ evidence }: { readonly evidence: Xray }) {
  const { decision, source, reason, scanId, objects, imageUri } = evidence;
  return (
    <>
      <dl className="facts">
        <Fact name="Decision">{decision}</Fact>
        <Fact name="Decided by">{source || 'not said'}</Fact>
        {reason !== null && <Fact name="Reason">{reason}</Fact>}
        <Fact name="Scan">{scanId}</Fact>
        {imageUri !== null && <Fact name="Image at the scanner">{imageUri}</Fact>}
      </dl>
      <Regions objects={objects} />
      {objects.length > 0 && (
        <div className="wide">
          <table>
            <thead>
              <tr>
                {['No.', 'Object', 'Category', 'Assessment', 'Probability', 'Mass'].map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {objects.map((object) => (
                <tr key={object.number}>
                  <td>{object.number}</td>
                  <td>{object.description}</td>
                  <td>{object.category}</td>
                  <td>{object.assessment}</td>
                  <td>{object.probability === null ? '–' : `${Math.round(object.probability * 100)} %`}</td>
                  <td>{object.massG === null ? '–' : `${numberText(object.massG)} g`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

/** The marked regions as they lie in the image, numbered as in the table. The image itself stays at the scanner. */
function Regions({ objects }: { readonly objects: Xray['objects'] }) {
  const frame = imageFrame(objects.map((object) => object.region));
  if (frame === null) return null;
  return (
    <svg className="regions" viewBox={frame.viewBox} role="img" aria-label={`Places of ${objects.length} objects`}>
      {objects.map(({ number, region }) => {
        const [first] = region;
        if (first === undefined) return null;
        return (
          <g key={number}>
            <polygon points={region.map(([x, y]) => `${x},${y}`).join(' ')} />
            <text x={first[0]} y={first[1]} dy={-frame.unit} fontSize={frame.unit * 4}>
              {number}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
