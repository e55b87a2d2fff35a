import { LanewatchError } from '../../src/errors.ts';
import { connectionFault } from './tls-fault.ts';

/** CONNACK codes that no retry cures: MQTT 3.1.1 table 3.1 and MQTT 5, 3.2.2.2. */
const settingsFaults: ReadonlySet<unknown> = new Set([1, 2, 4, 5, 0x84, 0x85, 0x86, 0x87, 0x8a, 0x8c]);

/**
 * What a failed or lost broker connection means. `cause`: what mqtt.js or the socket said, undefined when it just
 * closed; `connected`: whether the broker had accepted us. The address never holds credentials.
 */
export function brokerFault(address: string, cause: unknown, connected: boolean): LanewatchError {
  if (cause instanceof LanewatchError) return cause;
  const reason = cause === undefined ? 'it closed the connection' : connectionFault(cause);
  if (connected) return new LanewatchError('link-lost', `broker ${address}: ${reason}`, { cause });
  if (cause instanceof Error && 'code' in cause && settingsFaults.has(cause.code)) {
    return new LanewatchError('configuration-fault', `broker ${address} does not let us in: ${reason}`, { cause });
  }
  const code = reason === 'connack timeout' ? 'link-timeout' : 'link-refused';
  return new LanewatchError(code, `broker ${address}: ${reason}`, { cause });
}
