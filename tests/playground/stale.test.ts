// What the page shows is about what its form holds, or says that it is not.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser, notice, open, press, settled, verdicts } from './browser.js';
import { type Started, startPlayground } from './started.js';

let started: Started;

async function typePolicy(page: Page, text: string): Promise<void> {
  await page.getByLabel('Policy').fill(text);
}

/** Keeps the page waiting for predictions until the returned function is called. */
async function hold(page: Page): Promise<() => void> {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/trials', async (route) => {
    await held;
    await route.continue();
  });
  return () => answer();
}

/** Whether a result is shown as the current one. */
async function isCurrent(page: Page): Promise<boolean> {
  return (await page.locator('#results:not(.stale) .verdict').count()) === 2;
}

describe.skipIf(browser === undefined)('in Chromium', () => {
  beforeAll(async () => {
    started = await startPlayground();
  });
  afterAll(async () => {
    await browser?.close();
    await started.interrupt();
  });

  test('says of a result that it is from before an edit, also of one that comes after the edit', async () => {
    const page = await open(started);
    expect(await isCurrent(page)).toBe(true);
    await typePolicy(page, '{}');
    expect(await notice(page)).toBe('Press Send for a new result. This one is from before the change.');
    expect(await isCurrent(page)).toBe(false);

    const answer = await hold(page);
    await page.getByRole('button', { name: 'Send' }).click();
    await typePolicy(page, "{ allowOrigins: 'https://other.example' }");
    expect(await notice(page)).toBe('Sending…');
    answer();
    await settled(page);
    expect(await notice(page)).toBe('Press Send for a new result. This one is from before the change.');
    expect(await isCurrent(page)).toBe(false);
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Refused', 'Refused']);
    expect(await isCurrent(page)).toBe(true);
  });

  test('takes back “Not sent” when the faults are corrected', async () => {
    const page = await open(started);
    await typePolicy(page, '{');
    await press(page, 'Send');
    expect(await notice(page)).toBe('Not sent, because the form has faults.');
    expect(await isCurrent(page)).toBe(false);
    await typePolicy(page, '{}');
    expect(await notice(page)).toBe('Press Send for a new result. This one is from before the change.');
    await press(page, 'Send');
    expect(await isCurrent(page)).toBe(true);
  });

  test('drops the answer to what was sent before a form with faults', async () => {
    const page = await open(started);
    const answer = await hold(page);
    await page.getByRole('button', { name: 'Any origin' }).click();
    await typePolicy(page, '{');
    await page.getByRole('button', { name: 'Send' }).click();
    const answered = page.waitForResponse(/\/trials\/\w+$/);
    answer();
    await answered;
    expect(await notice(page)).toBe('Not sent, because the form has faults.');
    expect(await isCurrent(page)).toBe(false);
  });

  test.each([
    [
      'does not answer',
      (page: Page) => page.route('**/trials', (route) => route.abort()),
      /^The playground does not answer\./,
    ],
    [
      'goes away between prediction and request',
      (page: Page) => page.route('**/trials/*', (route) => route.abort()),
      /^The playground does not answer\./,
    ],
    [
      'is another program',
      (page: Page) => page.route('**/trials', (route) => route.fulfill({ status: 404, body: '<!doctype html>' })),
      /^Something else answers at http:\/\/127\.0\.0\.1:\d+\. Is npm start still running\?$/,
    ],
    [
      'has been restarted',
      (page: Page) => page.evaluate("document.querySelector('meta[name=token]').content = 'of the last run'"),
      /^The playground’s server: the server has been restarted; reload the page$/,
    ],
  ])('shows no older verdict when the server %s', async (_what, fail, message) => {
    const page = await open(started);
    await fail(page);
    await press(page, 'Any origin');
    expect(await notice(page)).toMatch(message);
    expect(await verdicts(page)).toEqual([]);
    await typePolicy(page, '{}');
    expect(await notice(page)).toBe('Press Send to see the result.');
  });

  test('shows the result of the last example, however fast they are clicked', async () => {
    const page = await open(started);
    await page.getByRole('button', { name: 'Handler throws' }).dblclick();
    for (const name of ['Any origin', 'Forgot the origin', 'Cookies', 'Set twice', 'Handler throws', 'Gateway error']) {
      await page.getByRole('button', { name }).click({ noWaitAfter: true });
    }
    await settled(page);
    expect(await verdicts(page)).toEqual(['Refused', 'Refused']);
    expect(await notice(page)).toContain('agree');
    expect(await page.locator('.pair').last().textContent()).toContain('/notes?trial=');
    expect(await page.locator('button[aria-pressed=true]').allTextContents()).toEqual(['Gateway error']);
  });

  test('marks an example while the form holds it, and tells its story with the result', async () => {
    const page = await open(started);
    const pressed = page.locator('button[aria-pressed=true]');
    await press(page, 'Any origin');
    expect(await pressed.allTextContents()).toEqual(['Any origin']);
    const story = page.locator('#preset-story');
    expect(await story.textContent()).toContain('A public API.');
    const text = await page.getByLabel('Policy').inputValue();
    await typePolicy(page, '{}');
    expect(await pressed.count()).toBe(0);
    expect(await story.textContent()).toContain('A public API.');
    await typePolicy(page, text);
    expect(await pressed.allTextContents()).toEqual(['Any origin']);
    await typePolicy(page, '{}');
    await press(page, 'Send');
    expect(await story.textContent()).toBe('');
  });

  test('two pages at once each have an API of their own', async () => {
    const [slow, other] = [await open(started), await open(started)];
    await slow.route(`${started.apiUrl}/**`, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    const requested = slow.waitForRequest(`${started.apiUrl}/**`);
    await slow.getByRole('button', { name: 'Any origin' }).click();
    await requested;
    await press(other, 'Set twice');
    await settled(slow);
    expect([await verdicts(slow), await verdicts(other)]).toEqual([
      ['Allowed, 200', 'Allowed, 200'],
      ['Refused', 'Refused'],
    ]);
  });

  test('a page that is closed in between does not hold up the others for long', async () => {
    const [closed, other] = [await open(started), await open(started)];
    await closed.route(`${started.apiUrl}/**`, () => undefined);
    const requested = closed.waitForRequest(`${started.apiUrl}/**`);
    await closed.getByRole('button', { name: 'Any origin' }).click();
    await requested;
    await closed.close();
    await press(other, 'Set twice');
    expect(await verdicts(other)).toEqual(['Refused', 'Refused']);
  });

  test('says so when the browser sent nothing', async () => {
    const page = await open(started);
    await page.route(`${started.apiUrl}/**`, (route) => route.abort());
    await press(page, 'Any origin');
    expect(await notice(page)).toContain('Your browser sent nothing: an extension or a setting may have blocked it.');
  });
});
