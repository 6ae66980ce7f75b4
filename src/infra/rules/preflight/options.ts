import type { Api, Route } from '../../api.js';
import type { Method } from '../../method.js';
import { knownOf } from '../../value.js';
import { carriesCors, isMapped } from '../answers.js';
import { isLeftOut, preflightReason, type Reason } from '../needs.js';
import type { Draft, Rule } from '../rule.js';
import { browserSays, inConsole, listed } from '../words.js';

export const LC201: Rule = {
  code: 'LC201',
  severity: 'error',
  title: 'Nothing answers OPTIONS where a preflight is sent',
  text:
    'PUT, PATCH, DELETE, a JSON body, an authorizer, an API key or a header of its own make a browser ask first, with OPTIONS. A REST API ' +
    'without that method answers 403 Missing Authentication Token, an HTTP API 404, and the request itself is never sent.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard:
    'It is reported only where the API shows elsewhere that pages of other origins are to call it, or --policy says so; a method that ' +
    'the policy does not have gets a note. GET alone needs no preflight, and ANY answers OPTIONS too. Where only a JSON body is likely, and nobody declares it, it is a warning. An OpenAPI document by itself gets a note: the template that includes it may add OPTIONS.',
  remedy:
    'Route OPTIONS to the function, with withCors around it, or add Cors (SAM) or a mock: `lambda-cors enable FILE` writes it into the template.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT`',
  check: ({ api, policy }) =>
    api.routes.flatMap((route) => {
      // A setting that was meant to answer, and has no effect, is the cause, and a finding of its own.
      if (route.options.by !== 'nothing' || (api.kind === 'rest' && api.cors?.where === 'openapi')) return [];
      const asking = route.methods.flatMap((method) => {
        const reason = preflightReason(route, method);
        return reason === undefined ? [] : [{ method, ...reason }];
      });
      const meant = asking.filter(({ method }) => !isLeftOut(policy, method.method));
      if (meant.length > 0) return [unanswered(api, route, meant)];
      return asking.length === 0 ? [] : [unanswered(api, route, asking, 'info')];
    }),
};

type Asking = readonly (Reason & { readonly method: Method })[];

function unanswered(api: Api, route: Route, asking: Asking, most?: 'info'): Draft {
  const isLikely = !asking.some(({ required }) => required);
  const inDocument = isHalfDone(route) ? 'warning' : 'info';
  const reasons = asking.map(({ method, why }) => (why.startsWith(method.method) ? why : `${method.method}: ${why}`));
  const status = api.kind === 'http' ? '404' : '403 Missing Authentication Token';
  return {
    place: route.key,
    severity: most ?? (api.fragment ? inDocument : isLikely ? 'warning' : undefined),
    message: `${route.path} has no OPTIONS, and its methods need a preflight (${listed(reasons)}): it is answered with ${status}, and ${browserSays('PreflightMissingAllowOriginHeader')}`,
    remedy: remedyFor(api),
  };
}

/** One method maps CORS headers by hand and another does not: whoever includes the document, the other cannot be read. */
function isHalfDone({ methods }: Route): boolean {
  const mapped = methods.filter(isMapped);
  const maps = mapped.filter(({ integration }) =>
    integration.responses.some(({ headers }) =>
      headers.some(({ name }) => /^access-control-allow-origin$/i.test(name)),
    ),
  );
  return maps.length > 0 && mapped.some((method) => !carriesCors(method));
}

function remedyFor({ kind, origin, fragment }: Api): string {
  if (kind === 'http')
    return 'add CorsConfiguration, or a route OPTIONS /{proxy+} without authorizer to a function with withCors around it';
  if (fragment) return 'add an options method to the path, unless the template that includes this document has Cors';
  if (origin === 'sam' || origin === 'sam-implicit')
    return 'add Cors to the API, or an event for the path with Method: OPTIONS and Auth: { Authorizer: NONE } to a function with withCors around it';
  return 'add an OPTIONS method to the path with AuthorizationType NONE: `lambda-cors generate` writes it';
}

export const LC202: Rule = {
  code: 'LC202',
  severity: 'error',
  title: 'An authorizer on OPTIONS',
  text:
    'A preflight never carries a token, a cookie or a signature. An authorizer on OPTIONS refuses every one of them, and the request ' +
    'itself is never sent. SAM puts DefaultAuthorizer on the OPTIONS that it makes of Cors, and a security at the root of an OpenAPI document counts for options too.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard:
    'NONE, security: [], and AddDefaultAuthorizerToCorsPreflight: false switch it off. An authorizer that cannot be resolved is not judged.',
  remedy:
    'SAM: AddDefaultAuthorizerToCorsPreflight: false in Auth. OpenAPI: security: [] at options. CloudFormation: AuthorizationType: NONE.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header "Authorization: Bearer x"` shows a preflight answered with 401 or 403.',
  check: ({ api }) =>
    optionsMethods(api)
      .filter(({ method }) => isGuarded(method))
      .map(({ method, route }) => ({
        place: method.made === 'sam-cors' ? method.auth.place : method.key,
        message: `${who(method, route)} asks for authorization${named(method)}, which no preflight carries: ${browserSays('PreflightMissingAllowOriginHeader')}`,
        remedy: open(api, method),
      })),
};

function optionsMethods(api: Api): readonly { readonly route: Route; readonly method: Method }[] {
  return api.routes.flatMap((route) =>
    route.methods.filter(({ method }) => method === 'OPTIONS').map((method) => ({ route, method })),
  );
}

function isGuarded({ auth }: Method): boolean {
  return auth.kind !== 'none' && auth.kind !== 'unknown';
}

function who({ made }: Method, { path }: Route): string {
  return made === 'sam-cors' ? 'the OPTIONS that SAM makes of Cors' : `OPTIONS ${path}`;
}

function named({ auth }: Method): string {
  if (auth.kind === 'iam') return ' with AWS_IAM';
  return auth.authorizer === undefined ? '' : ` by ${auth.authorizer}`;
}

function open({ kind }: Api, { made, auth, id }: Method): string {
  if (made === 'sam-cors') return 'add AddDefaultAuthorizerToCorsPreflight: false to Auth of the API';
  if (made === 'sam-event') return 'add Auth: { Authorizer: NONE } to the event';
  // A resource of its own, and not an item of a document.
  if (id !== undefined && auth.from === 'method')
    return kind === 'http' ? 'write AuthorizationType: NONE at the route' : 'write AuthorizationType: NONE';
  return 'add security: [] to options';
}

export const LC203: Rule = {
  code: 'LC203',
  severity: 'error',
  title: 'An API key on OPTIONS',
  text:
    'A preflight carries no x-api-key, so API Gateway answers it with 403 Forbidden. SAM puts ApiKeyRequired of Auth on the OPTIONS ' +
    'that it makes of Cors.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard:
    'AddApiKeyRequiredToCorsPreflight: false switches it off. What is only known when the stack is deployed is not judged.',
  remedy:
    'SAM: AddApiKeyRequiredToCorsPreflight: false in Auth. CloudFormation: ApiKeyRequired: false at the OPTIONS method.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header "x-api-key: x"` shows a preflight answered with 403.',
  check: ({ api }) =>
    [...optionsMethods(api), ...anyMethods(api)]
      .filter(({ method }) => knownOf(method.apiKey.value) === true)
      .map(({ method, route }) => ({
        place:
          method.made === 'sam-cors' && method.apiKey.value.kind === 'known' ? method.apiKey.value.place : method.key,
        message: `${method.method === 'ANY' ? `ANY ${route.path}` : who(method, route)} asks for an API key, which no preflight carries: ${browserSays('PreflightMissingAllowOriginHeader')}`,
        remedy: withoutKey(method),
      })),
};

function withoutKey({ made, method, id }: Method): string {
  if (made === 'sam-cors') return 'add AddApiKeyRequiredToCorsPreflight: false to Auth of the API';
  if (method === 'ANY') return 'add an OPTIONS method to the path that needs no API key';
  if (made === 'sam-event') return 'add Auth: { ApiKeyRequired: false } to the event';
  return id === undefined ? 'add security: [] to options' : 'write ApiKeyRequired: false';
}

/** `ANY` methods that OPTIONS requests come to. */
function anyMethods(
  api: Api,
): readonly { readonly route: Route; readonly method: Method; readonly paths: readonly string[] }[] {
  const found = new Map<Method, { readonly route: Route; readonly method: Method; readonly paths: string[] }>();
  const owners = new Map(api.routes.flatMap((route) => route.methods.map((method) => [method, route] as const)));
  for (const route of api.routes) {
    if (route.options.by !== 'method' || route.options.method.method !== 'ANY') continue;
    const { method } = route.options;
    const entry = found.get(method) ?? { route: owners.get(method) ?? route, method, paths: [] };
    entry.paths.push(route.path);
    found.set(method, entry);
  }
  return [...found.values()];
}

export const LC204: Rule = {
  code: 'LC204',
  severity: 'error',
  title: 'ANY with an authorizer catches OPTIONS',
  text:
    'ANY and $default answer OPTIONS too. With an authorizer they refuse every preflight, and in an HTTP API they do so before ' +
    'CorsConfiguration gets to answer.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard: 'An OPTIONS method without authorizer at the same path, or at a greedier one in an HTTP API, shields it.',
  remedy:
    'Add a route for OPTIONS without authorizer: OPTIONS /{proxy+} in an HTTP API, an OPTIONS method at the same path in a REST API.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header "Authorization: Bearer x"` shows a preflight answered with 401 or 403.',
  check: ({ api }) =>
    anyMethods(api)
      .filter(({ method }) => isGuarded(method))
      .map(({ method, route, paths }) => ({
        place: method.key,
        message: `${route.path === '$default' ? '$default' : `ANY ${route.path}`} asks for authorization${named(method)} and catches the preflights of ${listed(paths)}: ${browserSays('PreflightMissingAllowOriginHeader')}`,
        remedy:
          api.kind === 'http'
            ? `add a route OPTIONS ${route.path === '$default' ? '/{proxy+}' : route.path} without authorizer (SAM: Auth: { Authorizer: NONE })`
            : `add an OPTIONS method to ${route.path} without authorizer`,
      })),
};
