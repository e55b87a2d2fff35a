import type { z } from 'zod';
import type { Link } from '../src/domain/link.ts';

/** What a simulator is started with. It serves the device's side of `link`. */
export interface SimulatorSetup {
  readonly deviceId: string;
  /** The device's own link from the site file; port 0 picks a free one (see `address`). */
  readonly link: Link;
  /** For `mqtt` links: where the broker is, e.g. mqtt://127.0.0.1:1883. */
  readonly brokerUrl?: string | undefined;
  /** The device's options as configured, where the wire depends on them (a profile). */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
  /** Seeded: values 0 ≤ x < 1. The only source of chance. */
  readonly random: () => number;
}

/** A running simulated device: the wire is real, the physics is scripted. */
export interface Simulator extends AsyncDisposable {
  readonly deviceId: string;
  /** The link under which the driver reaches it, with the real port or path. */
  readonly link: Link;
  /** Plays one action of a scenario (validated by the definition's schema); resolves when it has been played out. */
  play(action: unknown, signal: AbortSignal): Promise<void>;
}

export interface SimulatorDefinition {
  /** The driver it is the other side of. */
  readonly driver: string;
  /** Schema of its actions, each a strict object tagged by `do`. */
  readonly actions: z.ZodType;
  start(setup: SimulatorSetup): Promise<Simulator>;
}
