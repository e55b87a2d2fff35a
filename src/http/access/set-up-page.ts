import { passwordLength } from '../../domain/password.ts';
import type { Page } from './page.ts';

const script = `
  const said = document.querySelector('[role=alert]');
  const code = new URLSearchParams(location.search).get('code') ?? '';
  document.querySelector('form').addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    const { name, password, again } = Object.fromEntries(new FormData(submitted.target));
    if (password !== again) return void (said.textContent = 'The two passwords differ.');
    const answer = await fetch('/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, name, password }),
    });
    if (answer.ok) return location.replace('/');
    const problem = await answer.json().catch(() => ({ detail: 'This did not work. Try again.' }));
    said.textContent = (problem.errors ?? []).map((one) => one.message).join(' ') || problem.detail;
  });
`;

/** Where the first administrator is made. The code stays in the address: nothing of it is put into the page. */
export const setUpPage: Page = {
  title: 'set up',
  script,
  body: `<p role="alert"></p>
<p>There is no user yet. Make the first administrator.</p>
<form>
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
<label for="password">Password, at least ${passwordLength.least} characters</label>
<input id="password" name="password" type="password" autocomplete="new-password" required>
<label for="again">Password, again</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button>Make the administrator</button>
</form>`,
};
