import { createHash, type Hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Command, CommandResult } from '../domain/command.ts';
import { LanewatchError } from '../errors.ts';
import type { CommandPort, Idempotency } from '../ports/desk.ts';
import type { Journal, Receipt } from '../ports/journal.ts';
import { principalOf } from './guard.ts';
import { tagged } from './versions.ts';
import type { View } from './view.ts';

interface CommandAnswer<C extends Command> {
  readonly status: number;
  readonly resource: CommandResult<C>['resource'];
  /** It was given before, to the same request. */
  readonly replayed: boolean;
}

/** Runs the commands of requests, each `Idempotency-Key` once. */
export interface Commander {
  /** The resource as the command left it; sets the status and headers of the answer. */
  answer<C extends Command>(
    request: FastifyRequest,
    reply: FastifyReply,
    command: C,
  ): Promise<CommandResult<C>['resource']>;
  /** Several commands of one request, each by itself; a refused one gives its refusal. */
  all<C extends Command>(
    request: FastifyRequest,
    commands: readonly C[],
  ): Promise<readonly (CommandResult<C> | Error)[]>;
  /**
   * A request whose body is a stream of many commands, as a whole: `work` reads `body`, and its answer is kept under the
   * request's key once it is done. One that broke off leaves nothing under its key, and its commands must bear repeating.
   */
  whole<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    body: AsyncIterable<Uint8Array>,
    work: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T>;
}

/**
 * The desk stores the receipt in the command's own commit, so a key holds over a restart; a request with the same key
 * that comes while the first is under way waits for it. Each principal has its own keys.
 */
export function createCommander(commands: CommandPort, journal: Pick<Journal, 'receipt'>, view: View): Commander {
  const underWay = new Map<string, Promise<unknown>>();
  /** Carried out, but not durable in time: only the receipt can tell how it ends; once a later one is durable, it does. */
  const pending = new Set<string>();

  const effect = async <C extends Command>(
    request: FastifyRequest,
    command: C,
    idempotency?: Idempotency,
  ): Promise<CommandAnswer<C>> => {
    const { name, role } = principalOf(request);
    const { agency, purpose } = view.viewer(request);
    const origin = { agency, purpose, from: request.ip };
    const { resource, created } = await commands.command(command, { by: name, role, origin }, idempotency);
    pending.clear();
    return { status: created ? 201 : 200, resource, replayed: false };
  };
  const isFree = async (key: string): Promise<void> => {
    for (let first = underWay.get(key); first !== undefined; first = underWay.get(key)) {
      await Promise.allSettled([first]);
    }
  };
  const once = async <C extends Command>(
    request: FastifyRequest,
    command: C,
    { key, digest }: Idempotency,
  ): Promise<CommandAnswer<C>> => {
    await isFree(key);
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
    return { status: receipt.status, resource: answerOf(receipt, digest), replayed: true };
  };

  return {
    answer: async (request, reply, command) => {
      view.refuseForeign(request, command);
      const key = keyOf(request);
      const { status, resource, replayed } =
        key === undefined
          ? await effect(request, command)
          : await once(request, command, { key, digest: digestOf(request).update(bodyText(request)).digest('hex') });
      if (replayed) reply.header('idempotency-replayed', 'true');
      reply.code(status);
      return tagged(reply, view.answer(request, command, resource));
    },
    all: async <C extends Command>(request: FastifyRequest, list: readonly C[]) => {
      const { name, role } = principalOf(request);
      const refused = list.map((command) => refusalOf(() => view.refuseForeign(request, command)));
      const allowed = list.filter((_command, at) => refused[at] === null);
      const done = (await commands.commands(allowed, { by: name, role }))[Symbol.iterator]();
      return refused.map((refusal) => refusal ?? (done.next().value as CommandResult<C> | Error));
    },
    whole: async (request, reply, body, work) => {
      const key = keyOf(request);
      if (key === undefined) return work(body);
      await isFree(key);
      const hash = digestOf(request);
      const receipt = journal.receipt(key);
      if (receipt !== undefined) {
        for await (const chunk of body) hash.update(chunk);
        reply.header('idempotency-replayed', 'true');
        return answerOf(receipt, hash.digest('hex'));
      }
      const doing = work(hashed(body, hash)).then(async (answer) => {
        await commands.answered({ key, digest: hash.digest('hex') }, 200, JSON.stringify(answer));
        return answer;
      });
      const done = doing.finally(() => underWay.delete(key));
      underWay.set(key, done);
      return done;
    },
  };
}

function refusalOf(check: () => void): LanewatchError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof LanewatchError) return error;
    throw error;
  }
}

/** Each principal has its own keys. */
function keyOf(request: FastifyRequest): string | undefined {
  const header = request.headers['idempotency-key'];
  return typeof header === 'string' ? `${principalOf(request).name}/${header}` : undefined;
}

/** The digest of who and what, ready for the body. */
function digestOf(request: FastifyRequest): Hash {
  const what = [principalOf(request).name, request.method, request.url];
  return createHash('sha256').update(JSON.stringify(what));
}

function bodyText({ body }: FastifyRequest): string {
  return JSON.stringify(body ?? null);
}

async function* hashed(body: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
}

function answerOf(receipt: Receipt, digest: string) {
  if (receipt.digest !== digest) {
    throw new LanewatchError('idempotency-conflict', 'the key stands for another request: take a new one');
  }
  return JSON.parse(receipt.body);
}
