import type { TargetInput } from '../target.ts';

/** A person or consignment that a message tells of; the same one has the same reference in the next message. */
export interface Found extends Pick<TargetInput, 'reference' | 'kind' | 'identifiers'> {
  readonly name: string;
  readonly birthDate: string | null;
}
