import { CorsPolicyError, compilePolicy, withCors } from 'lambda-cors';
import { browse, inProcess } from 'lambda-cors/browser';
import { createGateway, httpTransport } from 'lambda-cors/gateway';
import { generate, CorsPolicyError as InfraPolicyError, lint } from 'lambda-cors/infra';
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
function refusalOf(make) {
  try {
    return make();
  } catch (error) {
    return error instanceof InfraPolicyError && error.issues[0].path;
  }
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
