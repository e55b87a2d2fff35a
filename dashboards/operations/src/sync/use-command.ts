import { useState } from 'react';
import { ApiError } from '../contract/api.ts';
import type { Alarm } from '../contract/resources.ts';
import { type Parts, useParts } from '../shell/context.ts';

/** A command under way: whether it is, and what the service said when it refused. */
export interface Command {
  readonly pending: boolean;
  readonly error: string | null;
  /** Resolves true when the service has made it durable. */
  run(work: (parts: Parts) => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

export function useCommand(): Command {
  const parts = useParts();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  return {
    pending,
    error,
    forget: () => setError(null),
    async run(work) {
      setPending(true);
      setError(null);
      try {
        await work(parts);
        return true;
      } catch (thrown) {
        if (!(thrown instanceof ApiError)) throw thrown;
        setError(thrown.message);
        return false;
      } finally {
        setPending(false);
      }
    },
  };
}

/** Sends a command about an alarm and shows what the service answers: its word, not our guess. */
export async function commandAlarm({ api, store }: Parts, alarmId: string, verb: string, body: object): Promise<void> {
  const alarm = await api.post<Alarm>(`/alarms/${encodeURIComponent(alarmId)}/${verb}`, body);
  store.dispatch({ type: 'answered', alarms: [alarm] });
}
