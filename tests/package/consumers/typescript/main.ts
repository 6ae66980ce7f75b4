// Compiled to ES modules and, as the consumer typescript-commonjs, to CommonJS: the JavaScript that people write by hand.
// No types but the package's own: neither @types/aws-lambda nor @types/node is there, and library files are checked.
import {
  type CompiledPolicy,
  type CorsPolicy,
  CorsPolicyError,
  compilePolicy,
  type LambdaHandler,
  withCors,
} from 'lambda-cors';
import { browse, inProcess } from 'lambda-cors/browser';
import { createGateway, type Gateway, type GatewayOptions, httpTransport } from 'lambda-cors/gateway';
import { generate, CorsPolicyError as InfraPolicyError, lint } from 'lambda-cors/infra';
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

/** The same for what is used beside a function. */
export async function tools() {
  const origin = 'https://app.example.com';
  const page = await browse({ origin, url: 'https://api.example.com/notes', method: 'DELETE' }, inProcess(handler));
  const gateway = await createGateway({ handler, source: 'rest' }).listen();
  const real = await browse({ origin, url: `${gateway.url}/notes` }, httpTransport());
  await gateway.close();
  return {
    page: page.verdict.allowed || page.verdict.reason,
    real: real.verdict.allowed && real.verdict.body,
    generated: JSON.parse(generate(policy, 'headers').text).response,
    found: lint([{ path: 'template.yaml', text: TEMPLATE }]).map(({ code }) => code),
    error: refusalOf(() => generate({ allowOrigins: 'x' }, 'sam')),
  };
}

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ['*']
        AllowCredentials: true
`;

/** The class of this entry: the tools share nothing with what a function loads. */
function refusalOf(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error instanceof InfraPolicyError && error.issues[0]?.path;
  }
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
