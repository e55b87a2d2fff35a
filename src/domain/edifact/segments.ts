/**
 * UN/EDIFACT syntax (ISO 9735, versions 1 to 4) → segments. Our own, in a hundred lines: the packages that read it have
 * not been kept for years (Node 6, no types), and none says where in a message a fault stands.
 */
export interface Segment {
  readonly tag: string;
  /** From 1 in the interchange, the service string not counted. */
  readonly number: number;
  /** Of its first character in the text, from 0. */
  readonly position: number;
  /** Data elements, each of its components; the first is element 1 of the directory. */
  readonly elements: readonly (readonly string[])[];
}

export interface SyntaxFault {
  readonly segment: number;
  readonly position: number;
  readonly what: string;
}

/** No segment of the directories comes near these; what exceeds them is something else than EDIFACT. */
const longestSegment = 10_000;
const mostElements = 100;
const mostComponents = 100;

interface Marks {
  readonly component: string;
  readonly element: string;
  readonly release: string;
  readonly terminator: string;
}

const usual: Marks = { component: ':', element: '+', release: '?', terminator: "'" };

/** Cuts an interchange into its segments. Never throws: it ends at the first fault of syntax and says where that is. */
export function segmentsOf(text: string): {
  readonly segments: readonly Segment[];
  readonly fault: SyntaxFault | null;
} {
  const segments: Segment[] = [];
  const { marks, start } = serviceString(text);
  for (let at = skipBlank(text, start); at < text.length; at = skipBlank(text, at)) {
    const number = segments.length + 1;
    const fault = (what: string) => ({ segments, fault: { segment: number, position: at, what } });
    const cut = cutSegment(text, at, marks);
    if (typeof cut === 'string') return fault(cut);
    const [[tag = ''] = [], ...elements] = cut.elements;
    if (!/^[A-Z][A-Z0-9]{2}$/.test(tag)) return fault(`${JSON.stringify(tag.slice(0, 10))} is no segment tag`);
    segments.push({ tag, number, position: at, elements });
    at = cut.end;
  }
  return { segments, fault: null };
}

/** UNA: the characters this interchange uses, in place of the usual ones. */
function serviceString(text: string): { readonly marks: Marks; readonly start: number } {
  const begin = skipBlank(text, 0);
  if (!text.startsWith('UNA', begin) || text.length < begin + 9) return { marks: usual, start: begin };
  const [component = ':', element = '+', , release = '?', , terminator = "'"] = text.slice(begin + 3, begin + 9);
  return { marks: { component, element, release, terminator }, start: begin + 9 };
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

/** One segment from `from` to behind its terminator, or what is wrong with it. */
function cutSegment(text: string, from: number, marks: Marks): { elements: string[][]; end: number } | string {
  const elements: string[][] = [['']];
  const put = (character: string) => {
    const components = elements.at(-1) ?? [];
    components[components.length - 1] += character;
  };
  for (let at = from; at < text.length; at += 1) {
    if (at - from >= longestSegment) return `is longer than ${longestSegment} characters`;
    const character = text[at] ?? '';
    if (character === marks.terminator) return { elements, end: at + 1 };
    if (character === marks.element) {
      if (elements.push(['']) > mostElements) return `has more than ${mostElements} elements`;
    } else if (character === marks.component) {
      if ((elements.at(-1)?.push('') ?? 0) > mostComponents) return `has more than ${mostComponents} components`;
    } else if (character === marks.release && marks.release !== ' ') {
      at += 1;
      put(text[at] ?? '');
    } else {
      put(character);
    }
  }
  return 'does not end: the interchange was cut off';
}

/** A component, both counted from 1 as the directories do; empty where it is not there. */
export function component({ elements }: Segment, element: number, nth = 1): string {
  return elements[element - 1]?.[nth - 1]?.trim() ?? '';
}
