// The page's address holds its form: after a reload, one step back, and for whom it is shared with.
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FormValues, fromFragment, toFragment } from '../../playground/page/form-values.js';
import { GATEWAY_SOURCES } from '../../src/gateway.js';
import { browser, notice, open, press, settled, verdicts } from './browser.js';
import { type Started, startPlayground } from './started.js';

let started: Started;

const SOURCES = Object.fromEntries(GATEWAY_SOURCES.map((name) => [name, name])) as Record<FormValues['source'], string>;

describe('the fragment', () => {
  const values = fc.record<FormValues>({
    policy: fc.string({ unit: 'binary' }),
    source: fc.constantFrom(...GATEWAY_SOURCES),
    wrapped: fc.boolean(),
    ownCors: fc.boolean(),
    method: fc.string(),
    path: fc.string(),
    headers: fc.string(),
    body: fc.string({ unit: 'grapheme' }),
    credentials: fc.constantFrom('omit', 'same-origin', 'include'),
  });

  test('holds every value', () => {
    fc.assert(
      fc.property(values, (given) => {
        expect(fromFragment(toFragment(given), SOURCES)).toEqual(given);
        expect(toFragment(given)).toMatch(/^#[\w%+*=&.-]+$/);
      }),
    );
  });

  test.each([
    '',
    '#',
    '#top',
    '#source=rest',
    '#source=toString&credentials=omit',
    '#source=rest&credentials=__proto__',
  ])('is not ours: %j', (fragment) => {
    expect(fromFragment(fragment, SOURCES)).toBeUndefined();
  });

  test('needs only what cannot be empty', () => {
    expect(fromFragment('#source=url&credentials=omit&other=1', SOURCES)).toEqual({
      policy: '',
      source: 'url',
      wrapped: true,
      ownCors: false,
      method: '',
      path: '',
      headers: '',
      body: '',
      credentials: 'omit',
    });
  });
});

describe.skipIf(browser === undefined)('in Chromium', () => {
  beforeAll(async () => {
    started = await startPlayground();
  });
  afterAll(async () => {
    await browser?.close();
    await started.interrupt();
  });

  /** How often the page sends something from now on. */
  function countOrders(page: Page): () => number {
    let count = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/trials')) count += 1;
    });
    return () => count;
  }

  async function pressed(page: Page): Promise<string[]> {
    return page.locator('button[aria-pressed=true]').allTextContents();
  }

  test('a reload shows the same result again', async () => {
    const page = await open(started);
    await press(page, 'Set twice');
    await page.reload();
    await settled(page);
    expect(await pressed(page)).toEqual(['Set twice']);
    expect(await page.getByLabel('gateway’s own CORS').isChecked()).toBe(true);
    expect(await verdicts(page)).toEqual(['Refused', 'Refused']);
  });

  test('a reload keeps what has been typed and not sent, faults and all', async () => {
    const page = await open(started);
    await page.getByLabel('Policy').fill('{ maxAge: -1 }');
    await page.getByLabel('Headers').fill('X-A: 1\nno colon');
    const orders = countOrders(page);
    await page.reload();
    await settled(page);
    expect(await page.getByLabel('Policy').inputValue()).toBe('{ maxAge: -1 }');
    expect(await page.getByLabel('Headers').inputValue()).toBe('X-A: 1\nno colon');
    expect(await page.locator('#policy-faults li').count()).toBe(1);
    expect(await notice(page)).toBe('Press Send to see the result.');
    expect(orders()).toBe(0);
  });

  test('a link fills the form, and sends nothing until Send is pressed', async () => {
    const page = await open(started);
    await press(page, 'Forgot the origin');
    const link = page.url();
    const other = await (await page.context().browser()?.newContext())?.newPage();
    if (other === undefined) throw new Error('no browser');
    const orders = countOrders(other);
    await other.goto(link);
    await settled(other);
    expect(await pressed(other)).toEqual(['Forgot the origin']);
    expect(await notice(other)).toBe('Press Send to see the result.');
    expect(orders()).toBe(0);
    await press(other, 'Send');
    expect(await verdicts(other)).toEqual(['Refused', 'Refused']);
    // From here on it is the page's own.
    await other.reload();
    await settled(other);
    expect(await verdicts(other)).toEqual(['Refused', 'Refused']);
  });

  test('another page that changes the address of this one sends nothing', async () => {
    const page = await open(started);
    const orders = countOrders(page);
    await page.evaluate(
      "location.hash = location.hash.replace('source=rest', 'source=alb').replace(/policy=[^&]*/, 'policy=%7B%7D')",
    );
    await expect.poll(() => notice(page)).toContain('Press Send');
    expect(await page.getByLabel('Policy').inputValue()).toBe('{}');
    expect(orders()).toBe(0);
  });

  test('Back and Forward go through what was sent', async () => {
    const page = await open(started);
    await press(page, 'Any origin');
    await press(page, 'Any origin');
    await press(page, 'Forgot the origin');
    await page.goBack();
    await expect.poll(() => verdicts(page)).toEqual(['Allowed, 200', 'Allowed, 200']);
    expect(await pressed(page)).toEqual(['Any origin']);
    await page.goBack();
    await expect.poll(() => verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
    await page.goForward();
    await page.goForward();
    await expect.poll(() => verdicts(page)).toEqual(['Refused', 'Refused']);
    expect(await pressed(page)).toEqual(['Forgot the origin']);
  });

  test('a form too long for an address is kept all the same', async () => {
    const page = await open(started);
    const body = 'x'.repeat(60_000);
    await page.getByLabel('Body').fill(body);
    await press(page, 'Send');
    expect(page.url().length).toBeLessThan(2000);
    await page.reload();
    await settled(page);
    expect(await page.getByLabel('Body').inputValue()).toBe(body);
  });

  test('works where the browser does not let it keep anything', async () => {
    const page = await open(started);
    await page.evaluate(
      "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied') } })",
    );
    await page.getByLabel('Policy').fill('{}');
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
  });
});
