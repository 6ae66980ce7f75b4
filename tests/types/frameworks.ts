// The handlers that frameworks make go into withCors as they are, and come out as what Lambda calls.
import { Router } from '@aws-lambda-powertools/event-handler/http';
import awsLambdaFastify from '@fastify/aws-lambda';
import type { APIGatewayProxyHandler, APIGatewayProxyHandlerV2, Context, Handler } from 'aws-lambda';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import type { API } from 'lambda-api';
import serverless from 'serverless-http';
import { withCors } from '../../src/index.js';

declare const lambdaApi: API;
const router = new Router();

export const handlers: readonly Handler[] = [
  withCors(handle(new Hono())),
  withCors(serverless(() => undefined)),
  withCors(awsLambdaFastify(fastify())),
  withCors(async (event: unknown, context: Context) => router.resolve(event, context)),
  withCors(async (event, context: Context) => lambdaApi.run(event, context)),
];

export const typed: readonly [APIGatewayProxyHandler, APIGatewayProxyHandlerV2, APIGatewayProxyHandlerV2] = [
  withCors(async (event, context) => router.resolve(event, context)),
  withCors(async (event, context) => router.resolve(event, context)),
  withCors(awsLambdaFastify(fastify())),
];

/** Hono's is generic in its event; so is what comes out, also where nothing says what it is for. */
const generic = withCors(handle(new Hono()));
export const laterTyped: Handler = generic;
