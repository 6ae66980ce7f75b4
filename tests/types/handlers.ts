// Every way of typing a handler goes into withCors, and what comes out is a handler of the same type, without a cast.
import type {
  ALBEvent,
  ALBHandler,
  ALBResult,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyHandlerV2WithIAMAuthorizer,
  APIGatewayProxyHandlerV2WithJWTAuthorizer,
  APIGatewayProxyHandlerV2WithLambdaAuthorizer,
  APIGatewayProxyResult,
  APIGatewayProxyResultV2,
  APIGatewayProxyWithCognitoAuthorizerHandler,
  APIGatewayProxyWithLambdaAuthorizerHandler,
  Callback,
  Context,
  Handler,
  LambdaFunctionURLHandler,
  LambdaFunctionURLHandlerWithIAMAuthorizer,
  SQSHandler,
} from 'aws-lambda';
import { type LambdaHandler, withCors } from '../../src/index.js';

interface User {
  readonly user: string;
}

/** What users write today: a handler with the type of its source. */
declare const given: {
  readonly rest: APIGatewayProxyHandler;
  readonly restLambda: APIGatewayProxyWithLambdaAuthorizerHandler<User>;
  readonly restCognito: APIGatewayProxyWithCognitoAuthorizerHandler;
  readonly http: APIGatewayProxyHandlerV2;
  readonly httpOf: APIGatewayProxyHandlerV2<{ id: string }>;
  readonly httpJwt: APIGatewayProxyHandlerV2WithJWTAuthorizer;
  readonly httpIam: APIGatewayProxyHandlerV2WithIAMAuthorizer;
  readonly httpLambda: APIGatewayProxyHandlerV2WithLambdaAuthorizer<User, { id: string }>;
  readonly alb: ALBHandler;
  readonly url: LambdaFunctionURLHandler;
  readonly urlIam: LambdaFunctionURLHandlerWithIAMAuthorizer;
  readonly queue: SQSHandler;
  readonly anything: Handler;
  // biome-ignore lint/suspicious/noExplicitAny: a handler that comes from untyped JavaScript.
  readonly untyped: any;
};

export const sameType: typeof given = {
  rest: withCors(given.rest),
  restLambda: withCors(given.restLambda),
  restCognito: withCors(given.restCognito),
  http: withCors(given.http),
  httpOf: withCors(given.httpOf),
  httpJwt: withCors(given.httpJwt),
  httpIam: withCors(given.httpIam),
  httpLambda: withCors(given.httpLambda),
  alb: withCors(given.alb),
  url: withCors(given.url),
  urlIam: withCors(given.urlIam),
  queue: withCors(given.queue),
  anything: withCors(given.anything),
  untyped: withCors(given.untyped),
};

/** The type of the constant reaches the parameters: none of these is annotated, and none is `any`. */
export const typedByConstant: Omit<typeof given, 'untyped' | 'anything' | 'queue'> = {
  rest: withCors(async (event, context) => ({ statusCode: 200, body: event.path + context.awsRequestId })),
  restLambda: withCors(async (event) => ({ statusCode: 200, body: event.requestContext.authorizer.user })),
  restCognito: withCors(async (event) => ({
    statusCode: 200,
    body: event.requestContext.authorizer.claims.sub ?? '',
  })),
  http: withCors(async (event) => event.rawPath),
  httpOf: withCors(async (event) => ({ id: event.rawPath })),
  httpJwt: withCors(async (event) => String(event.requestContext.authorizer.jwt.scopes)),
  httpIam: withCors(async (event) => event.requestContext.authorizer.iam.userArn),
  httpLambda: withCors(async (event) => ({ id: event.requestContext.authorizer.lambda.user })),
  alb: withCors(async (event) => ({ statusCode: 200, body: event.requestContext.elb.targetGroupArn })),
  url: withCors(async (event) => ({ statusCode: 200, body: event.requestContext.domainName })),
  urlIam: withCors(async (event) => event.requestContext.authorizer.iam.userArn),
};

export const callbackTypedByConstant: APIGatewayProxyHandler = withCors((event, _context, callback) => {
  callback(null, { statusCode: 200, body: event.path });
});

// @ts-expect-error Property 'rawPath' does not exist on type 'APIGatewayProxyEvent'
export const wrongEvent: APIGatewayProxyHandler = withCors(async (event) => ({ statusCode: 200, body: event.rawPath }));

// @ts-expect-error Type 'number' is not assignable to type 'string'
export const wrongResult: APIGatewayProxyHandler = withCors(async () => ({ statusCode: 200, body: 1 }));

/** Handlers typed by their own annotations only, named after how they answer. */
const annotated = {
  promise: withCors(
    async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => ({ statusCode: 200, body: event.path }),
  ),
  inferred: withCors(async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: event.path })),
  union: withCors(async (event: APIGatewayProxyEvent) =>
    event.body === null ? { statusCode: 400, body: '' } : { statusCode: 200, body: event.body, headers: { A: 'b' } },
  ),
  sync: withCors((event: APIGatewayProxyEvent): APIGatewayProxyResult => ({ statusCode: 200, body: event.path })),
  either: withCors((event: APIGatewayProxyEvent) => {
    const result = { statusCode: 200, body: event.path };
    return event.body === null ? result : Promise.resolve(result);
  }),
  callback: withCors((event: APIGatewayProxyEvent, _context: Context, callback: Callback<APIGatewayProxyResult>) => {
    callback(null, { statusCode: 200, body: event.path });
  }),
  withContext: withCors(async (_event: APIGatewayProxyEvent, context: Context) => ({
    statusCode: 200,
    body: context.awsRequestId,
  })),
  noParameters: withCors(async () => ({ statusCode: 200, body: '' })),
};
export const annotatedRest: Record<keyof typeof annotated, APIGatewayProxyHandler> = annotated;

export const annotatedHttp: Record<string, APIGatewayProxyHandlerV2> = {
  text: withCors(async (event: APIGatewayProxyEventV2) => event.rawPath),
  result: withCors(async (_event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => ({ cookies: ['a=b'] })),
  sync: withCors((_event: APIGatewayProxyEventV2): APIGatewayProxyResultV2 => ({ cookies: ['a=b'] })),
};

export const annotatedAlb: ALBHandler = withCors(
  async (event: ALBEvent): Promise<ALBResult> => ({ statusCode: 200, body: event.path }),
);

// @ts-expect-error 'APIGatewayProxyEvent' is not assignable to type 'ALBEvent'
export const otherSource: APIGatewayProxyHandler = withCors(async (_event: ALBEvent) => ({
  statusCode: 200,
  body: '',
}));

// A wrapped handler is a handler: it can be wrapped again, and stored as the library's own type.
export const again: APIGatewayProxyHandler = withCors(withCors(given.rest));
export const own: LambdaHandler<APIGatewayProxyEvent, Context, APIGatewayProxyResult> = withCors(given.rest);

// An untyped handler stays assignable after the fact, as `any` is.
const untyped = withCors(given.untyped);
export const laterTyped: APIGatewayProxyHandler = untyped;

export const notHandlers = [
  // @ts-expect-error is not assignable to parameter of type 'LambdaHandler
  withCors('index.handler'),
  // @ts-expect-error 'allowOrigins' does not exist in type 'LambdaHandler
  withCors({ allowOrigins: '*' }),
  // @ts-expect-error is not assignable to parameter of type 'LambdaHandler
  withCors(undefined),
];
