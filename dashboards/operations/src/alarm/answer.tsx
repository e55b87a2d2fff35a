import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Alarm } from '../contract/resources.ts';
import { Refused } from '../parts/refused.tsx';
import { useFreshness } from '../shell/live-state.tsx';
import { needsAcknowledgement } from '../state/board.ts';
import { commandAlarm, useCommand } from '../sync/use-command.ts';
import { DisposeForm } from './dispose-form.tsx';

/** What an officer can say to an alarm. Nothing is shown as done before the service has said so. */
export function Answer({ alarm }: { readonly alarm: Alarm }) {
  const freshness = useFreshness();
  return (
    <section className="panel answer">
      <h2>Answer</h2>
      {freshness !== 'live' && (
        <p className="refused" role="note">
          Not live: an answer is still sent, but what others did meanwhile is not shown here.
        </p>
      )}
      <NoteForm alarm={alarm} />
      {alarm.disposition === null && <DisposeForm alarm={alarm} />}
    </section>
  );
}

/** One text for both: the note of the acknowledgement, or a comment. */
function NoteForm({ alarm }: { readonly alarm: Alarm }) {
  const command = useCommand();
  const [text, setText] = useState('');
  const trimmed = text.trim();
  const send = async (verb: string, body: object) => {
    if (await command.run((parts) => commandAlarm(parts, alarm.id, verb, body))) setText('');
  };
  return (
    <div className="note-form">
      <Textarea
        label="Note"
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(change) => setText(change.currentTarget.value)}
      />
      <div className="buttons">
        {needsAcknowledgement(alarm) && (
          <Button
            data-testid={`ack-${alarm.id}`}
            loading={command.pending}
            onClick={() => send('acknowledge', trimmed === '' ? {} : { note: trimmed })}
          >
            Acknowledge
          </Button>
        )}
        <Button
          variant="default"
          data-testid="comment"
          disabled={trimmed === '' || command.pending}
          onClick={() => send('comment', { text: trimmed })}
        >
          Comment
        </Button>
      </div>
      <Refused error={command.error} />
    </div>
  );
}
