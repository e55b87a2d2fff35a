import { type Decoded, DocumentFault } from './document.ts';
import { readForm2006 } from './form-2006.ts';
import { readForm2011 } from './form-2011.ts';
import { child, parseXml, type XmlNode } from './xml.ts';

/** The largest document taken; a real pass-through has 3.3 MB (sheet n42). */
export const defaultMaxBytes = 16 * 1024 * 1024;

/**
 * The bytes of one document, 2011 or 2006 form, prefixed or not, UTF-8 or UTF-16 → what it says, or a named refusal. `timeZone`
 * is for times without an offset. Pure; never throws.
 */
export function decode(bytes: Uint8Array, timeZone: string, maxBytes: number): Decoded {
  if (bytes.length > maxBytes) {
    return { ok: false, code: 'too-large', reason: `${bytes.length} bytes, at most ${maxBytes} are taken` };
  }
  const parsed = parseXml(bytes);
  if (!parsed.ok) return parsed;
  const { root } = parsed;
  const form2011 = child(root, 'RadInstrumentData');
  const form2006 = child(root, 'N42InstrumentData') ?? child(child(root, 'Event'), 'N42InstrumentData');
  try {
    if (form2011 !== undefined) return { ok: true, document: readForm2011(form2011, timeZone) };
    if (form2006 !== undefined) return { ok: true, document: readForm2006(form2006, timeZone) };
    return { ok: false, code: 'not-n42', reason: `the root element is ${nameOf(root)}, not RadInstrumentData` };
  } catch (error) {
    if (error instanceof DocumentFault) return { ok: false, code: error.code, reason: error.message };
    throw error;
  }
}

function nameOf(root: XmlNode): string {
  return Object.keys(root).find((name) => !name.startsWith('?') && !name.startsWith('#')) ?? 'missing';
}
