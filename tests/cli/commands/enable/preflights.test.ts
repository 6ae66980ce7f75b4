import { describe, expect, it } from 'vitest';
import type { WireRequest, WireResponse } from '../../../../src/browser.js';
import { awsFault } from '../../../../src/cli/commands/enable/aws-fault.js';
import { ask, type Question, questionsOf } from '../../../../src/cli/commands/enable/preflights.js';
import { type CorsPolicy, compilePolicy } from '../../../../src/index.js';

const BASE = 'https://a1.execute-api.eu-central-1.amazonaws.com/prod';
const APP = 'https://app.example.com';

function asked(methods: readonly string[], policy?: CorsPolicy): readonly Question[] {
  return questionsOf(BASE, [{ path: '/pets/{id}/{rest+}', methods }], policy && compilePolicy(policy));
}

describe('questionsOf', () => {
  it('fills in the parameters of a path, and asks for what needs a preflight', () => {
    const [question, ...others] = asked(['GET', 'OPTIONS', 'DELETE'], {});
    expect(question?.request).toMatchObject({ url: `${BASE}/pets/1/1`, method: 'DELETE', credentials: 'omit' });
    expect(others).toEqual([]);
  });

  it('asks from an origin of the policy, and from one that nobody lists', () => {
    const questions = asked(['PUT'], { allowOrigins: [APP, 'https://b.example'], allowCredentials: true });
    expect(questions.map(({ request, allowed }) => [request.origin, request.credentials, allowed])).toEqual([
      [APP, 'include', true],
      ['https://lambda-cors-probe.invalid', 'include', false],
    ]);
  });

  it.each([
    ['a method that the policy has, for ANY', ['ANY'], { allowMethods: ['GET', 'PATCH'] }, 'PATCH'],
    ['only methods of the policy', ['PUT', 'DELETE'], { allowMethods: ['DELETE'] }, 'DELETE'],
    ['a method with a header, where none needs a preflight by itself', ['GET'], { allowHeaders: ['X-Page'] }, 'GET'],
    ['nothing where no preflight is needed', ['GET'], { allowHeaders: [] }, undefined],
    ['nothing where the policy has none of the methods', ['PUT'], { allowMethods: ['GET'] }, undefined],
    ['nothing of OPTIONS alone', ['OPTIONS'], {}, undefined],
  ])('asks for %s', (_, methods, policy, method) => {
    expect(asked(methods, policy)[0]?.request.method).toBe(method);
  });
});

describe('ask', () => {
  const [listed, unlisted] = asked(['DELETE'], { allowOrigins: APP, allowMethods: ['DELETE'] }) as [Question, Question];

  function answering(headers: Readonly<Record<string, string>>, status = 204) {
    const sent: WireRequest[] = [];
    const transport = async (request: WireRequest): Promise<WireResponse> => {
      sent.push(request);
      return { status, headers: Object.entries(headers) };
    };
    return { sent, transport };
  }
  const RIGHT = {
    'access-control-allow-origin': APP,
    'access-control-allow-methods': 'DELETE',
    'access-control-allow-headers': 'Content-Type',
  };

  it.each([
    ['allowed', listed, RIGHT, true],
    ['refused', unlisted, RIGHT, true],
    ['refused, although it is listed', listed, {}, false],
    ['allowed, although it is not listed', unlisted, { ...RIGHT, 'access-control-allow-origin': '*' }, false],
  ])('sends nothing but preflights: %s', async (_, question, headers, ok) => {
    const { sent, transport } = answering(headers);
    const answer = await ask(question, transport);
    expect(answer.ok).toBe(ok);
    expect(answer.problem === undefined).toBe(ok);
    expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['OPTIONS']));
  });

  it('names the cause', async () => {
    const { transport } = answering({ 'x-amzn-errortype': 'MissingAuthenticationTokenException' }, 403);
    const { findings, problem } = await ask(listed, transport);
    expect(findings[0]?.code).toBe('missing-authentication-token');
    expect(problem).toContain('To fix it');
  });

  it('takes no answer for no refusal', async () => {
    const answer = await ask(unlisted, async () => {
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    });
    expect(answer.ok).toBe(false);
  });
});

describe('awsFault', () => {
  const error = (name: string, message: string, more = {}) => Object.assign(new Error(message), { name, ...more });
  it.each([
    [error('AccessDeniedException', 'User: x is not authorized to perform: apigateway:GET'), /^no permission: User: x/],
    [error('CredentialsProviderError', 'Could not load credentials'), /^there are no credentials for AWS: Could/],
    [error('ExpiredTokenException', 'expired'), /^AWS does not accept the credentials: expired; log in again/],
    [error('TooManyRequestsException', 'Too Many Requests'), /takes no more calls for now/],
    [error('Error', 'getaddrinfo ENOTFOUND x', { code: 'ENOTFOUND' }), /^API Gateway cannot be reached: getaddrinfo/],
    [error('BadRequestException', 'no\nmore', { $metadata: {} }), /^API Gateway answers BadRequestException: no$/],
    [error('Error', 'Region is missing'), /^there is no region/],
    [
      error('Error', 'Region not accepted: region="x/y" is not valid.'),
      /^Region not accepted: .* valid; give one such/,
    ],
  ])('says %s in a line', (given, line) => {
    expect(awsFault(given)).toMatch(line);
    expect(awsFault(given)).not.toContain('\n');
  });

  it('leaves other errors alone', () => {
    expect(awsFault(new TypeError('x is undefined'))).toBeUndefined();
  });
});
