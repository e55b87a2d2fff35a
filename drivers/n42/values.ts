import { localTimeMs } from '../../src/domain/local-time.ts';
import { DocumentFault } from './document.ts';
import { numberOf } from './xml.ts';

/** Channels of one spectrum, and of all in one document (16 detectors of 1,024 channels for 100 s): more is an attack, or a fault. */
const mostChannels = 65_536;
const mostInDocument = 16_777_216;

/** `xs:dateTime` with an offset, or without one in the site's zone → ms since the epoch; null for ''. Throws for what is no time. */
export function timeIn(text: string, timeZone: string): number | null {
  if (text === '') return null;
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (found ?? []).slice(1, 7).map(Number);
  const millisecond = Math.floor(Number(`0.${found?.[7] ?? 0}`) * 1000);
  const wall = { year, month, day, hour, minute, second, millisecond };
  const offset = found?.[8];
  const ms = found === null ? null : localTimeMs(wall, offset === undefined ? timeZone : 'UTC');
  if (ms === null || year < 1970) throw new DocumentFault('time', `${text.slice(0, 40)} is no date and time`);
  const [sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? '')?.slice(1) ?? ['+', '0', '0'];
  return ms - Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** `xs:duration` of days and less, or (2006) plain seconds → seconds; null for '' and what is neither. */
export function secondsIn(text: string): number | null {
  const plain = numberOf(text);
  if (plain !== null) return plain >= 0 ? plain : null;
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?$/.exec(text);
  if (found === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** A list of numbers separated by white space; throws for anything that is none. */
export function numbersIn(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(/[\s,]+/).map((part) => {
    const value = numberOf(part);
    if (value === null) throw new DocumentFault('not-a-number', `${part.slice(0, 40)} is no number`);
    return value;
  });
}

/**
 * Counts by channel. In `CountedZeroes` a 0 is followed by how many zeros it stands for: `22 5 0 2 1` is 22 5 0 0 1. Throws for a
 * run without a length, and for more channels than any instrument has.
 */
export function channelsIn(text: string, compression: string): number[] {
  const values = numbersIn(text);
  if (compression.toLowerCase() !== 'countedzeroes') return bounded([...values]);
  const channels: number[] = [];
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (value !== 0) {
      channels.push(value);
      continue;
    }
    at += 1;
    const run = values[at];
    if (run === undefined || !Number.isInteger(run) || run < 1) {
      throw new DocumentFault('channel-data', `a run of zeros of length ${run ?? '(nothing)'}`);
    }
    if (channels.length + run > mostChannels) throw tooMany();
    for (let zero = 0; zero < run; zero += 1) channels.push(0);
  }
  return bounded(channels);
}

function bounded(channels: number[]): number[] {
  if (channels.length > mostChannels) throw tooMany();
  return channels;
}

function tooMany(): DocumentFault {
  return new DocumentFault('channel-data', `more than ${mostChannels} channels`);
}

/** Reads the spectra of one document, in bounded memory: few bytes can stand for very many zeros. Throws as `channelsIn` does. */
export function createChannelReader(): typeof channelsIn {
  let channels = 0;
  return (text, compression) => {
    const read = channelsIn(text, compression);
    channels += read.length;
    if (channels <= mostInDocument) return read;
    throw new DocumentFault('channel-data', `more than ${mostInDocument} channels in one document`);
  };
}

/** true, false, 1, 0; null for anything else. */
export function flagIn(text: string): boolean | null {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}
