import { escaped, type Page } from './page.ts';

/**
 * A link opened from a mail arrives at the dashboard without its strict cookie, which sends it here; asking once more
 * from our own page carries the cookie.
 */
const script = `
  const said = document.querySelector('[role=alert]');
  fetch('/api/v1/session').then((answer) => { if (answer.ok) location.replace('/'); });
  const wrong = { password: 'This name and password do not fit.', token: 'This token is not valid.' };
  for (const form of document.forms) form.addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    const given = Object.fromEntries(new FormData(form));
    const body = 'token' in given ? { token: given.token.trim() } : given;
    said.textContent = '';
    const answer = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.ok) return location.replace('/');
    const waitS = Number(answer.headers.get('retry-after'));
    said.textContent = answer.status === 401 ? wrong['token' in given ? 'token' : 'password']
      : answer.status === 429 ? 'Too many tries. Wait ' + waitS + ' seconds.'
      : 'Signing in did not work. Try again.';
  });
`;

/** The sign-in page. `provider`: what the button of the identity provider says, where there is one. */
export function signInPage(message: string | null, provider: string | null): Page {
  const button = provider === null ? '' : `<a class="button" href="/signin/oidc">${escaped(provider)}</a>`;
  return {
    title: 'sign in',
    script,
    body: `<p role="alert">${escaped(message ?? '')}</p>
<form>
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>
${button}
<details><summary>I have an access token</summary>
<form>
<label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="off" required>
<button>Use the token</button>
</form></details>`,
  };
}
