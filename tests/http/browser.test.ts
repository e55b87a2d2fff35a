import { chromium, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeWith, findProgram } from '../support/services.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { startHttpBench } from './http-bench.ts';

/** A page of a fresh browser that keeps what the content policy or a script complained of. */
async function openBrowser(): Promise<AsyncDisposable & { page: Page; complaints: string[] }> {
  const executablePath = findProgram('chromium') ?? 'chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // What an address answers is no complaint: the sign-in page asks who is signed in, and hears 401.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { page, complaints, [Symbol.asyncDispose]: () => browser.close() };
}

describeWith(['chromium'], 'a browser', () => {
  it('signs in with a token, and reads the documentation, within the content policy', async () => {
    using files = dashboardFiles();
    await using bench = await startHttpBench({ dashboardDir: files.dir });
    await using browser = await openBrowser();
    const { page, complaints } = browser;

    await page.goto(bench.address);
    expect(page.url()).toBe(`${bench.address}/signin`);
    await page.getByText('I have an access token').click();
    await page.getByLabel('Access token').fill('lw_wrong');
    await page.getByRole('button', { name: 'Use the token' }).click();
    await page.getByText('This token is not valid.').waitFor();
    await page.getByLabel('Access token').fill(bench.tokenOf('operator'));
    await page.getByRole('button', { name: 'Use the token' }).click();
    await page.waitForURL(`${bench.address}/`);
    expect(await page.title()).toBe('the dashboard');

    await page.goto(`${bench.address}/docs/`);
    await page.getByText('/api/v1/alarms/{id}/acknowledge').waitFor();
    expect(complaints).toEqual([]);
  });

  it('signs in with name and password', async () => {
    using files = dashboardFiles();
    await using bench = await startHttpBench({ dashboardDir: files.dir });
    await using browser = await openBrowser();
    const { page, complaints } = browser;
    const grant = { role: 'operator', agency: null, lanes: null } as const;
    await bench.access.users.create('Anna', grant, 'correct horse battery');
    await page.goto(bench.address);
    await page.getByLabel('Name').fill('anna');
    await page.getByLabel('Password').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('do not fit').waitFor();
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${bench.address}/`);
    expect(complaints).toEqual([]);
  });

  it('makes the first administrator', async () => {
    using files = dashboardFiles();
    await using bench = await startHttpBench({ dashboardDir: files.dir }, { adminToken: undefined });
    await using browser = await openBrowser();
    const { page, complaints } = browser;
    await page.goto(`${bench.address}/setup?code=${bench.access.setUp.begin()}`);
    await page.getByLabel('Name').fill('Boss');
    await page.getByLabel('Password, at least').fill('Password2026!');
    await page.getByLabel('Password, again').fill('Password2026!');
    await page.getByRole('button').click();
    await page.getByText('most common').waitFor();
    await page.getByLabel('Password, at least').fill('correct horse battery');
    await page.getByLabel('Password, again').fill('correct horse battery');
    await page.getByRole('button').click();
    await page.waitForURL(`${bench.address}/`);
    expect(await page.title()).toBe('the dashboard');
    expect(complaints).toEqual([]);
  });

  it('arrives by a link from another page, with its strict cookie', async () => {
    using files = dashboardFiles();
    await using bench = await startHttpBench({ dashboardDir: files.dir });
    await using browser = await openBrowser();
    const { page } = browser;
    const code = bench.access.createSignInCode({ name: 'Anna', role: 'operator' });
    await page.route('http://mail.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<a href="${bench.address}/signin?code=${code}">sign in</a>` }),
    );
    await page.goto('http://mail.example/');
    await page.getByRole('link').click();
    await page.waitForURL(`${bench.address}/`);
    expect(await page.title()).toBe('the dashboard');
  });
});
