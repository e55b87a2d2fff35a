import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { LanewatchError, messageOf } from '../../errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Attempt, FeedEvent, FeedFailure, FeedSink } from '../../ports/feeds.ts';
import type { AddressGuard } from './address-guard.ts';
import { type PostAnswer, post } from './post.ts';
import { retryAfterMs } from './retry-after.ts';
import { signedHeaders } from './signature.ts';

/** An attempt that has no answer by then has failed. */
const answerWithinMs = 15_000;
const statusesThatWait: readonly number[] = [429, 503];

export interface WebhookSinkParts {
  readonly url: string;
  readonly guard: AddressGuard;
  /** Those to sign with now. */
  secrets(): readonly string[];
  readonly clock: Clock;
  readonly answerWithinMs?: number;
}

/** A webhook after Standard Webhooks: one event a request, one request at a time for each course of its feed. */
export function openWebhookSink({ url, guard, secrets, clock, ...limits }: WebhookSinkParts): FeedSink {
  const address = new URL(url);
  const agent = new (address.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 2 });
  const withinMs = limits.answerWithinMs ?? answerWithinMs;

  const send = async (event: FeedEvent, signal: AbortSignal): Promise<PostAnswer> => {
    guard.checkLiteral(address);
    const { id, json: body } = event;
    const headers = {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'lanewatch',
      ...signedHeaders(secrets(), { id, atMs: clock.now(), body }),
    };
    return post(address, { headers, body }, { agent, lookup: guard.lookup, signal });
  };

  return {
    window: 1,
    send: async ([event], signal): Promise<Attempt> => {
      if (event === undefined) return { accepted: 0, failure: null };
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      const late = clock.sleep(withinMs, either).then(
        () => over.abort(new LanewatchError('link-timeout', `no answer within ${withinMs / 1_000} s`)),
        () => undefined,
      );
      try {
        const answer = await send(event, either);
        const failure = failureOf(answer, clock.now());
        return { accepted: failure === null ? 1 : 0, status: answer.status, failure };
      } catch (error) {
        signal.throwIfAborted();
        return { accepted: 0, failure: { reason: reasonOf(error) } };
      } finally {
        over.abort();
        await late;
      }
    },
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
}

function failureOf({ status, retryAfter, excerpt }: PostAnswer, nowMs: number): FeedFailure | null {
  if (status >= 200 && status < 300) return null;
  const redirect = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
  const reason = `HTTP ${status}${redirect}${excerpt === '' ? '' : `: ${excerpt}`}`;
  if (status === 410) return { reason, gone: true };
  return { reason, retryAfterMs: statusesThatWait.includes(status) ? retryAfterMs(retryAfter, nowMs) : undefined };
}

function reasonOf(error: unknown): string {
  // Happy eyeballs: several addresses, each with its own reason.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(messageOf))].join('; ');
  return messageOf(error);
}
