import { CorsPolicyError, compilePolicy, withCors } from 'lambda-cors';
import { cors, CorsPolicyError as MiddyPolicyError } from 'lambda-cors/middy';
import { withCorsStreaming } from 'lambda-cors/streaming';

const policy = compilePolicy({ allowOrigins: ['https://app.example.com'], allowMethods: ['GET'], maxAge: 60 });
const handler = withCors(async () => ({ statusCode: 200, headers: { ETag: '"1"' }, body: 'hello' }), policy);

/** What the package does here; package.test.ts compares it with what it should do. */
export async function results() {
  return {
    answer: await handler(event('GET', {}), {}),
    preflight: await handler(event('OPTIONS', { 'Access-Control-Request-Method': 'GET' }), {}),
    middy: await cors(policy).before({ event: event('OPTIONS', { 'Access-Control-Request-Method': 'GET' }) }),
    streaming: typeof withCorsStreaming(async () => {}, policy),
    errors: [errorOf(() => withCors(handler, { allowOrigins: 'x' })), errorOf(() => cors({ allowOrigins: 'x' }))],
  };
}

function event(httpMethod, headers) {
  return { httpMethod, headers: { Origin: 'https://app.example.com', ...headers }, requestContext: {} };
}

/** One class in both entry points, so that one `instanceof` will do. */
function errorOf(make) {
  try {
    return make();
  } catch (error) {
    return [error instanceof CorsPolicyError, error instanceof MiddyPolicyError, error.issues[0].path];
  }
}
