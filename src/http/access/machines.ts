import { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../ports/access.ts';
import type { MachineCertificate } from './edge-options.ts';

/** Whom the certificate of the request's connection stands for; null without one that our authority has signed. */
export type Machines = (request: FastifyRequest) => Principal | null;

export function createMachines(certificates: readonly MachineCertificate[]): Machines {
  const known = certificates.map(({ subject, fingerprint256, principal }) => ({
    subject: subject === undefined ? null : attributesOf(subject.split(/,\s*(?=[A-Za-z0-9.]+\s*=)/)),
    fingerprint: fingerprint256 === undefined ? null : hexOf(fingerprint256),
    principal,
  }));
  return ({ raw: { socket } }) => {
    if (known.length === 0 || !(socket instanceof TLSSocket) || !socket.authorized) return null;
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return null;
    const subject = attributesOf(certificate.subject.split('\n'));
    const fingerprint = hexOf(certificate.fingerprint256);
    return known.find((one) => one.subject === subject || one.fingerprint === fingerprint)?.principal ?? null;
  };
}

/** The attributes of a distinguished name in one order, since tools print them in either. */
function attributesOf(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim().replace(/\s*=\s*/, '='))
    .toSorted()
    .join('\n');
}

function hexOf(fingerprint: string): string {
  return fingerprint.replaceAll(':', '').toLowerCase();
}
