import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Alarm, Verdict } from '../contract/resources.ts';
import { Refused } from '../parts/refused.tsx';
import { useCommand } from '../sync/use-command.ts';

const choices: readonly { readonly verdict: Verdict; readonly word: string }[] = [
  { verdict: 'confirmed', word: 'Confirm: it is the target' },
  { verdict: 'rejected', word: 'Reject: it is not' },
  { verdict: 'unsure', word: 'Unsure' },
];

interface JudgeFormProps {
  readonly matchId: string;
  readonly alarmId: string;
  readonly verdict: Verdict | null;
}

/** The verdict on a match: was it right? Apart from the verdict on the alarm. */
export function JudgeForm({ matchId, alarmId, verdict }: JudgeFormProps) {
  const command = useCommand();
  const [note, setNote] = useState('');
  const judge = async (chosen: Verdict) => {
    const body = { verdict: chosen, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    const done = await command.run(async ({ api, store }) => {
      await api.post(`/matches/${encodeURIComponent(matchId)}/judge`, body);
      const alarm = await api.get<Alarm>(`/alarms/${encodeURIComponent(alarmId)}`);
      store.dispatch({ type: 'answered', alarms: [alarm] });
    });
    if (done) setNote('');
  };
  return (
    <div className="judge">
      <TextInput
        size="xs"
        label="Note on the match"
        maxLength={2000}
        value={note}
        onChange={(change) => setNote(change.currentTarget.value)}
      />
      <Group gap="xs">
        {choices.map((choice) => (
          <Button
            key={choice.verdict}
            size="xs"
            variant={verdict === choice.verdict ? 'filled' : 'default'}
            aria-pressed={verdict === choice.verdict}
            disabled={command.pending}
            data-testid={`judge-${choice.verdict}`}
            onClick={() => judge(choice.verdict)}
          >
            {choice.word}
          </Button>
        ))}
      </Group>
      <Refused error={command.error} />
    </div>
  );
}
