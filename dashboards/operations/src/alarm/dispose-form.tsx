import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { dispositionChoices } from '../contract/disposition-codes.ts';
import type { Alarm } from '../contract/resources.ts';
import { Refused } from '../parts/refused.tsx';
import { commandAlarm, useCommand } from '../sync/use-command.ts';

/** The verdict that takes a detection off the board: class, reason, note. */
export function DisposeForm({ alarm }: { readonly alarm: Alarm }) {
  const command = useCommand();
  const [chosen, setChosen] = useState('');
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const codes = dispositionChoices.find((choice) => choice.value === chosen)?.codes ?? [];

  const choose = (value: string) => {
    const next = dispositionChoices.find((choice) => choice.value === value)?.codes ?? [];
    setChosen(value);
    // Where there is one reason only, there is nothing to choose.
    setCode(next.length === 1 ? (next[0]?.value ?? '') : '');
  };
  const dispose = (submit: FormEvent) => {
    submit.preventDefault();
    const body = { class: chosen, code, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    void command.run((parts) => commandAlarm(parts, alarm.id, 'dispose', body));
  };
  return (
    <form className="dispose-form" onSubmit={dispose}>
      <h3>Dispose</h3>
      <NativeSelect
        label="Was the alarm real?"
        data-testid="dispose-class"
        value={chosen}
        onChange={(change) => choose(change.currentTarget.value)}
        data={[{ value: '', label: 'Choose …' }, ...dispositionChoices.map(({ value, label }) => ({ value, label }))]}
      />
      <NativeSelect
        label="Reason"
        data-testid="dispose-code"
        value={code}
        disabled={codes.length === 0}
        onChange={(change) => setCode(change.currentTarget.value)}
        data={[{ value: '', label: 'Choose …' }, ...codes]}
      />
      <Textarea
        label="Note on the verdict"
        data-testid="dispose-note"
        autosize
        maxLength={2000}
        value={note}
        onChange={(change) => setNote(change.currentTarget.value)}
      />
      <Button type="submit" color="red" data-testid="dispose" disabled={code === ''} loading={command.pending}>
        Dispose
      </Button>
      <Refused error={command.error} />
    </form>
  );
}
