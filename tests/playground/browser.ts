/** The page of `npm start` in a real Chromium. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../oracle/browsers/chromium.js';
import type { Started } from './started.js';

// Nothing but this machine: what the page shows comes from it alone.
const chromium = await launchChromium('MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost');
export const browser: Browser | undefined = 'attempts' in chromium ? undefined : chromium;
if ('attempts' in chromium) {
  console.warn(
    `\n!!! NO CHROMIUM CAN START: the tests of the playground's page are skipped.\n!!! ${chromium.attempts.join('\n!!! ')}\n`,
  );
}

/** A new browser at the page, with its first result. */
export async function open({ pageUrl }: Pick<Started, 'pageUrl'>, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await (browser as Browser).newContext(options)).newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(pageUrl);
  await settled(page);
  return page;
}

/** Until the last request has its result. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.summary').waitFor();
  await page.locator('.summary.busy').waitFor({ state: 'detached' });
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await settled(page);
}

export async function verdicts(page: Page): Promise<string[]> {
  return page.locator('.verdict h2').allTextContents();
}

export function notice(page: Page): Promise<string | null> {
  return page.getByRole('status').textContent();
}
