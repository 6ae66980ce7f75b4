// The page for those who do not see it, on a small screen, and with text that is meant to deceive.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser, notice, open, press, settled, verdicts } from './browser.js';
import { type Started, startPlayground } from './started.js';

let started: Started;

/** What axe finds, one line for each place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html)))',
  );
}

describe.skipIf(browser === undefined)('in Chromium', () => {
  beforeAll(async () => {
    started = await startPlayground();
  });
  afterAll(async () => {
    await browser?.close();
    await started.interrupt();
  });

  test.each(['light', 'dark'] as const)(
    'has labels, contrast and an order of headings in %s colours',
    async (colorScheme) => {
      const page = await open(started, { colorScheme });
      expect(await violations(page)).toEqual([]);
      for (const name of ['Cookies', 'Forgot the origin', 'Set twice']) {
        await press(page, name);
        for (const fold of await page.locator('summary').all()) await fold.click();
        expect(await violations(page)).toEqual([]);
      }
      await page.getByLabel('Policy').fill('{ maxAge: -1 }');
      await press(page, 'Send');
      expect(await violations(page)).toEqual([]);
      await page.route('**/trials', (route) => route.abort());
      await press(page, 'Cookies');
      expect(await violations(page)).toEqual([]);
    },
  );

  test('tells each fault to screen readers once, beside its field', async () => {
    const page = await open(started);
    await page.evaluate(`
      window.told = [];
      new MutationObserver((changes) => told.push(...changes.flatMap(({ addedNodes }) => [...addedNodes].map((node) => node.textContent))))
        .observe(document.querySelector('#policy-faults'), { childList: true });
    `);
    await page.getByLabel('Policy').fill('{ maxAge: -1 }');
    await page.getByLabel('Policy').fill('{ maxAge: -1, }');
    await page.getByLabel('Path').fill('/prod/notes/1');
    expect(await page.evaluate('told')).toEqual([expect.stringContaining('maxAge: -1 is not')]);
    expect(await page.getByLabel('Policy').getAttribute('aria-describedby')).toBe('policy-faults');
    expect(await page.evaluate("getComputedStyle(document.querySelector('#path-faults')).display")).not.toBe('none');
  });

  test.each([320, 390])('brings the results into view on a screen that is %i wide', async (width) => {
    const page = await open(started, { viewport: { width, height: 700 } });
    const top = async () => (await page.locator('#results-panel').boundingBox())?.y;
    expect(await page.evaluate('scrollY')).toBe(0);
    await press(page, 'Cookies');
    await expect.poll(top).toBeLessThan(40);
    expect(await page.locator('#preset-story').textContent()).toContain('session=playground');
    await page.getByLabel('Path').fill('/prod/fail');
    await page.getByRole('button', { name: 'Send' }).scrollIntoViewIfNeeded();
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Allowed, 500', 'Allowed, 500']);
    await expect.poll(top).toBeLessThan(40);
    await page.getByLabel('Path').fill('x');
    await press(page, 'Send');
    await expect.poll(() => page.locator('#path:focus').count()).toBe(1);
    expect((await page.getByText('Path', { exact: true }).boundingBox())?.y).toBeGreaterThan(0);
  });

  test('leaves a wide screen where it is', async () => {
    const page = await open(started, { viewport: { width: 1280, height: 900 } });
    for (const name of ['Cookies', 'Set twice']) await press(page, name);
    expect(await page.evaluate('scrollY')).toBe(0);
  });

  test('shows what turns the direction of text, or is invisible, as its code, and markup as text', async () => {
    const page = await open(started);
    const hostile = '<img src=x onerror=alert(1)>\u202eevil\u200b\u0085';
    await page.getByLabel('Body').fill(JSON.stringify({ text: hostile }));
    await page.getByLabel('Headers').fill('Content-Type: application/json\nX-Evil: <b>\u0085</b>');
    await page.getByLabel('Policy').fill("{ allowOrigins: '*', allowHeaders: '*' }");
    await press(page, 'Send');
    const shown = (await page.locator('#results-panel').textContent()) ?? '';
    expect(shown).toContain('<img src=x onerror=alert(1)>\\u202eevil\\u200b\\u0085');
    expect(shown).toContain('<b>\\u0085</b>');
    expect(shown).not.toMatch(/[\u202e\u200b\u0085]/);
    expect(await page.locator('#results-panel :is(img, b)').count()).toBe(0);
    await page.getByLabel('Policy').fill("{ 'a\u202eb': '<img src=x>' }");
    expect(await page.locator('#policy-faults').textContent()).toContain('a\\u202eb: "<img src=x>" is not a key');
  });

  test('long values do not make it wide, and are cut', async () => {
    const width = 390;
    const page = await open(started, { viewport: { width, height: 700 } });
    await page.getByLabel('Headers').fill(`X-Long: ${'x'.repeat(6000)}\n${'X'.repeat(300)}: 1`);
    await page.getByLabel('Path').fill(`/prod/notes/${'y'.repeat(3000)}`);
    await page.getByLabel('Policy').fill("{ allowHeaders: '*' }");
    await press(page, 'Send');
    expect(await notice(page)).toContain('agree');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.locator('#results-panel').textContent()).toContain('… (6000 characters)');
    await page.getByLabel('Policy').fill(`{ allowOrigins: [${"'https://example.com/',".repeat(1000)}] }`);
    expect(await page.locator('#policy-faults li').allTextContents()).toHaveLength(21);
    expect(await page.locator('#policy-faults li').last().textContent()).toBe('and 980 more');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await settled(page);
  });
});
