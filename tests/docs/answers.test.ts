/** docs/errors.md and docs/middy.md: what their examples answer, and log. */
import { beforeEach, expect, it, vi } from 'vitest';
import { browse, inProcess, type PageRequest } from '../../src/browser.js';
import { useExamples } from './use-examples.js';

const load = { errors: useExamples('docs/errors.md'), middy: useExamples('docs/middy.md') };
const APP = 'https://app.example.com';

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  for (const level of ['log', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((text) => void logged.push(String(text)));
  }
});

/** What a page sees of the example that is the nth block. */
async function ask(page: keyof typeof load, nth: number, request: Partial<PageRequest> & { readonly path: string }) {
  const { handler } = await load[page](`example-${nth}.ts`);
  const { path, ...rest } = request;
  const url = `https://api.example.com${path}`;
  return browse({ origin: APP, url, ...rest }, inProcess(handler as never, { source: 'http' }));
}

it('onError answers in place of the wrapper', async () => {
  const { verdict } = await ask('errors', 0, { path: '/broken' });
  expect(verdict).toMatchObject({ allowed: true, status: 502, body: 'The shop is closed' });
});

it('onError emits a metric, and the answer stays', async () => {
  const { verdict } = await ask('errors', 1, { path: '/broken' });
  expect(verdict).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  const [metric] = logged.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
  expect(metric).toEqual({
    HandlerErrors: 1,
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        { Namespace: 'notes', Dimensions: [[]], Metrics: [{ Name: 'HandlerErrors', Unit: 'Count' }] },
      ],
    },
  });
});

it('onRefused is told of an origin that the policy lacks', async () => {
  await ask('errors', 3, { path: '/', origin: 'https://evil.example', method: 'PUT' });
  const refused = { message: 'CORS refused', origin: 'https://evil.example', method: 'PUT', preflight: true };
  expect(logged.slice(0, 2)).toEqual([JSON.stringify(refused), 'CorsRefused']);
});

it('cors() comes first: the authentication sees no preflight, and its 401 can be read', async () => {
  const { verdict, exchanges } = await ask('middy', 0, { path: '/', method: 'PUT' });
  expect(exchanges.map(({ response }) => response?.status)).toEqual([204, 401]);
  expect(verdict).toMatchObject({ allowed: true, status: 401 });
});
