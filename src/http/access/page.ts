import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { display: grid; place-items: center; min-height: 100vh; margin: 0; }
  main { width: min(26rem, 90vw); padding: 1rem 0; }
  label, input, button, .button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
  input, button, .button { padding: 0.6rem; margin-top: 0.4rem; border: 1px solid GrayText; border-radius: 0.3rem; }
  label { margin-top: 0.8rem; }
  button, .button { margin-top: 1rem; cursor: pointer; text-align: center; text-decoration: none; color: inherit; }
  details { margin-top: 1.5rem; }
  [role='alert'] { min-height: 1.5em; font-weight: 600; }
`;

/** A page that is complete in itself. `body` is HTML, `script` runs in it; whatever comes from outside is escaped first. */
export interface Page {
  readonly title: string;
  readonly body: string;
  readonly script?: string;
  /** Where the browser goes at once: by our own page, so that strict cookies go with it. */
  readonly onwards?: string;
}

/** Answers with the page, under the policy that lets exactly its own script and style run. */
export function sendPage(reply: FastifyReply, status: number, { title, body, script, onwards }: Page): FastifyReply {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${
    onwards === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(onwards)}">`
  }<title>Lanewatch – ${title}</title><style>${style}</style></head>
<body><main>
<h1>Lanewatch</h1>
${body}
</main>${script === undefined ? '' : `<script>${script}</script>`}</body>
</html>`;
  const scripts = script === undefined ? "'none'" : sourceOf(script);
  const policy = `default-src 'none'; script-src ${scripts}; style-src ${sourceOf(style)}; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  return reply
    .code(status)
    .header('content-security-policy', policy)
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(html);
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function sourceOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}
