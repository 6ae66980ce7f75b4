import { describe, expect, it } from 'vitest';
import * as blocked from '../../src/diagnosis/blocked.js';
import * as cache from '../../src/diagnosis/cache.js';
import type { Cause } from '../../src/diagnosis/cause.js';
import { FRONT_NAMES, type FrontKind } from '../../src/diagnosis/front.js';
import { noResponse } from '../../src/diagnosis/network.js';
import * as preflight from '../../src/diagnosis/preflight.js';
import * as response from '../../src/diagnosis/response.js';
import * as values from '../../src/diagnosis/values.js';
import { compilePolicy } from '../../src/index.js';

const FRONTS = Object.keys(FRONT_NAMES) as FrontKind[];
const APP = 'https://app.example.com';
const API = 'https://api.example.com/prod/notes';

/** Every cause, in each of its wordings. */
const CAUSES: Readonly<Record<string, readonly Cause[]>> = {
  'missing-authentication-token': [
    preflight.missingAuthenticationToken(),
    preflight.missingAuthenticationToken({ url: API, method: 'PUT' }),
  ],
  'no-such-stage': [preflight.noSuchStage(API)],
  'authorizer-on-options': FRONTS.map((front) => preflight.authorizerOnOptions(front)),
  'no-options-route': FRONTS.map((front) => preflight.noOptionsRoute(front)),
  'preflight-error': FRONTS.flatMap((front) => [
    preflight.preflightError(front, 500),
    preflight.preflightError(front, 502),
  ]),
  'preflight-redirected': [preflight.preflightRedirected()],
  'no-max-age': [preflight.noMaxAge()],
  'error-without-cors': FRONTS.flatMap((front) =>
    [400, 401, 403, 404, 413, 429, 500, 502, 503, 504].map((status) => response.errorWithoutCors(front, status)),
  ),
  'http-api-cors-configuration': [response.httpApiConfiguration()],
  'no-cors-headers': FRONTS.map((front) => response.noCorsHeaders(front)),
  'origin-refused': [response.originRefused(APP)],
  'remapped-header': [response.remappedHeader('www-authenticate')],
  cloudfront: [response.cloudFront()],
  'cached-response': [cache.cachedResponse(APP)],
  'mixed-content': [
    blocked.mixedContent('http://api.example.com/notes', false),
    blocked.mixedContent('http://api.example.com/notes', true),
  ],
  'bad-port': [blocked.badPort('6000')],
  redirected: [response.redirected(`${API}/`)],
  'duplicated-headers': FRONTS.map((front) => values.duplicatedHeaders(front)),
  'list-of-origins': [values.listOfOrigins()],
  'misspelt-origin': [values.misspeltOrigin(APP)],
  'wildcard-with-credentials': [values.wildcardWithCredentials(APP)],
  'authorization-by-wildcard': [values.authorizationByWildcard()],
  'reflects-any-origin': [values.reflectsAnyOrigin()],
  'no-vary': [values.noVary()],
  failed: [noResponse('EWHATEVER', new URL(API))],
};

describe('every cause', () => {
  it('is in the table above', () => {
    const functions = [blocked, cache, preflight, response, values].flatMap((module) => Object.values(module));
    // All but `noResponse`, whose codes have a table of their own in tests/cli/evidence/network.test.ts.
    expect(Object.keys(CAUSES)).toHaveLength(functions.length + 1);
  });

  it.each(Object.entries(CAUSES))(
    '%s keeps its code, and says what, what to do and where to read on',
    (code, causes) => {
      for (const cause of causes) {
        expect(Object.keys(cause)).toEqual(['code', 'title', 'remedy', 'link']);
        expect(cause.code).toBe(code);
        expect(cause.title).toMatch(/^\S[^\n]*[^\s.]$/);
        expect(cause.remedy).toMatch(/^\S[^\n]*[^\s.]$/);
        expect(cause.link).toMatch(
          /^https:\/\/(docs\.aws\.amazon\.com|repost\.aws|fetch\.spec\.whatwg\.org|w3c\.github\.io|nodejs\.org)\/\S+$/,
        );
      }
    },
  );
});

describe('the remedy suits what stands in front of the function', () => {
  it.each([
    ['rest-api', 'AddDefaultAuthorizerToCorsPreflight: false'],
    ['http-api', 'OPTIONS /{proxy+}'],
    ['function-url', 'AuthType NONE'],
    ['alb', 'without an authorizer or API key'],
    ['lattice', 'without an authorizer or API key'],
    ['unknown', 'without an authorizer or API key'],
  ] as const)('an authorizer on OPTIONS of %s', (front, says) => {
    expect(preflight.authorizerOnOptions(front).remedy).toContain(says);
  });

  it.each([
    ['rest-api', 401, 'DEFAULT_4XX', 'withCors'],
    ['rest-api', 504, 'DEFAULT_5XX', 'withCors'],
    ['rest-api', 404, 'correct the URL', 'log of the function'],
    // A CorsConfiguration takes the headers of withCors away, and nobody knows what it does for the API's own errors.
    ['http-api', 500, 'log of the function', 'CorsConfiguration'],
    ['http-api', 401, 'let the function refuse instead', 'CorsConfiguration'],
    ['http-api', 404, 'correct the URL, or add the route', 'CorsConfiguration'],
    ['function-url', 502, 'withCors', 'CorsConfiguration'],
    ['rest-api', 413, 'presigned URL', 'withCors'],
  ] as const)('an error of %s with status %i', (front, status, says, saysNot) => {
    const { remedy } = response.errorWithoutCors(front, status);
    expect(remedy).toContain(says);
    expect(remedy).not.toContain(saysNot);
  });

  it('no policy can list the origin null', () => {
    expect(() => compilePolicy({ allowOrigins: ['null'] })).toThrow();
    expect(response.originRefused('null').remedy).toContain('serve the page over http(s)');
    expect(response.originRefused('null').remedy).not.toContain('add "null"');
    expect(response.originRefused('https://a.example').remedy).toContain('add "https://a.example"');
  });

  it('a mock integration can only be the cause behind a REST API, with a 500', () => {
    const mocks = FRONTS.flatMap((front) =>
      [500, 502].filter((status) => preflight.preflightError(front, status).remedy.includes('mock')).map(() => front),
    );
    expect(mocks).toEqual(['rest-api']);
  });
});
