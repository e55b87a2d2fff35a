import type { PassageIdentity } from '../contract/resources.ts';
import { Moment } from '../parts/ago.tsx';
import { identityWords } from '../words/identity.ts';

const columns = ['Kind', 'Value', 'Check', 'Read by', 'When'];

/** Every identity as it was read. A failed check digit is never an exact match, and says so here. */
export function IdentityTable({ identities }: { readonly identities: readonly PassageIdentity[] }) {
  if (identities.length === 0) return <p className="quiet">Nothing was read that identifies it.</p>;
  return (
    <div className="wide">
      <table className="identities">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {identities.map((identity) => (
            <tr key={`${identity.deviceId} ${identity.source} ${identity.kind} ${identity.value}`}>
              <td>{identityWords[identity.kind]}</td>
              <td>
                <b className="subject">{identity.value}</b>
                {identity.raw !== identity.value && <small>read as “{identity.raw}”</small>}
                {identity.issuer !== null && <small>issued by {identity.issuer}</small>}
                {identity.holder !== null && (
                  <small>
                    {identity.holder.name}
                    {identity.holder.birthDate !== null && `, born ${identity.holder.birthDate}`}
                  </small>
                )}
                {identity.corrections.length > 0 && <small>perhaps {identity.corrections.join(' or ')}</small>}
              </td>
              <td className="check" data-valid={identity.valid}>
                {identity.valid ? '✓ valid' : '✗ failed'}
              </td>
              <td>
                {identity.method}
                {identity.confidence !== null && `, ${Math.round(identity.confidence * 100)} % sure`}
                <small>{identity.deviceId}</small>
              </td>
              <td>
                <Moment at={identity.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
