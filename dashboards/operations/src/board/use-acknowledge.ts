import { useCallback, useState } from 'react';
import { ApiError } from '../contract/api.ts';
import { useParts } from '../shell/context.ts';
import { commandAlarm } from '../sync/use-command.ts';

/** Acknowledging from the board, several at once: which are under way, and the last refusal. */
export function useAcknowledge() {
  const parts = useParts();
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string | null>(null);

  const acknowledge = useCallback(
    async (alarmId: string) => {
      setError(null);
      setPending((ids) => new Set(ids).add(alarmId));
      try {
        await commandAlarm(parts, alarmId, 'acknowledge', {});
      } catch (thrown) {
        if (!(thrown instanceof ApiError)) throw thrown;
        setError(`Not acknowledged: ${thrown.message}`);
      } finally {
        setPending((ids) => new Set([...ids].filter((id) => id !== alarmId)));
      }
    },
    [parts],
  );
  return { pending, error, acknowledge };
}
