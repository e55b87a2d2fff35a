import { createHash } from 'node:crypto';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100vh; margin: 0; }
  main { width: min(26rem, 90vw); }
  label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
  input, button { padding: 0.6rem; margin-top: 0.4rem; border: 1px solid GrayText; border-radius: 0.3rem; }
  button { margin-top: 1rem; cursor: pointer; }
  [role='alert'] { min-height: 1.5em; font-weight: 600; }
`;

/**
 * A link opened from a mail arrives at the dashboard without its strict cookie, which sends it here; asking once more
 * from our own page carries the cookie.
 */
const script = `
  const said = document.querySelector('[role=alert]');
  fetch('/api/v1/session').then((answer) => { if (answer.ok) location.replace('/'); });
  document.querySelector('form').addEventListener('submit', async (submitted) => {
    submitted.preventDefault();
    const token = new FormData(submitted.target).get('token').trim();
    const answer = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (answer.ok) location.replace('/');
    else said.textContent = answer.status === 401 ? 'This token is not valid.' : 'Signing in did not work. Try again.';
  });
`;

/** The sign-in page, complete in itself, with the policy that lets exactly its own script and style run. */
export function signInPage(message: string | null): { readonly html: string; readonly policy: string } {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Lanewatch – sign in</title><style>${style}</style></head>
<body><main>
<h1>Lanewatch</h1>
<p role="alert">${message ?? ''}</p>
<form>
<label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button>Sign in</button>
</form>
</main><script>${script}</script></body>
</html>`;
  const policy = `default-src 'none'; script-src ${sourceOf(script)}; style-src ${sourceOf(style)}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return { html, policy };
}

function sourceOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}
