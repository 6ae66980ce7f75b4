// The page of `npm start` in a real Chromium, which must do what was predicted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browser, open, press, settled, verdicts } from './browser.js';
import { type Started, startPlayground } from './started.js';

let started: Started;

const PRESETS: readonly (readonly [name: string, verdict: string, requests: number])[] = [
  ['These origins', 'Allowed, 201', 2],
  ['Any origin', 'Allowed, 200', 1],
  ['Cookies', 'Allowed, 200', 1],
  ['Forgot the origin', 'Refused', 1],
  ['Handler throws', 'Allowed, 500', 1],
  ['Gateway error', 'Refused', 1],
  ['Set twice', 'Refused', 1],
];

describe.skipIf(browser === undefined)('in Chromium', () => {
  beforeAll(async () => {
    started = await startPlayground();
  });
  afterAll(async () => {
    await browser?.close();
    await started.interrupt();
  });

  test('shows a result at once', async () => {
    const page = await open(started);
    expect(await verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
    expect(await page.getByRole('status').textContent()).toContain('Prediction and browser agree: allowed');
  });

  test.each(PRESETS)('“%s” is %s, predicted and real', async (name, verdict, requests) => {
    const page = await open(started);
    await press(page, name);
    expect(await verdicts(page)).toEqual([verdict, verdict]);
    expect(await page.getByRole('status').textContent()).toContain('agree');
    expect(await page.locator('.summary .differs').count()).toBe(0);
    expect(await page.locator('.pair:not(:has(.verdict)) .card').count()).toBe(2 * requests);
  });

  test('every preset has been seen', async () => {
    const page = await open(started);
    expect(await page.locator('#presets button').allTextContents()).toEqual(PRESETS.map(([name]) => name));
  });

  test('predicts the sentence that the console says', async () => {
    const page = await open(started);
    const said = new Promise<string>((resolve) => {
      page.on('console', (message) => message.text().startsWith('Access to fetch') && resolve(message.text()));
    });
    await press(page, 'Forgot the origin');
    expect(await page.locator('blockquote').textContent()).toBe(await said);
    expect(await page.locator('.fix').textContent()).toBe(`add "${started.pageUrl}" to allowOrigins`);
  });

  test('sends real cookies where credentials are included', async () => {
    const page = await open(started);
    await press(page, 'Cookies');
    expect(await page.locator('tr:has-text("session=playground")').count()).toBe(2);
  });

  test('the “Cookies” example says where its cookie comes from, under either name of this machine', async () => {
    const page = await open({ pageUrl: started.pageUrl.replace('127.0.0.1', 'localhost') });
    expect(new URL(page.url()).origin).toBe(started.pageUrl);
    await press(page, 'Cookies');
    const story = (await page.locator('#preset-story').textContent()) ?? '';
    expect(story).toContain('The page’s server sets a cookie, session=playground');
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name, value }) => `${name}=${value}`)).toEqual(['session=playground']);
    expect(await page.locator('tr:has-text("session=playground")').count()).toBe(2);
  });

  test('the “Gateway error” example does not ask for what is already so, and its advice helps', async () => {
    const page = await open(started);
    await press(page, 'Gateway error');
    const fix = (await page.locator('.fix').textContent()) ?? '';
    expect(fix).toMatch(/^put the stage in front of the path, as in \/prod\/notes\./);
    expect(fix).toContain('DEFAULT_4XX');
    expect(fix).not.toContain('put withCors');
    await page.getByLabel('Path').fill('/prod/notes');
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Allowed, 200', 'Allowed, 200']);
  });

  test('reads a policy that is pasted as code, and sends it', async () => {
    const page = await open(started);
    await page.getByLabel('Policy').fill(`export const handler = withCors(listNotes, {
      // ours
      allowOrigins: ['https://app.example.com', '${started.pageUrl}'],
      allowHeaders: ['Content-Type'],
    })`);
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
    await page.getByLabel('Policy').fill('{ allowOrigins: (origin) => alert(origin) }');
    expect(await page.locator('#policy-faults li').allTextContents()).toEqual([
      'allowOrigins: (origin) => alert(origin) is a function, which cannot be sent to the API; write the origins that it allows',
    ]);
  });

  test('shows the faults of a policy as you type, sends nothing, and keeps the text', async () => {
    const page = await open(started);
    const text = '{ "allowOrigins": ["https://example.com/"], "maxAge": -1, "alowMethods": ["GET"] }';
    await page.getByLabel('Policy').fill(text);
    const faults = page.locator('#policy-faults li');
    expect(await faults.allTextContents()).toEqual([
      'allowOrigins[0]: "https://example.com/" has a path; write "https://example.com"',
      'maxAge: -1 is not a valid number of seconds; write an integer from 0 to 86400',
      'alowMethods: ["GET"] is not a key of a policy; write allowMethods, or remove it',
    ]);
    await press(page, 'Send');
    expect(await page.getByRole('status').textContent()).toBe('Not sent, because the form has faults.');
    expect(await page.getByLabel('Policy').inputValue()).toBe(text);
    await expect.poll(() => page.locator('#policy:focus').count()).toBe(1);
    await page.getByLabel('Policy').fill('{');
    expect(await faults.allTextContents()).toEqual([expect.stringMatching(/ends too early/)]);
    await page.getByLabel('Policy').fill('{}');
    expect(await faults.count()).toBe(0);
  });

  test.each([
    ['Method', 'method', 'TRACE', 'method "TRACE" is forbidden to pages'],
    ['Method', 'method', 'GET', null],
    ['Path', 'path', '//example.com/', 'it must begin with one slash, such as "/prod/notes"'],
    ['Headers', 'headers', 'no colon', 'line 1 does not begin with a name and a colon; write "Name: value"'],
    ['Headers', 'headers', 'Cookie: a=b', 'fetch() drops Cookie, which only the browser may set; remove it'],
    ['Headers', 'headers', 'X-Ä: 1', 'header "X-Ä" is not a header name'],
  ])('%s %s “%s” has its fault beside it', async (label, id, value, fault) => {
    const page = await open(started);
    await page.getByLabel(label).fill(value);
    const faults = await page.locator(`#${id}-faults li`).allTextContents();
    expect(faults).toEqual(fault === null ? [] : [fault]);
  });

  test('shows text as text, never as markup', async () => {
    const page = await open(started);
    await page.getByLabel('Policy').fill('{ "allowOrigins": ["<img src=x onerror=alert(1)>"] }');
    expect(await page.locator('#policy-faults').textContent()).toContain('<img');
    expect(await page.locator('img').count()).toBe(0);
  });

  test('works by keyboard alone', async () => {
    const page = await open(started);
    await page.keyboard.press('Tab');
    for (let at = 0; at < 3; at++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await settled(page);
    expect(await verdicts(page)).toEqual(['Refused', 'Refused']);
    for (const name of ['Handler throws', 'Gateway error', 'Set twice']) {
      await page.keyboard.press('Tab');
      await expect.poll(() => page.locator('button:focus').textContent()).toBe(name);
    }
    await page.keyboard.press('Tab');
    expect(await page.locator('#policy:focus').count()).toBe(1);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{}');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
  });

  test('changes the path with the stage that a source has', async () => {
    const page = await open(started);
    await page.getByLabel('In front of it').selectOption('url');
    expect(await page.getByLabel('Path').inputValue()).toBe('/notes');
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Allowed, 201', 'Allowed, 201']);
    await page.getByLabel('In front of it').selectOption('rest');
    expect(await page.getByLabel('Path').inputValue()).toBe('/prod/notes');
  });

  test('shows what happens without withCors', async () => {
    const page = await open(started);
    await press(page, 'Handler throws');
    await page.getByLabel('Function', { exact: true }).selectOption('no');
    await press(page, 'Send');
    expect(await verdicts(page)).toEqual(['Refused', 'Refused']);
    expect(await page.locator('.pair').last().textContent()).toContain('502');
  });

  test.each([375, 768, 1280])('fits a width of %i', async (width) => {
    const page = await open(started, { viewport: { width, height: 800 } });
    for (const [name] of PRESETS) {
      await press(page, name);
      for (const fold of await page.locator('summary').all()) await fold.click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
  });

  test('says so when prediction and browser differ', async () => {
    const page = await open(started);
    await page.route(`${started.apiUrl}/**`, (route) => route.abort());
    await press(page, 'Any origin');
    expect(await verdicts(page)).toEqual(['Allowed, 200', 'Refused']);
    expect(await page.getByRole('status').textContent()).toContain('Prediction and browser differ');
    expect(await page.locator('.summary .differs').allTextContents()).toContain(
      'verdict: allowed predicted, refused real',
    );
  });

  test('says so when npm start has ended', async () => {
    const page = await open(started);
    await page.route('**/trials', (route) => route.abort());
    await press(page, 'Any origin');
    expect(await page.getByRole('status').textContent()).toContain('Is npm start still running?');
  });
});
