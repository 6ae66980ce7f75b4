// cors() goes into Middy 6 and 7 without a cast, and the types of the handler come out of use() as they went in.
import middy from '@middy/core';
import type {
  ALBEvent,
  ALBResult,
  APIGatewayProxyEvent,
  APIGatewayProxyHandler,
  APIGatewayProxyResult,
} from 'aws-lambda';
import middy6 from 'middy6';
import { expectTypeOf } from 'vitest';
import { compilePolicy, withCors } from '../../src/index.js';
import { type CorsMiddleware, cors } from '../../src/middy.js';

declare function rest(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult>;
declare function balancer(event: ALBEvent): Promise<ALBResult>;
declare const typed: APIGatewayProxyHandler;
declare const stored: CorsMiddleware;

// Whatever a middleware does not say becomes `any` for those that follow it; ours says all that Middy infers from it.
expectTypeOf(middy(rest).use(cors())).toEqualTypeOf(middy(rest));
expectTypeOf(middy(balancer).use(cors())).toEqualTypeOf(middy(balancer));
expectTypeOf(middy(rest).use([cors()])).toEqualTypeOf(middy(rest));
expectTypeOf(middy(rest).use(stored)).toEqualTypeOf(middy(rest));
expectTypeOf(middy6(rest).use(cors())).toEqualTypeOf(middy6(rest));
expectTypeOf(middy6(balancer).use(cors())).toEqualTypeOf(middy6(balancer));
expectTypeOf(middy6(rest).use([cors()])).toEqualTypeOf(middy6(rest));

const seven = middy<APIGatewayProxyEvent, APIGatewayProxyResult>().use(cors()).handler(rest);
const six = middy6<APIGatewayProxyEvent, APIGatewayProxyResult>().use(cors()).handler(rest);
const policy = compilePolicy({ allowOrigins: ['https://a.example'] });
export const handlers: readonly APIGatewayProxyHandler[] = [
  seven,
  six,
  middy(typed).use(cors()),
  middy6(typed).use(cors()),
  middy(rest).use(cors(policy, { logger: console })),
  middy(rest).use(cors({ allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true })),
  middy(async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: event.path })).use(cors()),
  // One hook at a time.
  middy(rest).before(cors().before).after(cors().after).onError(cors().onError),
  middy6(rest).before(cors().before).after(cors().after).onError(cors().onError),
  // The other way round: a handler made by Middy, inside withCors.
  withCors(middy(rest)),
  withCors(middy6(rest)),
  withCors(seven),
];

middy(rest)
  .use(cors())
  // @ts-expect-error Property 'rawPath' does not exist on type 'APIGatewayProxyEvent'
  .before((request) => request.event.rawPath);
