import { expect, test } from 'vitest';
import { browse } from '../../src/browser.js';
import { createGateway, httpTransport } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';

const request = { origin: 'https://app.example.com', method: 'PUT' };
const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }));

test('browse asks a gateway over real HTTP, preflight and request', async () => {
  const gateway = await createGateway({ handler, source: 'rest' }).listen();
  const page = await browse({ ...request, url: `${gateway.url}/notes` }, httpTransport());
  await gateway.close();
  expect(page.problem).toBeUndefined();
  expect(page.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request']);
});

test('a header that came twice is seen twice', async () => {
  const cors = { allowOrigins: ['*'], allowMethods: ['PUT'] };
  const gateway = await createGateway({ handler, source: 'url', cors }).listen();
  const page = await browse({ ...request, url: gateway.url }, httpTransport());
  await gateway.close();
  expect(page.verdict).toMatchObject({ allowed: false, reason: 'MultipleAllowOriginValues' });
});

test('an answer that does not come in time is no answer', async () => {
  const never = async () => new Promise(() => {});
  const gateway = await createGateway({ handler: never, source: 'rest' }).listen();
  const page = await browse({ ...request, method: 'GET', url: `${gateway.url}/` }, httpTransport(50));
  await gateway.close();
  expect(page.verdict).toMatchObject({ allowed: false, reason: 'ERR_FAILED' });
});
