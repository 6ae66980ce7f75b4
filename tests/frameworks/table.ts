// The table: frameworks × sources × requests, with the CORS headers that each request must get.
import type { Handler } from 'aws-lambda';
import type { CorsPolicy } from '../../src/index.js';
import { expressHandler } from './apps/express.js';
import { fastifyHandler } from './apps/fastify.js';
import { honoHandler } from './apps/hono.js';
import { lambdaApiHandler } from './apps/lambda-api.js';
import { powertoolsHandler } from './apps/powertools.js';
import { HELLO, ORDER } from './apps/routes.js';
import * as events from './events.js';

export type HeaderMap = 'headers' | 'multiValueHeaders';

export interface Source {
  readonly name: string;
  readonly event: (request: events.HttpRequest) => unknown;
  /** The maps of a result that it reads. */
  readonly reads: readonly HeaderMap[];
  /** Whether a result can carry several cookies. */
  readonly severalCookies: boolean;
}

const BOTH = ['headers', 'multiValueHeaders'] as const;
const REST: Source = { name: 'a REST API', event: events.restApi, reads: BOTH, severalCookies: true };
const HTTP_1: Source = { name: 'an HTTP API (1.0)', event: events.httpApiV1, reads: BOTH, severalCookies: true };
const HTTP: Source = { name: 'an HTTP API', event: events.httpApi, reads: ['headers'], severalCookies: true };
const URL: Source = { name: 'a function URL', event: events.functionUrl, reads: ['headers'], severalCookies: true };
const ALB: Source = { name: 'a load balancer', event: events.alb, reads: ['headers'], severalCookies: false };
const ALB_MULTI: Source = {
  name: 'a load balancer with multi-value headers',
  event: events.albMultiValue,
  reads: ['multiValueHeaders'],
  severalCookies: true,
};
const LATTICE: Source = { name: 'VPC Lattice', event: events.vpcLattice, reads: ['headers'], severalCookies: true };
const USUAL = [REST, HTTP_1, HTTP, URL, ALB, ALB_MULTI];

export interface Framework {
  readonly name: string;
  /** The sources that it supports. */
  readonly sources: readonly Source[];
  readonly handlerFor: (source: Source) => Handler;
}

export const FRAMEWORKS: readonly Framework[] = [
  { name: 'Hono', sources: [...USUAL, LATTICE], handlerFor: honoHandler },
  { name: 'Express in serverless-http', sources: USUAL, handlerFor: expressHandler },
  { name: 'Fastify', sources: USUAL, handlerFor: (source) => fastifyHandler(source === ALB_MULTI) },
  { name: 'Powertools', sources: USUAL, handlerFor: powertoolsHandler },
  { name: 'lambda-api', sources: USUAL, handlerFor: lambdaApiHandler },
];

const APP = 'https://app.example.com';
const ADMIN = 'https://admin.example.com';
const EVIL = 'https://evil.example';

export const POLICY: CorsPolicy = {
  allowOrigins: [APP, ADMIN],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['Content-Type'],
  exposeHeaders: ['X-Request-Cost'],
  allowCredentials: true,
  maxAge: 600,
};

/** These headers and no others, one line each. */
type CorsHeaders = Readonly<Record<string, string>>;

function allowed(origin: string, vary: string): CorsHeaders {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'Content-Type',
    'access-control-expose-headers': 'X-Request-Cost',
    vary,
  };
}

const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
const { 'access-control-expose-headers': _, ...preflightAllowed } = allowed(APP, PREFLIGHT_VARY);

export interface Exchange {
  readonly name: string;
  readonly request: events.HttpRequest;
  readonly cors: CorsHeaders;
  /** Whether the framework sees the request. */
  readonly invoked: boolean;
  /** The body, where all frameworks agree. */
  readonly status?: number;
  readonly body?: object;
  readonly cookies?: readonly string[];
}

export const EXCHANGES: readonly Exchange[] = [
  {
    name: 'a preflight from an allowed origin',
    request: preflight(APP),
    cors: { ...preflightAllowed, 'access-control-max-age': '600' },
    invoked: false,
    status: 204,
  },
  {
    name: 'a preflight from another origin',
    request: preflight(EVIL),
    cors: { vary: PREFLIGHT_VARY },
    invoked: false,
    status: 403,
  },
  {
    name: 'a success',
    request: hello({ origin: APP }),
    cors: allowed(APP, 'Accept-Encoding, Origin'),
    invoked: true,
    status: 200,
    body: HELLO.body,
    cookies: HELLO.cookies,
  },
  {
    name: 'a success for the other allowed origin',
    request: hello({ origin: ADMIN }),
    cors: allowed(ADMIN, 'Accept-Encoding, Origin'),
    invoked: true,
    status: 200,
    body: HELLO.body,
    cookies: HELLO.cookies,
  },
  {
    name: 'a success that another origin must not read',
    request: hello({ origin: EVIL }),
    cors: { vary: 'Accept-Encoding, Origin' },
    invoked: true,
    status: 200,
    body: HELLO.body,
    cookies: HELLO.cookies,
  },
  {
    name: 'a success without an origin',
    request: hello({}),
    cors: { vary: 'Accept-Encoding, Origin' },
    invoked: true,
    status: 200,
    body: HELLO.body,
    cookies: HELLO.cookies,
  },
  {
    name: 'a request with a body',
    request: {
      method: 'POST',
      path: '/orders',
      headers: { origin: APP, 'content-type': 'application/json' },
      body: JSON.stringify(ORDER),
    },
    cors: allowed(APP, 'Origin'),
    invoked: true,
    status: 201,
    body: { received: ORDER },
  },
  {
    name: 'a route that does not exist',
    request: { method: 'GET', path: '/nowhere', headers: { origin: APP } },
    cors: allowed(APP, 'Origin'),
    invoked: true,
    status: 404,
  },
  {
    name: 'a route that throws',
    request: { method: 'GET', path: '/broken', headers: { origin: APP } },
    cors: allowed(APP, 'Origin'),
    invoked: true,
    status: 500,
  },
  {
    name: 'OPTIONS that is not a preflight',
    request: { method: 'OPTIONS', path: '/hello', headers: { origin: APP } },
    cors: allowed(APP, 'Origin'),
    invoked: true,
  },
];

function preflight(origin: string): events.HttpRequest {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };
  return { method: 'OPTIONS', path: '/orders', headers };
}

function hello(headers: Readonly<Record<string, string>>): events.HttpRequest {
  return { method: 'GET', path: '/hello', headers };
}
