import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Command, CommandResult } from '../domain/command.ts';
import { LanewatchError } from '../errors.ts';
import type { CommandPort, Idempotency } from '../ports/desk.ts';
import type { Journal } from '../ports/journal.ts';
import { principalOf } from './guard.ts';
import { tagged } from './versions.ts';

interface CommandAnswer<C extends Command> {
  readonly status: number;
  readonly resource: CommandResult<C>['resource'];
  /** It was given before, to the same request. */
  readonly replayed: boolean;
}

/** What tells one command of a request from its others. */
interface Part {
  readonly key: string;
  readonly body: unknown;
}

/** Runs the commands of requests, each `Idempotency-Key` once. */
export interface Commander {
  /** The resource as the command left it; sets the status and headers of the answer. */
  answer<C extends Command>(
    request: FastifyRequest,
    reply: FastifyReply,
    command: C,
  ): Promise<CommandResult<C>['resource']>;
  /** `part`: for a request with many commands. */
  run<C extends Command>(request: FastifyRequest, command: C, part?: Part): Promise<CommandAnswer<C>>;
}

/**
 * The desk stores the receipt in the command's own commit, so a key holds over a restart; a request with the same key
 * that comes while the first is under way waits for it. Each principal has its own keys.
 */
export function createCommander(commands: CommandPort, journal: Pick<Journal, 'receipt'>): Commander {
  const underWay = new Map<string, Promise<unknown>>();
  /** Carried out, but not durable in time: only the receipt can tell how it ends. */
  const pending = new Set<string>();

  const effect = async <C extends Command>(
    request: FastifyRequest,
    command: C,
    idempotency?: Idempotency,
  ): Promise<CommandAnswer<C>> => {
    const { name, role } = principalOf(request);
    const { resource, created } = await commands.command(command, { by: name, role }, idempotency);
    return { status: created ? 201 : 200, resource, replayed: false };
  };
  const once = async <C extends Command>(
    request: FastifyRequest,
    command: C,
    { key, digest }: Idempotency,
  ): Promise<CommandAnswer<C>> => {
    for (let first = underWay.get(key); first !== undefined; first = underWay.get(key)) {
      await Promise.allSettled([first]);
    }
    const receipt = journal.receipt(key);
    if (receipt === undefined) {
      if (pending.has(key))
        throw new LanewatchError('journal-unavailable', 'not durable yet', { extra: { pending: true } });
      const work = effect(request, command, { key, digest }).finally(() => underWay.delete(key));
      underWay.set(key, work);
      return work.catch((error: unknown) => {
        if (error instanceof LanewatchError && error.extra.pending === true) pending.add(key);
        throw error;
      });
    }
    pending.delete(key);
    if (receipt.digest !== digest) {
      throw new LanewatchError('idempotency-conflict', 'the key stands for another request: take a new one');
    }
    return { status: receipt.status, resource: JSON.parse(receipt.body), replayed: true };
  };
  const run: Commander['run'] = (request, command, part) => {
    const idempotency = idempotencyOf(request, part);
    return idempotency === undefined ? effect(request, command) : once(request, command, idempotency);
  };

  return {
    run,
    answer: async (request, reply, command) => {
      const { status, resource, replayed } = await run(request, command);
      if (replayed) reply.header('idempotency-replayed', 'true');
      reply.code(status);
      return tagged(reply, resource);
    },
  };
}

function idempotencyOf(request: FastifyRequest, part?: Part): Idempotency | undefined {
  const header = request.headers['idempotency-key'];
  if (typeof header !== 'string') return undefined;
  const { name } = principalOf(request);
  const what = [name, request.method, request.url, part?.body ?? request.body ?? null];
  return {
    key: part === undefined ? `${name}/${header}` : `${name}/${header}/${part.key}`,
    digest: createHash('sha256').update(JSON.stringify(what)).digest('hex'),
  };
}
