import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: attributes under `@name`, text under `#text`, children under their names; a lone text is just that. */
export type XmlNode = Readonly<Record<string, unknown>>;

export type Parsed =
  | { readonly ok: true; readonly root: XmlNode }
  | { readonly ok: false; readonly code: 'not-text' | 'dtd' | 'not-xml'; readonly reason: string };

const deepest = 64;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: '#text',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
  // The five entities of XML itself and character references, which the library has among HTML's; a document with a DTD is
  // refused before it comes here.
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: 100_000, maxExpandedLength: 1_000_000 },
  // Vendors put any XML into their extensions: kept as it came, never looked into.
  stopNodes: extensionPaths(),
});

/** The bytes of an XML document → its tree. No DTD, no entities but XML's own, bounded depth. Pure; never throws. */
export function parseXml(bytes: Uint8Array): Parsed {
  const text = textOf(bytes);
  if (text === null) return { ok: false, code: 'not-text', reason: 'the bytes are not in the encoding they declare' };
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return { ok: false, code: 'dtd', reason: 'a DTD is not accepted' };
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) {
      const { msg, line, col } = valid.err;
      return { ok: false, code: 'not-xml', reason: `line ${line}, column ${col}: ${msg}` };
    }
    return { ok: true, root: parser.parse(text) as XmlNode };
  } catch (error) {
    return { ok: false, code: 'not-xml', reason: String(error) };
  }
}

/** UTF-8 unless a byte order mark, null bytes or the declaration say otherwise (XML 1.0, appendix F). */
function textOf(bytes: Uint8Array): string | null {
  const [first = 0, second = 0] = bytes;
  const mark = first * 256 + second;
  const declared = /^<\?xml[^>]{0,100}encoding=["']([\w.-]{1,40})["']/i.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  );
  // Programs that make text of 16 bits say so in a document they then write in UTF-8 (.NET): the bytes are right.
  const wrongly = /^utf-?16/i.test(declared?.[1] ?? '');
  const encoding =
    mark === 0xfffe || (first === 0x3c && second === 0)
      ? 'utf-16le'
      : mark === 0xfeff || (first === 0 && second === 0x3c)
        ? 'utf-16be'
        : wrongly
          ? 'utf-8'
          : (declared?.[1] ?? 'utf-8');
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The 2011 schema has an extension point in most of its elements, each named after its parent. */
function extensionPaths(): `*.${string}`[] {
  const parents =
    'RadInstrumentData RadInstrumentInformation RadDetectorInformation RadItemInformation RadMeasurement Spectrum GrossCounts DoseRate TotalDose ExposureRate TotalExposure RadInstrumentState RadDetectorState RadItemState EnergyCalibration EnergyWindows FWHMCalibration TotalEfficiencyCalibration AnalysisResults RadAlarm NuclideAnalysisResults Nuclide SpectrumPeakAnalysisResults DerivedData Fault StateVector';
  return parents.split(' ').map((parent) => `*.${parent}Extension` as const);
}

/** The child elements of that name, in document order. */
export function list(node: unknown, name: string): readonly XmlNode[] {
  const found = typeof node === 'object' && node !== null ? Reflect.get(node, name) : undefined;
  const items: readonly unknown[] = found === undefined ? [] : Array.isArray(found) ? found : [found];
  return items.map((item) => (typeof item === 'object' && item !== null ? (item as XmlNode) : { '#text': item }));
}

export function child(node: unknown, name: string): XmlNode | undefined {
  return list(node, name)[0];
}

/** The text of an element, or of its child of that name; '' when it is not there. */
export function textIn(node: unknown, name?: string): string {
  const at = name === undefined ? node : child(node, name);
  const found = typeof at === 'object' && at !== null ? Reflect.get(at, '#text') : at;
  return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : '';
}

export function attribute(node: unknown, name: string): string {
  const found = typeof node === 'object' && node !== null ? Reflect.get(node, `@${name}`) : undefined;
  return typeof found === 'string' ? found : '';
}

/** A finite number, or null for anything else. */
export function numberIn(node: unknown, name?: string): number | null {
  return numberOf(textIn(node, name));
}

export function numberOf(text: string): number | null {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

/** References are lists of ids, separated by spaces. */
export function references(node: unknown, name: string): readonly string[] {
  return attribute(node, name).split(/\s+/).filter(Boolean);
}
