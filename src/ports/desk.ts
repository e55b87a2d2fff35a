import type { Actor, Command, CommandResult } from '../domain/command.ts';

/** How a command asks for the same answer to the same request: the key and the digest of who, what and body. */
export interface Idempotency {
  readonly key: string;
  readonly digest: string;
}

/** The desk as the edges see it. */
export interface CommandPort {
  /**
   * Decides and makes durable before it resolves. Rejects with a LanewatchError: `not-found`, `forbidden-transition`,
   * `stale-version`, `unknown-code`, `journal-unavailable`, `stopping`.
   */
  command<C extends Command>(command: C, actor: Actor, idempotency?: Idempotency): Promise<CommandResult<C>>;
  /**
   * The same for several in one turn, each by itself, durable together: where one is refused, its refusal stands in place
   * of its result. Rejects only where none can be carried out or made durable.
   */
  commands<C extends Command>(commands: readonly C[], actor: Actor): Promise<readonly (CommandResult<C> | Error)[]>;
  /** Makes the answer to a whole request durable, for it to be given again. */
  answered(idempotency: Idempotency, status: number, body: string): Promise<void>;
}
