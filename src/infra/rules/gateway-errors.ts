import type { Api, Guard } from '../api.js';
import type { Place } from '../node.js';
import { knownOf } from '../value.js';
import { answersOf, mainPreflights, partOf } from './answers.js';
import { staticOrigin } from './remedies.js';
import type { Draft, Rule } from './rule.js';
import { allowsCredentials, textsOf } from './spellings.js';
import { mayOverride } from './template-headers.js';
import { browserSays, inConsole, listed, plural } from './words.js';

const DEFAULTS = ['DEFAULT_4XX', 'DEFAULT_5XX'] as const;

/** The types of which the gateway's own errors have an origin; `undefined` where that is not known. */
function coveredTypes(api: Api): readonly string[] | undefined {
  const types: string[] = [];
  for (const { type, headers, headersKnown } of api.gatewayResponses) {
    const name = knownOf(type);
    if (name === undefined || !headersKnown) return undefined;
    if (headers.some((header) => partOf(header.name) === 'origin')) types.push(String(name));
  }
  return types;
}

interface Cause {
  readonly name: string;
  readonly place: Place;
}

/** What makes the gateway answer by itself, besides paths that do not exist. */
function causesOf({ routes, guards }: Api): readonly Cause[] {
  const methods = routes.flatMap((route) => route.methods).filter(({ method }) => method !== 'OPTIONS');
  const guarded = methods.find(({ auth }) => auth.kind !== 'none' && auth.kind !== 'unknown');
  const keyed = methods.find(({ apiKey }) => knownOf(apiKey.value) === true);
  const validated = methods.find(({ validator }) => validator !== undefined);
  const guard = (kind: Guard['kind']): Place | undefined => guards.find((each) => each.kind === kind)?.place;
  const found: readonly (readonly [name: string, place: Place | undefined])[] = [
    ['an authorizer (401, 403)', guarded?.auth.place],
    ['an API key (403)', keyed?.apiKey.value.place],
    ['a request validator (400)', validated?.validator],
    ['a usage plan (429)', guard('usage plan')],
    ['a firewall (403)', guard('waf')],
  ];
  return found.flatMap(([name, place]) => (place === undefined ? [] : [{ name, place }]));
}

/** Where gateway responses would be written: in the document that has the paths, if it has all the causes too. */
function placeOf(api: Api, causes: readonly Cause[], rootOf: (place: Place) => Place): Place {
  const [first] = causes;
  const isThere = first !== undefined && causes.every(({ place }) => place.source !== api.key.source);
  return isThere ? rootOf(first.place) : api.key;
}

export const LC401: Rule = {
  code: 'LC401',
  severity: 'warning',
  title: "The gateway's own errors have no Access-Control-Allow-Origin",
  text:
    'An authorizer, an API key, a request validator, a usage plan or a firewall makes the gateway answer before any integration. Such an ' +
    'answer has CORS headers only if the API has gateway responses that set them; else a page whose token has expired sees a CORS error instead of a 401.',
  says: inConsole('MissingAllowOriginHeader'),
  guard:
    'Without any such cause it is a note, and nothing is said of an API that another template has. An HTTP API has no gateway responses. ' +
    'Where preflights choose among several origins, gateway responses cannot, and there is no note without a cause; where the policy has several, it is never more than a note.',
  remedy:
    'Set Access-Control-Allow-Origin for DEFAULT_4XX and DEFAULT_5XX: GatewayResponses in SAM, x-amazon-apigateway-gateway-responses in OpenAPI.',
  see: '`lambda-cors probe URL --origin https://app.example.com` without a token shows a 401 that no page can read.',
  check: ({ api, policy, rootOf }) => {
    const covered = coveredTypes(api);
    // What could not be read may have them.
    if (api.kind !== 'rest' || api.external || !api.complete || covered === undefined) return [];
    // Types of their own beside the defaults are another rule's.
    if (covered.some((type) => type !== 'DEFAULT_5XX')) return [];
    const causes = causesOf(api);
    if (causes.length === 0 && (choosesOrigin(api) || covered.length > 0)) return [];
    const why =
      causes.length === 0
        ? 'a path that does not exist, or a function that fails, makes'
        : `${listed(causes.map(({ name }) => name))} ${plural(causes.length, 'makes', 'make')}`;
    const place = placeOf(api, causes, rootOf);
    const origin = staticOrigin(api, policy);
    return [
      {
        place,
        severity: causes.length === 0 || api.fragment || origin === undefined ? 'info' : undefined,
        message: `${why} the gateway answer by itself, without Access-Control-Allow-Origin: a page cannot tell it from a CORS fault, and ${browserSays('MissingAllowOriginHeader')}`,
        remedy: gatewayRemedy(api, origin, place.source !== api.key.source),
      },
    ];
  },
};

/** A mapping template answers several origins. */
function choosesOrigin(api: Api): boolean {
  return mainPreflights(api).some(
    ({ sites, response }) => sites.origin === undefined && mayOverride(response, 'origin'),
  );
}

function isSam({ origin }: Api): boolean {
  return origin === 'sam' || origin === 'sam-implicit';
}

function gatewayRemedy(api: Api, origin: string | undefined, elsewhere: boolean): string {
  if (origin === undefined) {
    return 'nothing can be written: a gateway response cannot choose among several origins, so a page takes a request that fails for one that was refused';
  }
  if (isSam(api) && !elsewhere) {
    return `add GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'${origin}'" } } } } to the API, and the same for DEFAULT_5XX`;
  }
  const header = `gatewayresponse.header.Access-Control-Allow-Origin: "'${origin}'"`;
  return api.definition === 'methods'
    ? `add an AWS::ApiGateway::GatewayResponse for DEFAULT_4XX and one for DEFAULT_5XX with ResponseParameters: { ${header} }`
    : `add x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { responseParameters: { ${header} } } }, and the same for DEFAULT_5XX`;
}

export const LC402: Rule = {
  code: 'LC402',
  severity: 'info',
  title: 'Only some of the gateway responses have Access-Control-Allow-Origin',
  text:
    'DEFAULT_4XX and DEFAULT_5XX stand for all 21 types that are not set by themselves. With some of them only, a page cannot read the others: ' +
    'a timeout is INTEGRATION_TIMEOUT, an expired token EXPIRED_TOKEN.',
  says: inConsole('MissingAllowOriginHeader'),
  guard: 'It is a note: perhaps the others do not happen.',
  remedy: 'Set DEFAULT_4XX and DEFAULT_5XX.',
  see: '`lambda-cors probe URL --origin https://app.example.com` with a path that does not exist.',
  check: ({ api }) => {
    const covered = coveredTypes(api);
    if (api.kind !== 'rest' || covered === undefined || covered.length === 0) return [];
    const missing = DEFAULTS.filter((type) => !covered.includes(type));
    if (missing.length === 0) return [];
    const first = api.gatewayResponses.find(({ headers }) => headers.some(({ name }) => partOf(name) === 'origin'));
    return [
      {
        place: first?.key ?? api.key,
        message: `${listed(missing)} ${missing.length === 1 ? 'has' : 'have'} no Access-Control-Allow-Origin, unlike other gateway responses: a page can read only those`,
        remedy: `set the header for ${listed(missing)} too`,
      },
    ];
  },
};

export const LC403: Rule = {
  code: 'LC403',
  severity: 'warning',
  title: 'A GatewayResponse beside a Body',
  text:
    'An update of the Body replaces the whole API, and what is not in it goes: an AWS::ApiGateway::GatewayResponse of its own is lost, ' +
    'although CloudFormation believes that it is there.',
  says: inConsole('MissingAllowOriginHeader'),
  guard: 'In an API of methods it is right. In an API of SAM, which has GatewayResponses of its own, it is a note.',
  remedy: 'Write it inside the Body, as x-amazon-apigateway-gateway-responses; in SAM as GatewayResponses.',
  see: '`lambda-cors probe URL --origin https://app.example.com` without a token, after an update.',
  check: ({ api }) => {
    if (api.definition === 'methods' || api.definition === 'none' || api.external) return [];
    const sam = isSam(api);
    return api.gatewayResponses
      .filter(({ where, headers }) => where === 'resource' && headers.some(({ name }) => partOf(name) !== undefined))
      .map(
        ({ key, id }): Draft => ({
          place: key,
          severity: sam ? 'info' : undefined,
          message: `${id ?? 'the gateway response'} stands beside the definition of the API, and is lost when that is updated`,
          remedy: sam
            ? `write it as GatewayResponses of ${api.id}`
            : 'write it as x-amazon-apigateway-gateway-responses inside Body',
        }),
      );
  },
};

export const LC404: Rule = {
  code: 'LC404',
  severity: 'warning',
  title: 'A gateway response that allows whoever asks',
  text:
    'method.request.header.Origin as Access-Control-Allow-Origin allows every origin there is. With credentials, any page can read the ' +
    'error messages that are meant for your users.',
  says: 'A browser says nothing: it does what it was told, for everybody.',
  guard: 'Only gateway responses are looked at; with credentials it is an error.',
  remedy: 'Name the origin, or write "\'*\'".',
  see: '`lambda-cors probe URL --origin https://evil.example` shows that a stranger is let in.',
  check: ({ api }) =>
    answersOf(api)
      .filter(({ by }) => by === 'gateway')
      .flatMap(({ sites: { origin, credentials } }) =>
        textsOf(origin)
          .filter(({ form, text }) => form === 'expression' && /^method\.request\.header\.origin$/i.test(text))
          .map(({ place }): Draft => {
            const all = allowsCredentials(credentials);
            return {
              place,
              severity: all ? 'error' : undefined,
              message: `the gateway response allows every origin that asks${all ? ', with credentials' : ''}`,
              remedy: `write "'https://app.example.com'"${all ? '' : `, or "'*'"`}`,
            };
          }),
      ),
};
