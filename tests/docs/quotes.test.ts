/** The sentences that pages quote are said. */
import { expect, it } from 'vitest';
import { browse, inProcess } from '../../src/browser.js';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { textOf } from './blocks.js';

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
