/** UNB's syntax identifier → how its characters are coded (ISO 9735, annex A); UNOA and UNOB are plain ASCII. */
const codings = new Map([
  ['UNOC', 'iso-8859-1'],
  ['UNOD', 'iso-8859-2'],
  ['UNOE', 'iso-8859-5'],
  ['UNOF', 'iso-8859-7'],
  ['UNOG', 'iso-8859-3'],
  ['UNOH', 'iso-8859-4'],
  ['UNOI', 'iso-8859-6'],
  ['UNOJ', 'iso-8859-8'],
  ['UNOW', 'utf-8'],
  ['UNOY', 'utf-8'],
]);

/** The text of an interchange, coded as it says itself. */
export function edifactText(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const [, syntax = ''] = /UNB.(UNO[A-Z])/s.exec(head) ?? [];
  return new TextDecoder(codings.get(syntax) ?? 'utf-8').decode(bytes);
}
