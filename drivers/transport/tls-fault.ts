import { messageOf } from '../../src/errors.ts';

const theirs = 'the certificate it shows';
const untrusted = `${theirs} is not signed by an authority we trust: give that authority's certificate as caFile`;
const askedFor = 'it asks for a certificate of ours: give certFile and keyFile';
const distrusted = 'it does not accept our certificate (certFile): it must be signed by the authority the peer trusts';
const noTls = 'it does not speak TLS at this port, or no version from 1.2 on';

/** Codes of OpenSSL and node:tls → what is to be mended. */
const remedies: ReadonlyMap<unknown, string> = new Map([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['CERT_SIGNATURE_FAILURE', untrusted],
  ['CERT_HAS_EXPIRED', `${theirs} has expired: renew it there`],
  ['CERT_NOT_YET_VALID', `${theirs} is not valid yet: is one of the clocks wrong?`],
  ['ERR_TLS_CERT_ALTNAME_INVALID', `${theirs} is for another name: give that name as serverName, or renew it there`],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', askedFor],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', askedFor],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', askedFor],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', distrusted],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', distrusted],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', distrusted],
  ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', distrusted],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', distrusted],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'our certificate (certFile) has expired: renew it'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'our certificate (certFile) has expired: renew it'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', noTls],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', noTls],
]);

/** The message of a connection's error; where TLS failed, with what is to be mended before it. */
export function connectionFault(error: unknown): string {
  const remedy = error instanceof Error && 'code' in error ? remedies.get(error.code) : undefined;
  return remedy === undefined ? messageOf(error) : `${remedy} (${messageOf(error)})`;
}
