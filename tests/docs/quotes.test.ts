/** The sentences that pages quote are said, and what they say of a file is so. */
import { expect, it } from 'vitest';
import { browse, inProcess } from '../../src/browser.js';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { blocksOf, textOf } from './blocks.js';

/** The lines of a page's only quotation. */
function quoteOf(page: string): string {
  const lines = textOf(page)
    .split('\n')
    .filter((line) => /^ *> /.test(line));
  expect(lines).not.toEqual([]);
  return lines.map((line) => line.replace(/^ *> /, '')).join('\n');
}

it('docs/errors.md: the log, for a body that is not a string', async () => {
  const logger = memoryLogger();
  const handler = withCors((async () => ({ statusCode: 200, body: {} })) as never, {}, { logger });
  await handler({ httpMethod: 'GET', path: '/', headers: {} } as never, {} as never);
  expect(logger.lines).toEqual([quoteOf('docs/errors.md')]);
});

it('docs/testing.md: the problem, for a method that the policy lacks', async () => {
  const url = 'https://api.example.com/notes';
  const handler = withCors(async () => ({ statusCode: 200 }), { allowMethods: ['GET'] });
  const page = await browse({ origin: 'https://app.example.com', url, method: 'DELETE' }, inProcess(handler));
  expect(page.problem).toBe(quoteOf('docs/testing.md'));
});

it('docs/gateway.md: claims.json is what a REST API passes on, as text', async () => {
  const claims = JSON.parse(blocksOf('docs/gateway.md').find(({ file }) => file === 'claims.json')?.text ?? '');
  const handler = withCors(async (event: { readonly requestContext: { readonly authorizer: object } }) => ({
    statusCode: 200,
    body: JSON.stringify(event.requestContext.authorizer),
  }));
  const api = inProcess(handler, { source: 'rest', authorizer: { claims } });
  const { verdict } = await browse({ origin: 'https://app.example.com', url: 'https://api.example.com/' }, api);
  expect(verdict).toMatchObject({ allowed: true });
  const passedOn = JSON.parse(`${'body' in verdict && verdict.body}`).claims;
  expect(passedOn).toMatchObject({ 'cognito:groups': 'admin,editor', exp: 'Fri Jul 29 18:52:53 UTC 2016' });
  for (const value of Object.values<string>(passedOn)) expect(textOf('docs/gateway.md')).toContain(value);
});
