// No types but the package's own: neither @types/aws-lambda nor @types/node is there, and library files are checked.
import {
  type CompiledPolicy,
  type CorsPolicy,
  CorsPolicyError,
  compilePolicy,
  type LambdaHandler,
  withCors,
} from 'lambda-cors';
import { createGateway, type Gateway, type GatewayOptions } from 'lambda-cors/gateway';
import { type CorsMiddleware, cors, CorsPolicyError as MiddyPolicyError } from 'lambda-cors/middy';
import { type StreamingHandler, withCorsStreaming } from 'lambda-cors/streaming';

interface ApiEvent {
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: object;
}

const settings: CorsPolicy = { allowOrigins: ['https://app.example.com'], allowMethods: ['GET'], maxAge: 60 };
export const policy: CompiledPolicy = compilePolicy(settings);
export const middleware: CorsMiddleware = cors(policy);
export const handler = withCors(
  async (_event: ApiEvent, _context: unknown) => ({ statusCode: 200, headers: { ETag: '"1"' }, body: 'hello' }),
  policy,
);

/** A wrapper of one's own: its declaration has to name what is inferred here. */
export function api<Event, Context, Result>(fn: LambdaHandler<Event, Context, Result>) {
  return withCors(fn, policy);
}
export function streamingApi<Event, Stream, Context>(fn: StreamingHandler<Event, Stream, Context>) {
  return withCorsStreaming(fn, policy);
}

export function makeGateway(options: Omit<GatewayOptions, 'handler'>): Promise<Gateway> {
  return createGateway({ ...options, handler }).listen({ port: 0 });
}

/** What the package does here; package.test.ts compares it with what it should do. */
export async function results() {
  const asked = event('OPTIONS', { 'Access-Control-Request-Method': 'GET' });
  const request = { event: asked, context: {}, internal: {}, response: undefined, error: undefined };
  return {
    answer: await handler(event('GET', {}), {}),
    preflight: await handler(asked, {}),
    middy: await middleware.before(request),
    streaming: typeof withCorsStreaming(async () => {}, policy),
    errors: [errorOf(() => withCors(handler, { allowOrigins: 'x' })), errorOf(() => cors({ allowOrigins: 'x' }))],
  };
}

function event(httpMethod: string, headers: Readonly<Record<string, string>>): ApiEvent {
  return { httpMethod, headers: { Origin: 'https://app.example.com', ...headers }, requestContext: {} };
}

/** One class in both entry points, so that one `instanceof` narrows the errors of either. */
function errorOf(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) return error;
    return [true, error instanceof MiddyPolicyError, error.issues[0]?.path];
  }
}

// @ts-expect-error: a browser refuses it.
export const refused = () => withCors(handler, { allowOrigins: '*', allowCredentials: true });
