import type { Permission, Role } from '../access.ts';
import { PersonalData, Tlp } from '../words.ts';

/** For whom something leaves, whichever way: a person at a screen, a token, a subscription. */
export interface Viewer {
  readonly role: Role;
  /** Null: all that the role may do. */
  readonly scopes: readonly Permission[] | null;
  /** Null: the post's own, to which every target has been sent. */
  readonly agency: string | null;
  readonly purpose: string;
  /** Null: all. */
  readonly lanes: readonly string[] | null;
  /** The narrowest circle whose information they may have. */
  readonly tlp: Tlp;
  readonly personalData: PersonalData;
  /** What two persons have agreed to show them whole, e.g. `targets/{id}`. */
  readonly unmasked?: readonly string[];
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
