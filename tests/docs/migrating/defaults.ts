/** What each library of docs/migrating.md does without options, by the names of its last table. */
import { createRequire } from 'node:module';
import { Router } from '@aws-lambda-powertools/event-handler/http';
import { cors as powertoolsCors } from '@aws-lambda-powertools/event-handler/http/middleware';
import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import type { Context } from 'aws-lambda';
import expressCors from 'cors';
import express from 'express';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { cors as honoCors } from 'hono/cors';
import type { API, Request, Response } from 'lambda-api';
import serverless from 'serverless-http';
import { withCors } from '../../../src/index.js';

/** Its types are those of CommonJS, and an ES module that imports it would not compile. */
const createApi: () => API = createRequire(import.meta.url)('lambda-api');

const answer = async () => ({ statusCode: 200, body: '[]' });

export const WITHOUT_OPTIONS: Readonly<Record<string, unknown>> = {
  '`withCors(fn)`, `cors()` of `lambda-cors/middy`': withCors(answer),
  '`httpCors()`': middy(answer).use(httpCors({ disableBeforePreflightResponse: false })),
  '`cors()` of Express': serverless(
    express()
      .use(expressCors())
      .use((_request: unknown, response: { json(body: unknown): void }) => response.json([])),
  ),
  '`cors()` of Hono': handle(new Hono().use(honoCors()).all('/', (c) => c.json([]))),
  '`cors()` of Powertools': powertools(),
  '`response.cors()` of `lambda-api`': lambdaApi(),
};

function powertools() {
  const app = new Router();
  app.use(powertoolsCors());
  app.route(() => [], { method: ['GET', 'PUT', 'DELETE'], path: '/' });
  return async (event: unknown, context: Context) => app.resolve(event, context);
}

function lambdaApi() {
  const app = createApi();
  app.any('/', (_request: Request, response: Response) => response.cors({}).json([]));
  return async (event: never, context: Context) => app.run(event, context);
}
