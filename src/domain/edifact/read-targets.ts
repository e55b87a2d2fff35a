import { readCuscar } from './cuscar.ts';
import type { Found } from './found.ts';
import { type Fault, faultOf, type Message, readInterchange } from './interchange.ts';
import { readPaxlst } from './paxlst.ts';

/** What one message tells of; nothing where it has faults. */
export interface ReadMessage {
  readonly reference: string;
  readonly type: string;
  readonly found: readonly Found[];
  readonly faults: readonly Fault[];
}

/** An interchange → whom and what its messages tell of. A message with a fault is refused whole, and only that one. */
export function readTargets(
  text: string,
  nowMs: number,
): { messages: readonly ReadMessage[]; faults: readonly Fault[] } {
  const { messages, faults } = readInterchange(text);
  const read = messages.map((message) => {
    const { reference, type } = message;
    return { reference, type, ...byType(message, nowMs) };
  });
  return { messages: read, faults };
}

function byType(message: Message, nowMs: number): Pick<ReadMessage, 'found' | 'faults'> {
  if (message.type === 'PAXLST') return readPaxlst(message, nowMs);
  if (message.type === 'CUSCAR') return readCuscar(message);
  const [header] = message.segments;
  const unknown = header === undefined ? [] : [faultOf(header, `${message.type} is neither PAXLST nor CUSCAR`)];
  return { found: [], faults: [...message.faults, ...unknown] };
}
