import { Button } from '@mantine/core';
import { useCommand } from '../sync/use-command.ts';
import { useSelected } from './context.ts';

/** Who is signed in, and the way out. */
export function Who() {
  const session = useSelected((state) => state.session);
  const command = useCommand();
  if (session === null) return null;
  const signOut = async () => {
    if (await command.run(({ api }) => api.remove('/session'))) location.assign('/signin');
  };
  return (
    <span className="who">
      <span className="who-name">
        <b>{session.name}</b>
        <span>{session.role}</span>
      </span>
      <Button variant="default" size="xs" loading={command.pending} onClick={signOut}>
        {command.error === null ? 'Sign out' : 'Sign out failed: again'}
      </Button>
    </span>
  );
}
