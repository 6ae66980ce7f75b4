// “To fix it”: who follows the page's advice gets a response that the page may read.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiSettings, Order, Outcome, RequestSettings, Trial } from '../../playground/messages.js';
import { adviceFor } from '../../playground/server/advice.js';
import { GATEWAY_SOURCES } from '../../src/gateway.js';
import { type Started, startPlayground } from './started.js';

let started: Started;
let token: string;
beforeAll(async () => {
  started = await startPlayground();
  token = /name="token" content="([^"]+)"/.exec(await (await fetch(started.pageUrl)).text())?.[1] as string;
});
afterAll(() => started.interrupt());

async function ask<Answer>(path: string, options: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${started.pageUrl}${path}`, { ...options, headers: { 'x-playground-token': token } });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function outcomeOf(api: ApiSettings, request: RequestSettings): Promise<Outcome> {
  const order: Order = { api, request, engine: 'chromium' };
  const { id, prediction } = await ask<Trial>('/trials', { method: 'POST', body: JSON.stringify(order) });
  // Its turn is over.
  await ask(`/trials/${id}`);
  return prediction.outcome;
}

/** Does in the form what the advice says. */
function follow(advice: string, api: ApiSettings, request: RequestSettings): readonly [ApiSettings, RequestSettings] {
  return [
    {
      ...api,
      ownCors: api.ownCors && !advice.startsWith('turn off the gateway’s own CORS feature'),
      wrapped: api.wrapped || advice.toLowerCase().includes('set function to withcors(fn, policy)'),
    },
    {
      ...request,
      path: advice.startsWith('put the stage in front of the path') ? `/prod${request.path}` : request.path,
    },
  ];
}

const CASES = GATEWAY_SOURCES.flatMap((source) =>
  [true, false].flatMap((wrapped) =>
    (source.startsWith('http') || source === 'url' ? [true, false] : [false]).flatMap((ownCors) =>
      ['/notes', '/fail', '/nothing'].map((path) => ({ source, wrapped, ownCors, path })),
    ),
  ),
);

test.each(CASES)('$source, withCors: $wrapped, own CORS: $ownCors, $path', async ({ path, ...api }) => {
  const settings = { ...api, policy: { allowOrigins: [started.pageUrl], allowCredentials: true } };
  for (const method of ['GET', 'DELETE']) {
    for (const credentials of ['include', 'same-origin'] as const) {
      let order: readonly [ApiSettings, RequestSettings] = [settings, { method, path, headers: [], credentials }];
      let outcome = await outcomeOf(...order);
      for (let steps = 0; !outcome.allowed && steps < 3; steps++) {
        expect(outcome.fix, 'what is so already').not.toMatch(
          order[0].wrapped ? /put withCors|set Function/i : /put withCors/,
        );
        order = follow(outcome.fix ?? '', ...order);
        outcome = await outcomeOf(...order);
      }
      expect(outcome).toMatchObject({ allowed: true });
    }
  }
});

const API: ApiSettings = { source: 'rest', wrapped: true, ownCors: false, policy: {} };

test.each([
  ['request headers too large', /^send less\./],
  ['request body too large', /^send less\./],
  ['response too large', /^return less\./],
  ['no such stage', /^put the stage in front of the path/],
  ['gateway timeout', /^what browse says$/],
])('after “%s”', (kind, advice) => {
  const refused = { allowed: false, reason: 'MissingAllowOriginHeader', message: '', fix: 'what browse says' } as const;
  const last = {
    kind: 'request',
    method: 'GET',
    url: '/',
    requestHeaders: [],
    status: 500,
    responseHeaders: [],
  } as const;
  expect(adviceFor(refused, API, { ...last, fault: { kind, message: '' } })).toMatch(advice);
});

test('what is not about CORS is left to browse', () => {
  const failed = {
    allowed: false,
    reason: 'ERR_FAILED',
    message: '',
    fix: 'check that the server can be reached',
  } as const;
  expect(adviceFor(failed, { ...API, wrapped: false, ownCors: true }, undefined)).toBe(failed.fix);
});
