/** The causes of docs/troubleshooting.md at work, by their headings. */
import { installAwslambda } from '../../../src/gateway.js';
import { APP, rest } from '../../cli/aws-faults.js';
import {
  answering,
  at,
  aws,
  behind,
  cachedFor,
  routedByHeader,
  scripted,
  silent,
  type World,
  wrapped,
} from './worlds.js';

const OTHER = 'https://admin.example.com';
const ANY = { 'Access-Control-Allow-Origin': '*' };
const MINE = { 'Access-Control-Allow-Origin': APP };

const throws = async (): Promise<never> => {
  throw new Error('no table');
};
const hangs = () => new Promise<never>(() => undefined);

/** Allows whoever asks, if its header has the spelling that the code looks for. */
const looksForOrigin = async ({ headers: { Origin } }: { readonly headers: Readonly<Record<string, string>> }) => ({
  statusCode: 200,
  headers: Origin === undefined ? {} : { 'Access-Control-Allow-Origin': Origin },
  body: '[]',
});

function endsAtOnce() {
  installAwslambda();
  return awslambda.streamifyResponse(async (_event, stream) => {
    awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: MINE }).end();
  });
}

const UNAUTHORIZED = rest(401, 'Unauthorized', 'UnauthorizedException');

const listOfOthers = wrapped({ allowOrigins: [OTHER, 'https://shop.example.com'] });
const onlyOther = behind('rest', wrapped({ allowOrigins: OTHER }));
const onlyGet = { allowOrigins: [APP], allowMethods: ['GET'] } as const;

export const REPRODUCTIONS: Readonly<Record<string, World>> = {
  'The function sends no CORS headers': behind('rest', answering()),
  'The function throws, or returns what the gateway cannot read': behind('rest', throws),
  'An authorizer, an API key or throttling answers first': aws('REST API, 401 of an authorizer'),
  'The path is wrong': behind('rest', wrapped({}), { routes: ['GET /pets'] }),
  'The stage is wrong': async () => {
    const { url, close } = await behind('rest', wrapped({}))();
    return { url: url.replace('/prod', ''), ...(close && { close }) };
  },
  'Your origin is not in the policy': behind('rest', listOfOthers),
  'The HTTP API has a CorsConfiguration': behind('http', wrapped({}), { cors: { allowOrigins: [OTHER] } }),
  'The function takes too long': behind('rest', hangs, { gatewayTimeout: 50 }),
  'The request or the result is too large': behind('rest', answering(ANY, { body: 'x'.repeat(7_000_000) })),
  'The function looks for the header `Origin`, and the event has `origin`': behind('rest', looksForOrigin),
  'A cache has the answer that was made for another request': cachedFor(undefined),
  'CloudFront does not pass on `Origin`': aws('CloudFront that does not forward Origin'),
  'The load balancer reads the other header map': behind('alb-multi', answering(MINE)),
  'A streamed response ends before anything is written': behind('url', endsAtOnce()),
  'The request is redirected': behind('rest', answering({ Location: '/prod/notes/' }, { statusCode: 301 })),

  'The REST API has no OPTIONS method': behind('rest', wrapped({}), { routes: ['PUT /notes'] }),
  'An authorizer or an API key is on OPTIONS': aws('REST API, authorizer on OPTIONS'),
  "The HTTP API's `ANY` or `$default` route has an authorizer": aws('HTTP API, ANY route with authorizer'),
  'The function URL has AuthType AWS_IAM': aws('function URL with AWS_IAM'),
  'The HTTP API has no route for OPTIONS': behind('http', wrapped({}), { routes: ['PUT /notes'] }),
  'The function does not know OPTIONS': behind('rest', answering({}, { statusCode: 405 })),
  'The function fails on OPTIONS': behind('rest', throws),
  'OPTIONS is a mock, and it is broken': aws('REST API, mock OPTIONS broken by binaryMediaTypes'),
  'The policy refuses your origin': behind('rest', listOfOthers),
  'The CorsConfiguration of the HTTP API lacks your origin': behind('http', wrapped({}), {
    cors: { allowOrigins: [OTHER] },
  }),
  'The change is not deployed': aws('REST API without OPTIONS method'),
  'A routing rule looks at a header': routedByHeader(),

  'The gateway refuses OPTIONS, with the headers of its gateway responses': scripted({
    preflight: { ...UNAUTHORIZED, lines: [...(UNAUTHORIZED.lines ?? []), ...Object.entries(MINE)] },
  }),
  'The function adds headers to every response, and its router does not know OPTIONS': behind(
    'rest',
    answering(ANY, { statusCode: 404 }),
  ),
  'A load balancer or CloudFront redirects to https': scripted({
    preflight: {
      status: 301,
      lines: [
        ['Server', 'awselb/2.0'],
        ['Location', 'https://api.example.com:443/notes'],
      ],
    },
  }),
  'A framework redirects to a URL with a slash at its end': behind(
    'rest',
    answering({ ...MINE, Location: '/prod/notes/' }, { statusCode: 308 }),
  ),

  'The function URL has Cors, and the function sets the headers too': behind('url', wrapped({}), {
    cors: { allowOrigins: ['*'] },
  }),
  'The function sets the header twice': behind(
    'rest',
    answering(ANY, { multiValueHeaders: { 'Access-Control-Allow-Origin': [APP] } }),
  ),
  'The value is a list of origins': behind('rest', answering({ 'Access-Control-Allow-Origin': `${APP}, ${OTHER}` })),
  'Only another origin is allowed': onlyOther,
  'It is your origin, but not letter by letter': behind(
    'rest',
    answering({ 'Access-Control-Allow-Origin': `${APP}/` }),
  ),
  'A cache has the answer for another page': cachedFor(OTHER),
  'A mapping template chooses the origin, wrongly': onlyOther,
  'The value is not an origin': behind('rest', answering({ 'Access-Control-Allow-Origin': "'*'" })),
  'The page sends cookies, and the policy allows any origin': behind('rest', wrapped({})),
  'The page sends cookies, and nobody allows it': behind('rest', wrapped({ allowOrigins: APP })),

  'The method is not in the list': behind('rest', wrapped(onlyGet)),
  'The page writes `patch` in lower case': behind('rest', wrapped({})),
  'The value has the quotes of a template': behind(
    'rest',
    answering({ ...ANY, 'Access-Control-Allow-Methods': "'GET,PUT'" }),
  ),
  'The header is not in the list': behind('rest', wrapped({})),
  'The list is `*`, and the page sends cookies': behind(
    'rest',
    answering({ ...MINE, 'Access-Control-Allow-Credentials': 'true', 'Access-Control-Allow-Headers': '*' }),
  ),
  'The list is not separated by commas': behind(
    'rest',
    answering({ ...ANY, 'Access-Control-Allow-Methods': 'GET PUT' }),
  ),
  'The page is https, and the URL is http': at('http://api.example.com/notes'),

  'There is no such host': at('https://api.invalid/'),
  'Nothing listens there': at('http://127.0.0.1:2/'),
  'The TLS handshake fails': silent('https'),
  'The function hangs': silent('http'),
  'The browser blocks the port': at('https://api.example.com:6000/'),

  'A script reads `null` from a response header': behind('rest', answering({ ...ANY, 'WWW-Authenticate': 'Bearer' })),
  'There is a preflight before every request': behind(
    'rest',
    answering({ ...ANY, 'Access-Control-Allow-Methods': 'PUT' }),
  ),
  'It works with one of your pages, and not with the other': aws('no Vary across two origins'),
  'Any site can read the answers, with cookies': aws('any origin is reflected, without Vary and with credentials'),
  'Firefox warns about `*` and Authorization': behind(
    'rest',
    answering({ ...ANY, 'Access-Control-Allow-Headers': '*' }),
  ),
};
