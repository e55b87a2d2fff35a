import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Certificates made for one test by openssl, in a folder of their own. */
export interface Certificates extends Disposable {
  /** The authority's own certificate, that everybody trusts who trusts what it signs. */
  readonly caFile: string;
  /** A certificate signed by the authority for 127.0.0.1, or for what `names` says (OpenSSL's subjectAltName). */
  issue(name: string, change?: { readonly days?: number; readonly names?: string }): Issued;
}
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
}

export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'lanewatch-tls-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => void execFileSync('openssl', args, { stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const [caFile, caKey] = [file('ca.crt'), file('ca.key')];
  openssl('req', '-x509', ...newKey, '-keyout', caKey, '-out', caFile, '-days', '2', '-subj', '/CN=test authority');
  return {
    caFile,
    issue: (name, { days = 2, names = 'IP:127.0.0.1' } = {}) => {
      const [certFile, keyFile] = [file(`${name}.crt`), file(`${name}.key`)];
      const [request, extensions] = [file(`${name}.csr`), file(`${name}.ext`)];
      writeFileSync(extensions, `subjectAltName=${names}\n`);
      openssl('req', ...newKey, '-keyout', keyFile, '-out', request, '-subj', `/CN=${name}`);
      const signed = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-days', String(days), '-extfile', extensions];
      openssl('x509', '-req', '-in', request, '-out', certFile, ...signed);
      return { certFile, keyFile };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
