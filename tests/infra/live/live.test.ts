import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorsPolicy } from '../../../src/index.js';
import { readStage } from '../../../src/infra/live/deploy-live.js';
import { titleOf } from '../../../src/infra/live/thing.js';
import { isPlanned } from '../../../src/infra/live/undo.js';
import { applyPlan, EnableError, type Plan, planApi, readApi, undoOf } from '../../../src/infra.js';
import { type FakeApi, failure, fakeApi, ID } from './fake-api.js';

const LAMBDA =
  'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:notes/invocations';
const ONE: CorsPolicy = { allowOrigins: 'https://app.example.com', allowCredentials: true, exposeHeaders: ['X-Total'] };
const SEVERAL: CorsPolicy = { ...ONE, allowOrigins: ['https://app.example.com', 'https://admin.example.com'] };
const POLICIES: Readonly<Record<string, CorsPolicy | undefined>> = { none: undefined, one: ONE, several: SEVERAL };

const OK = { statusCode: '200', responseTemplates: { 'application/json': '{"ok":true}' } };
const FAILED = { statusCode: '500', selectionPattern: '.*error.*' };
const MOCK = { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } };

/** A method of every integration type, and what is faulty or guarded already. */
function everyType(): FakeApi {
  const fake = fakeApi();
  fake.binaryMediaTypes = ['*/*'];
  fake.authorizers = [
    { id: 'auth1', name: 'users', type: 'TOKEN', identitySource: 'method.request.header.X-Token' },
    { id: 'auth2', name: 'pool', type: 'COGNITO_USER_POOLS' },
    { id: 'auth3', name: 'other', type: 'REQUEST' },
  ];
  fake.add('/mock', 'GET', MOCK, [OK, FAILED]);
  fake.add('/http', 'PUT', { type: 'HTTP', httpMethod: 'PUT', uri: 'https://example.com' }, [OK, FAILED]);
  fake.add('/http-proxy', 'ANY', { type: 'HTTP_PROXY', httpMethod: 'ANY', uri: 'https://example.com' });
  fake.add('/lambda', 'POST', { type: 'AWS', httpMethod: 'POST', uri: LAMBDA }, [OK, FAILED]);
  fake.add('/lambda-proxy', 'GET', { type: 'AWS_PROXY', httpMethod: 'POST', uri: LAMBDA }, [], {
    authorizationType: 'CUSTOM',
    authorizerId: 'auth1',
  });
  fake.add('/aws', 'GET', { type: 'AWS', httpMethod: 'GET', uri: 'arn:aws:apigateway:eu-central-1:s3:path/b' }, [OK]);
  fake.add('/old', 'GET', MOCK, [OK]);
  fake.add(
    '/old',
    'OPTIONS',
    { type: 'MOCK', requestTemplates: { 'application/json': '{}' }, contentHandling: 'CONVERT_TO_BINARY' },
    [
      {
        statusCode: '200',
        responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://old.example'" },
        responseTemplates: { 'application/json': null },
      },
    ],
    {
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: 'auth2',
      authorizationScopes: ['a/b'],
      apiKeyRequired: true,
    },
  );
  fake.gatewayResponses.set('DEFAULT_4XX', {
    responseType: 'DEFAULT_4XX',
    defaultResponse: false,
    responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://old.example'" },
    responseTemplates: { 'application/json': '{"mine":true}' },
  });
  return fake;
}

function titles({ steps }: Pick<Plan, 'steps'>): string[] {
  return steps.map(({ thing }) => titleOf(thing));
}

async function planned(fake: FakeApi, policy?: CorsPolicy): Promise<Plan> {
  return planApi(await readApi(fake.client, ID), policy);
}

describe('readApi', () => {
  it('reads every page of every list', async () => {
    const fake = everyType();
    const api = await readApi(fake.client, ID);
    expect(fake.calls.filter((name) => name === 'getResources').length).toBeGreaterThanOrEqual(3);
    expect(fake.calls.filter((name) => name === 'getGatewayResponses')).toHaveLength(3);
    expect(fake.calls.filter((name) => name === 'getAuthorizers')).toHaveLength(2);
    expect(api.resources.map(({ path }) => path)).toEqual([...fake.paths.keys()]);
    expect(api.parts[0]?.model.routes.map(({ path }) => path)).toEqual(
      [...fake.paths.keys()].filter((path) => path !== '/'),
    );
    expect([...api.gatewayResponses.keys()]).toEqual(['DEFAULT_4XX']);
  });

  it('asks for each method where they do not come with the resources', async () => {
    const [whole, empty] = [everyType(), everyType()];
    empty.embeds = false;
    const { parts } = await readApi(empty.client, ID);
    expect(parts).toEqual((await readApi(whole.client, ID)).parts);
  });

  it('knows the stack that the API belongs to', async () => {
    const fake = everyType();
    fake.tags = { 'aws:cloudformation:stack-name': 'pets' };
    expect(await readApi(fake.client, ID)).toMatchObject({ id: ID, name: 'pets', stack: 'pets' });
  });

  it('says what AWS says where it may not', async () => {
    const fake = everyType();
    fake.before = (name) => {
      if (name === 'getAuthorizers') throw failure('AccessDeniedException', 'User: x is not authorized');
    };
    await expect(readApi(fake.client, ID)).rejects.toThrow('User: x is not authorized');
    expect(fake.calls.filter((name) => name === 'getAuthorizers')).toHaveLength(1);
  });
});

describe('planApi', () => {
  it('adds OPTIONS to each resource that has none, and headers to what is mapped', async () => {
    const plan = await planned(everyType(), ONE);
    const of = (path: string) => titles(plan).filter((title) => title.includes(` ${path}:`));
    const made = (path: string) =>
      ['method', 'integration', 'method response 204', 'integration response 204'].map(
        (each) => `OPTIONS ${path}: ${each}`,
      );
    const carried = (method: string, path: string, ...status: readonly string[]) => [
      ...status.map((each) => `${method} ${path}: method response ${each}`),
      ...status.map((each) => `${method} ${path}: integration response ${each}`),
    ];
    expect(of('/mock')).toEqual([...carried('GET', '/mock', '200', '500'), ...made('/mock')]);
    expect(of('/http')).toEqual([...carried('PUT', '/http', '200', '500'), ...made('/http')]);
    expect(of('/lambda')).toEqual([...carried('POST', '/lambda', '200', '500'), ...made('/lambda')]);
    expect(of('/aws')).toEqual([...carried('GET', '/aws', '200'), ...made('/aws')]);
    expect(of('/http-proxy')).toEqual(made('/http-proxy'));
    expect(of('/lambda-proxy')).toEqual(made('/lambda-proxy'));
    expect(of('/old')).toEqual([
      ...carried('GET', '/old', '200'),
      'OPTIONS /old: method',
      'OPTIONS /old: integration',
      ...carried('OPTIONS', '/old', '200'),
    ]);
    expect(titles(plan).slice(-2)).toEqual(['gateway response DEFAULT_4XX', 'gateway response DEFAULT_5XX']);
    expect(plan.notes.join('\n')).toMatch(/notes.*\/lambda-proxy|\/lambda-proxy.*notes/s);
    expect(plan.notes.join('\n')).toContain('ANY /http-proxy');
  });

  it('leaves a response that would lose its body to the choice among origins', async () => {
    const fake = fakeApi();
    fake.add('/http', 'GET', { type: 'HTTP', uri: 'https://example.com' }, [
      { statusCode: '200', responseTemplates: { 'application/json': null } },
      { statusCode: '404', selectionPattern: '404' },
    ]);
    const plan = await planned(fake, SEVERAL);
    expect(titles(plan).filter((title) => title.startsWith('GET'))).toEqual([]);
    expect(plan.notes.filter((note) => /GET \/http (?:200|404) is left: it passes through/.test(note))).toHaveLength(2);
  });

  it('takes an API that is larger than any template', async () => {
    const fake = fakeApi();
    const text = '#set($x = 1)\n'.repeat(10_000);
    const template = { statusCode: '200', responseTemplates: { 'application/json': text } };
    for (const name of ['a', 'b', 'c', 'd']) {
      for (let at = 0; at < 12; at++)
        fake.add(`/${name}/${at}`, 'GET', { type: 'HTTP', uri: 'https://example.com' }, [template]);
    }
    fake.add('/d/0', 'PUT', MOCK, [OK]);
    const api = await readApi(fake.client, ID);
    expect(api.parts.length).toBeGreaterThan(3);
    const plan = planApi(api, SEVERAL);
    expect(new Set(titles(plan)).size).toBe(plan.steps.length);
    expect(titles(plan).filter((title) => /^OPTIONS .*: method$/.test(title))).toHaveLength(48);
    const one = planApi(api, ONE, { resources: ['/d'], recursive: true, methods: ['put'] });
    expect(titles(one).filter((title) => !title.startsWith('OPTIONS'))).toEqual([
      'PUT /d/0: method response 200',
      'PUT /d/0: integration response 200',
      'gateway response DEFAULT_4XX',
      'gateway response DEFAULT_5XX',
    ]);
    expect(one.changes.filter(({ what }) => what === 'gateway response')).toHaveLength(2);
    expect(() => planApi(api, ONE, { resources: ['/e'] })).toThrow('there is no resource "/e"');
    expect(() => planApi(api, ONE, { resources: ['/a/0'], methods: ['PUT'] })).toThrow(
      'there is no method "PUT" there',
    );
  });

  it('says what a header was before, as it is written in the API', async () => {
    const { changes } = await planned(everyType(), ONE);
    expect(changes).toContainEqual({
      action: 'replace',
      where: 'OPTIONS /old 200',
      what: 'Access-Control-Allow-Origin',
      before: "'https://old.example'",
      after: "'https://app.example.com'",
    });
    expect(changes).toContainEqual({ action: 'add', where: 'OPTIONS /mock', what: 'method' });
    expect(changes.find(({ where }) => where === 'DEFAULT_5XX')).toMatchObject({ what: 'gateway response' });
  });

  it('plans only what is chosen', async () => {
    const api = await readApi(everyType().client, ID);
    const plan = planApi(api, ONE, { resources: ['/mock'] });
    expect(titles(plan).filter((title) => !/ \/mock:|^gateway/.test(title))).toEqual([]);
    expect(titles(plan)).toContain('OPTIONS /mock: method');
  });

  it.each([
    [{ resources: ['/dogs'] }, ONE, /^REST API a1b2c3d4e5: there is no resource "\/dogs"; it has /],
    [{ resources: ['/'] }, ONE, /^REST API a1b2c3d4e5: \/ has no method$/],
    [{ methods: ['PATCH'] }, ONE, /there is no method "PATCH" there/],
    [{}, { allowOrigins: 'https://*.example.com' }, /a REST API cannot express the policy/],
  ])('refuses %j', async (selection, policy, message) => {
    const api = await readApi(everyType().client, ID);
    expect(() => planApi(api, policy, selection)).toThrow(EnableError);
    expect(() => planApi(api, policy, selection)).toThrow(message);
  });
});

describe.each(Object.entries(POLICIES))('applyPlan, policy %s', (_, policy) => {
  it('writes all of it; then nothing is left, and undo puts everything back', async () => {
    const fake = everyType();
    const before = fake.state();
    const plan = await planned(fake, policy);
    const seen: string[] = [];
    const applied = await applyPlan(fake.client, plan, {
      onProgress: ({ number, total, state }) => seen.push(`${number}/${total} ${state}`),
    });
    expect(applied).toEqual({ done: plan.steps, left: [] });
    expect(seen.slice(0, 2)).toEqual([`1/${plan.steps.length} writing`, `1/${plan.steps.length} written`]);
    expect(seen).toHaveLength(2 * plan.steps.length);
    expect(titles(await planned(fake, policy))).toEqual([]);

    const saved: unknown = JSON.parse(JSON.stringify(plan));
    if (!isPlanned(saved)) throw new Error('it is not what can be saved');
    expect(await applyPlan(fake.client, undoOf(saved))).toMatchObject({ left: [] });
    expect(normal(fake.state())).toEqual(normal(before));
  });

  it('goes on after a failure of any write, and the first plan takes all of it back', async () => {
    const whole = everyType();
    const plan = await planned(whole, policy);
    await applyPlan(whole.client, plan);
    for (let at = 0; at < plan.steps.length; at += 3) {
      const fake = everyType();
      const before = fake.state();
      let writes = 0;
      fake.before = (name) => {
        if (!name.startsWith('get') && writes++ === at) throw failure('BadRequestException', 'no');
      };
      const first = await planned(fake, policy);
      const failed = await applyPlan(fake.client, first);
      expect(failed).toMatchObject({
        done: plan.steps.slice(0, at),
        left: plan.steps.slice(at),
        stopped: { why: 'failed', step: plan.steps[at], error: { message: 'no' } },
      });
      const second = await planned(fake, policy);
      expect(titles(second)).toEqual(titles({ steps: plan.steps.slice(at) }));
      expect(await applyPlan(fake.client, second)).toMatchObject({ left: [] });
      expect(fake.state()).toEqual(whole.state());
      expect(await applyPlan(fake.client, undoOf(first))).toMatchObject({ left: [] });
      expect(normal(fake.state())).toEqual(normal(before));
    }
  });
});

describe('applyPlan', () => {
  it('tries again where it is throttled twice', async () => {
    const fake = everyType();
    const tries = new Map<string, number>();
    fake.before = (name, input) => {
      const call = JSON.stringify([name, input]);
      tries.set(call, (tries.get(call) ?? 0) + 1);
      if ((tries.get(call) ?? 0) <= 2)
        throw failure('TooManyRequestsException', 'slow', { retryAfterSeconds: '0.001' });
    };
    const plan = await planned(fake, ONE);
    expect(await applyPlan(fake.client, plan)).toMatchObject({ left: [] });
    expect(titles(await planned(fake, ONE))).toEqual([]);
  });

  it('gives up where it is throttled for good', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    fake.calls.length = 0;
    fake.before = () => {
      throw failure('TooManyRequestsException', 'slow', { retryAfterSeconds: '0.001' });
    };
    expect(await applyPlan(fake.client, plan)).toMatchObject({ done: [], stopped: { why: 'failed' } });
    expect(fake.calls).toHaveLength(8);
  });

  it('stops at a write that is not permitted', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    const before = fake.state();
    fake.before = (name) => {
      if (!name.startsWith('get')) throw failure('AccessDeniedException', 'not authorized');
    };
    const error = { name: 'AccessDeniedException' };
    expect(await applyPlan(fake.client, plan)).toMatchObject({ done: [], stopped: { why: 'failed', error } });
    expect(fake.state()).toEqual(before);
  });

  it.each([
    [
      'a method response',
      (fake: FakeApi) =>
        Object.assign(responseOf(fake, 'methodResponses'), { responseModels: { 'application/json': 'Error' } }),
    ],
    [
      'an integration response',
      (fake: FakeApi) =>
        Object.assign(integrationOf(fake).integrationResponses['200'] ?? {}, { contentHandling: 'CONVERT_TO_TEXT' }),
    ],
    [
      'OPTIONS that was not there',
      (fake: FakeApi) => fake.add('/mock', 'OPTIONS', { type: 'HTTP_PROXY', uri: 'https://example.com' }),
    ],
    ['a method that is gone', (fake: FakeApi) => fake.paths.set('/mock', {})],
    ['a resource that is gone', (fake: FakeApi) => fake.paths.delete('/mock')],
    [
      'the method OPTIONS',
      (fake: FakeApi) => Object.assign(fake.paths.get('/old')?.OPTIONS ?? {}, { operationName: 'old' }),
    ],
    [
      'an integration',
      (fake: FakeApi) =>
        Object.assign(fake.paths.get('/old')?.OPTIONS?.methodIntegration ?? {}, { timeoutInMillis: 50 }),
    ],
    [
      'a gateway response',
      (fake: FakeApi) => Object.assign(fake.gatewayResponses.get('DEFAULT_4XX') ?? {}, { statusCode: '418' }),
    ],
    [
      'a gateway response that was not there',
      (fake: FakeApi) =>
        fake.gatewayResponses.set('DEFAULT_5XX', { responseType: 'DEFAULT_5XX', responseParameters: { a: 'b' } }),
    ],
  ])('stops where somebody else has changed %s meanwhile', async (_, change) => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    change(fake);
    const before = fake.state();
    const { done, left, stopped } = await applyPlan(fake.client, plan);
    expect(stopped?.why).toBe('changed');
    expect(left[0]).toBe(stopped?.why === 'changed' ? stopped.step : undefined);
    expect([...done, ...left]).toEqual(plan.steps);
    const things = done.map(({ thing }) => titleOf(thing));
    expect(things).not.toContain(titleOf((left[0] as Plan['steps'][number]).thing));
    // What the other one wrote is still there.
    await applyPlan(fake.client, undoOf({ restApiId: ID, steps: done }));
    expect(normal(fake.state())).toEqual(normal(before));
  });

  it('leaves alone what is as it is to be', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    await applyPlan(fake.client, plan);
    fake.calls.length = 0;
    const states: string[] = [];
    const applied = await applyPlan(fake.client, plan, { onProgress: ({ state }) => states.push(state) });
    expect(applied).toEqual({ done: plan.steps, left: [] });
    expect(new Set(states)).toEqual(new Set(['there']));
    expect(fake.calls.filter((name) => !name.startsWith('get'))).toEqual([]);
  });

  it('takes back the last step first: it refers to those before', async () => {
    const plan = await planned(everyType(), ONE);
    expect(titles(undoOf(plan))).toEqual(titles(plan).reverse());
  });

  it('keeps a method that somebody else has given more meanwhile, when it is undone', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    await applyPlan(fake.client, plan);
    const options = fake.paths.get('/mock')?.OPTIONS as { methodResponses: Record<string, object> };
    options.methodResponses['500'] = { statusCode: '500' };
    const { stopped } = await applyPlan(fake.client, undoOf(plan));
    expect(stopped).toMatchObject({
      why: 'changed',
      step: { thing: { kind: 'method', path: '/mock', method: 'OPTIONS' } },
    });
    expect(fake.paths.get('/mock')?.OPTIONS?.methodResponses).toHaveProperty('500');
  });

  it('takes a write as done whose answer was lost', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    fake.after = (name) => {
      if (name === 'putMethod') throw failure('InternalServerError', 'lost');
    };
    expect(await applyPlan(fake.client, plan)).toEqual({ done: plan.steps, left: [] });
  });

  it('stops between two steps when it is told to', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    const signal = { aborted: false };
    const applied = await applyPlan(fake.client, plan, {
      signal,
      onProgress({ number, state }) {
        if (number === 3 && state === 'writing') signal.aborted = true;
      },
    });
    expect(applied).toEqual({
      done: plan.steps.slice(0, 3),
      left: plan.steps.slice(3),
      stopped: { why: 'interrupted' },
    });
    expect(titles(await planned(fake, ONE))).toEqual(titles({ steps: plan.steps.slice(3) }));
  });

  it('reads before each write', async () => {
    const fake = everyType();
    const plan = await planned(fake, ONE);
    fake.calls.length = 0;
    await applyPlan(fake.client, plan);
    const reads = fake.calls.map((name) => name.startsWith('get'));
    expect(reads).toEqual(plan.steps.flatMap(() => [true, false]));
  });
});

describe('readStage', () => {
  it('says which methods differ from what is deployed', async () => {
    const fake = fakeApi();
    fake.add('/same', 'GET', MOCK, [OK]);
    fake.add('/guarded', 'GET', MOCK, [OK], { authorizationType: 'AWS_IAM', apiKeyRequired: true });
    fake.add('/new', 'GET', MOCK, [OK]);
    fake.summary = {
      '/same': { GET: { authorizationType: 'NONE', apiKeyRequired: false } },
      '/guarded': { GET: { authorizationType: 'NONE', apiKeyRequired: false } },
      '/gone': { PUT: { authorizationType: 'NONE', apiKeyRequired: false } },
    };
    const api = await readApi(fake.client, ID);
    expect(await readStage(fake.client, api, 'prod')).toEqual({
      name: 'prod',
      deployed: new Date(0),
      canary: false,
      differences: [
        {
          method: 'GET',
          path: '/guarded',
          what: 'now has authorization AWS_IAM and an API key, and is deployed with authorization NONE',
        },
        { method: 'GET', path: '/new', what: 'is new' },
        { method: 'PUT', path: '/gone', what: 'is gone' },
      ],
    });
  });
});

describe('any API', () => {
  const response = fc.record({
    statusCode: fc.constantFrom('200', '204', '302', '404', '500'),
    selectionPattern: fc.constantFrom(undefined, '', '5..'),
    responseTemplates: fc.constantFrom(
      undefined,
      { 'application/json': null },
      { 'application/json': '{}', 'text/xml': '<a/>' },
    ),
    responseParameters: fc.constantFrom(
      undefined,
      { 'method.response.header.access-control-allow-origin': "'*'" },
      { 'method.response.header.Vary': "'Accept'", 'method.response.header.X': 'integration.response.header.X' },
    ),
  });
  const method = fc.record({
    path: fc.constantFrom('/', '/a', '/a/{id}', '/{proxy+}', '/~b'),
    name: fc.constantFrom('GET', 'POST', 'DELETE', 'ANY', 'OPTIONS'),
    integration: fc.constantFrom(
      MOCK,
      { type: 'MOCK' },
      { type: 'HTTP', uri: 'https://example.com' },
      { type: 'HTTP_PROXY', uri: 'https://example.com' },
      { type: 'AWS', uri: LAMBDA },
      { type: 'AWS_PROXY', uri: LAMBDA },
    ),
    responses: fc.uniqueArray(response, { selector: ({ statusCode }) => statusCode, maxLength: 3 }),
    own: fc.constantFrom({}, { apiKeyRequired: true }, { authorizationType: 'AWS_IAM' }),
  });

  it('has all of it afterwards, and is as it was when that is undone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(method, { maxLength: 6 }),
        fc.constantFrom('none', 'one', 'several'),
        async (methods, name) => {
          const fake = fakeApi();
          fake.binaryMediaTypes = ['image/png', '*/*'];
          for (const { path, name: verb, integration, responses, own } of methods)
            fake.add(path, verb, integration, responses, own);
          const before = fake.state();
          const plan = await planned(fake, POLICIES[name]);
          expect(await applyPlan(fake.client, plan)).toEqual({ done: plan.steps, left: [] });
          expect(titles(await planned(fake, POLICIES[name]))).toEqual([]);
          expect(await applyPlan(fake.client, undoOf(plan))).toMatchObject({ left: [] });
          expect(normal(fake.state())).toEqual(normal(before));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('isPlanned', () => {
  const step = { thing: { kind: 'method', resourceId: 'r', path: '/', method: 'GET' }, before: {} };
  it.each([
    null,
    [],
    {},
    { restApiId: 1, steps: [] },
    { restApiId: ID, steps: [{}] },
    { restApiId: ID, steps: [{ ...step, thing: { ...step.thing, kind: 'stage' } }] },
    { restApiId: ID, steps: [{ ...step, thing: { ...step.thing, method: '' } }] },
    { restApiId: ID, steps: [{ ...step, thing: { kind: 'gateway response' } }] },
    { restApiId: ID, steps: [{ ...step, before: 'x' }] },
    { restApiId: ID, steps: [{ thing: step.thing }] },
  ])('refuses %j', (value) => {
    expect(isPlanned(value)).toBe(false);
  });
});

function integrationOf(fake: FakeApi): { integrationResponses: Record<string, object> } {
  return fake.paths.get('/mock')?.GET?.methodIntegration ?? { integrationResponses: {} };
}

function responseOf(fake: FakeApi, of: 'methodResponses'): object {
  return fake.paths.get('/mock')?.GET?.[of]['200'] ?? {};
}

/** What is there, without what means the same when it is not there. */
function normal(state: unknown): unknown {
  if (state instanceof Map) return normal(Object.fromEntries(state));
  if (Array.isArray(state) || typeof state !== 'object' || state === null) return state;
  const entries = Object.entries(state).map(([key, value]) => [key, normal(value)] as const);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== '' && value !== undefined && JSON.stringify(value) !== '{}'),
  );
}
