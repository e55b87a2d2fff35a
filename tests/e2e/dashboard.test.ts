import { expect, test } from 'vitest';
import { seededRandom } from '../../simulators/random.ts';
import { tsaRpmSimulator } from '../../simulators/tsa-rpm.ts';
import type { Alarm } from '../../src/domain/alarm.ts';
import { openBrowser } from '../support/browser.ts';
import { startService } from '../support/service.ts';
import { describeWith } from '../support/services.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();

describeWith(['chromium'], 'the dashboard in a real browser', () => {
  test('shows the alarm the simulator raised; acknowledging it reaches the API and a second page; it says so when it is not live', {
    timeout: 60_000,
  }, async () => {
    const link = { type: 'tcp', host: '127.0.0.1', port: 0 } as const;
    await using simulator = await tsaRpmSimulator.start({ deviceId: 'rpm', link, random: seededRandom(3) });
    await using service = await startService({
      version: 1,
      site: { id: 'post', name: 'Post North', unlocode: 'NLRTM', timeZone: 'Europe/Amsterdam' },
      lanes: [{ id: 'trucks', name: 'Trucks in', kind: 'vehicle', join: { settleS: 1 } }],
      devices: [{ id: 'rpm', lane: 'trucks', driver: 'tsa-rpm', link: simulator.link }],
    });
    const { body: signIn } = await service.request<{ url: string }>('POST', '/sign-in-links', { name: 'anna' });
    await using browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const [first, second] = [await context.newPage(), await context.newPage()];
    const faults: string[] = [];
    for (const page of [first, second]) page.on('pageerror', (error) => faults.push(error.message));

    await first.goto(signIn.url);
    await second.goto(service.address());
    for (const page of [first, second])
      await page.getByTestId('live-state').getByText('Live', { exact: false }).waitFor();

    await simulator.play({ do: 'occupancy', durationS: 2, gammaSigma: 40, speedup: 2 }, signal);
    const listed = await until('the alarm', async () => {
      const { body } = await service.request<{ items: Alarm[] }>('GET', '/alarms?signal=gamma');
      return body.items[0];
    });
    for (const page of [first, second]) await page.getByTestId(`alarm-${listed.id}`).waitFor();
    expect(await first.getByTestId(`alarm-${listed.id}`).textContent()).toMatch(/High.*Gamma/i);

    await first.getByTestId(`ack-${listed.id}`).click();
    const acknowledged = await until('the API knows', async () => {
      const { body } = await service.request<Alarm>('GET', `/alarms/${listed.id}`);
      return body.acknowledged === null ? null : body;
    });
    expect(acknowledged.acknowledged?.by).toBe('anna');
    await second.getByTestId(`ack-${listed.id}`).waitFor({ state: 'detached' });

    await second.goto(`${service.address()}/alarms/${listed.id}`);
    await second
      .getByTestId('alarm-state')
      .getByText(/acknowledged/i)
      .waitFor();
    await second.locator('canvas').first().waitFor();
    expect(await second.textContent('body')).toMatch(/sigma|σ/i);

    await service.end('SIGTERM');
    await first
      .getByTestId('live-state')
      .getByText(/not live/i)
      .waitFor();
    expect(faults).toEqual([]);
  });
});
