import { component, type Segment, segmentsOf } from './segments.ts';

/** One thing that is wrong, and where: segment from 1 and position from 0 in the interchange. */
export interface Fault {
  readonly segment: number;
  readonly position: number;
  readonly tag: string;
  readonly what: string;
}

/** A message between its UNH and its UNT, checked as such; one with faults must not be used. */
export interface Message {
  readonly reference: string;
  /** PAXLST, CUSCAR … and the directory, e.g. D.12B. */
  readonly type: string;
  readonly release: string;
  /** UNH and UNT among them. */
  readonly segments: readonly Segment[];
  readonly faults: readonly Fault[];
}

export interface Interchange {
  readonly reference: string;
  readonly messages: readonly Message[];
  /** Of the interchange itself; the messages that are whole are good all the same. */
  readonly faults: readonly Fault[];
}

export function faultOf({ number, position, tag }: Segment, what: string): Fault {
  return { segment: number, position, tag, what };
}

/** Text → messages with their envelopes checked: what was counted by the sender must be there. */
export function readInterchange(text: string): Interchange {
  const { segments, fault } = segmentsOf(text);
  const faults: Fault[] = fault === null ? [] : [{ ...fault, tag: '' }];
  const messages: Message[] = [];
  let [open, groups, reference] = [null as Segment[] | null, 0, ''];
  const close = (end: Segment | null) => {
    if (open !== null) messages.push(messageOf(open, end));
    open = null;
  };
  const [header] = segments;
  if (header?.tag === 'UNB') reference = component(header, 5);
  else faults.push({ segment: 1, position: header?.position ?? 0, tag: header?.tag ?? '', what: 'UNB is missing' });
  for (const segment of segments) {
    switch (segment.tag) {
      case 'UNH':
        close(null);
        open = [segment];
        break;
      case 'UNT':
        if (open === null) faults.push(faultOf(segment, 'ends a message that has not begun'));
        (open as Segment[] | null)?.push(segment);
        close(segment);
        break;
      case 'UNG':
        groups += 1;
        break;
      case 'UNZ':
        close(null);
        faults.push(...trailerFaults(segment, header, groups === 0 ? messages.length : groups));
        break;
      case 'UNB':
      case 'UNE':
        break;
      default:
        if (open === null) faults.push(faultOf(segment, 'stands outside of any message'));
        else open.push(segment);
    }
  }
  close(null);
  const last = segments.at(-1);
  if (fault === null && last !== undefined && last.tag !== 'UNZ') faults.push(faultOf(last, 'UNZ is missing'));
  return { reference, messages, faults };
}

function trailerFaults(trailer: Segment, header: Segment | undefined, count: number): readonly Fault[] {
  const told = component(trailer, 1);
  const reference = header?.tag === 'UNB' ? component(header, 5) : component(trailer, 2);
  return [
    ...(Number(told) === count ? [] : [faultOf(trailer, `counts ${told}, there are ${count}`)]),
    ...(component(trailer, 2) === reference ? [] : [faultOf(trailer, `is not of interchange ${reference}`)]),
  ];
}

function messageOf(segments: readonly Segment[], end: Segment | null): Message {
  const [header = { tag: 'UNH', number: 0, position: 0, elements: [] }] = segments;
  const reference = component(header, 1);
  const faults: Fault[] = [];
  if (end === null) {
    faults.push(faultOf(segments.at(-1) ?? header, 'UNT is missing: the message was cut off'));
  } else {
    const told = component(end, 1);
    if (Number(told) !== segments.length)
      faults.push(faultOf(end, `counts ${told} segments, there are ${segments.length}`));
    if (component(end, 2) !== reference) faults.push(faultOf(end, `is not of message ${reference}`));
  }
  const release = [component(header, 2, 2), component(header, 2, 3)].filter((part) => part !== '').join('.');
  return { reference, type: component(header, 2), release, segments, faults };
}
