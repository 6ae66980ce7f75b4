// Express in adapters that answer by the context or the callback, which Node.js 24 on Lambda no longer has.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTERS } from '../frameworks/apps/express-adapters.js';
import { restApi } from '../frameworks/events.js';
import { corsLines, sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { client, leftOut } from './client.js';
import { DEFAULT_POLICY } from './default-policy.js';
import { type LambdaFunction, startFunction } from './function.js';
import { resultOf } from './outcome.js';

const [rest] = sources as readonly [TestSource];
const event = restApi({ method: 'GET', path: '/hello', headers: { origin: 'https://app.example.com' } });

describe.skipIf(leftOut !== undefined)('Express behind a REST API', () => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/express-adapters.ts'], 'cjs');
  });
  afterAll(() => bundled.remove());

  it.each(ADAPTERS.map(([name], at) => ({ name, at })))('$name, wrapped: again and again', async ({ at }) => {
    const fn = await startFunction(bundled.folder, `express-adapters.wrapped.adapter${at}`);
    for (const outcome of [await fn.invoke(event), await fn.invoke(event)]) {
      const response = rest.response(resultOf(outcome));
      expect(response).toMatchObject({ status: 200, body: '{"message":"hello"}' });
      expect(corsLines(response)).toEqual(expect.arrayContaining([...DEFAULT_POLICY]));
    }
    expect((await fn.stop()).filter((line) => line.includes('lambda-cors'))).toEqual([]);
  });

  it('bare, the first of them needs the runtime of Node.js 22', async () => {
    expect(await answersBare(bundled.folder, 0)).toBe(client.major === 3);
  });
});

async function answersBare(folder: string, at: number): Promise<boolean> {
  const fn: LambdaFunction = await startFunction(folder, `express-adapters.bare.adapter${at}`);
  try {
    const outcome = await Promise.race([fn.invoke(event), fn.initError]);
    return 'kind' in outcome && outcome.kind === 'returned' && rest.response(outcome.result).status === 200;
  } catch {
    // The process has ended.
    return false;
  } finally {
    await fn.stop();
  }
}
