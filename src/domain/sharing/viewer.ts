import { z } from 'zod';
import type { Role } from '../access.ts';

/** Traffic Light Protocol 2.0 (FIRST), from the widest circle to the narrowest. */
export const Tlp = z.enum(['clear', 'green', 'amber', 'amber+strict', 'red']);
/** What of personal data a viewer gets, from nothing to all. */
export const PersonalData = z.enum(['none', 'masked', 'full']);

export type Tlp = z.infer<typeof Tlp>;
export type PersonalData = z.infer<typeof PersonalData>;

/** For whom something leaves, whichever way: a person at a screen, a token, a subscription. */
export interface Viewer {
  readonly role: Role;
  /** Null: the post's own, to which every target has been sent. */
  readonly agency: string | null;
  readonly purpose: string;
  /** Null: all. */
  readonly lanes: readonly string[] | null;
  /** The narrowest circle whose information they may have. */
  readonly tlp: Tlp;
  readonly personalData: PersonalData;
  /** Also what happens in an exercise, a test or a training. */
  readonly nonOperational: boolean;
}

/** Is `tlp` within `ceiling`? */
export function isWithin(tlp: Tlp, ceiling: Tlp): boolean {
  return Tlp.options.indexOf(tlp) <= Tlp.options.indexOf(ceiling);
}

export function narrowerTlp(one: Tlp, other: Tlp): Tlp {
  return isWithin(one, other) ? one : other;
}

export function lessPersonalData(one: PersonalData, other: PersonalData): PersonalData {
  return PersonalData.options.indexOf(one) <= PersonalData.options.indexOf(other) ? one : other;
}
