import { ENGINES, type EngineName } from '../browser/engine.js';
import { isForbiddenRequestHeader } from '../browser/forbidden-headers.js';
import { headerNames, preflightReasons, preflightRequest } from '../browser/preflight-request.js';
import { requestFault } from '../browser/request-fault.js';
import type { CredentialsMode, HeaderLine, HeaderLines, PreflightReason } from '../browser/types.js';
import { compilePolicy } from '../core/compile.js';
import { checkKeys } from '../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../core/policy.js';
import type { Api, Route } from './api.js';
import type { Method } from './method.js';
import type { Place } from './node.js';
import { onlyRedirects, playActual, playNotFound, playUnauthorized } from './play/actual.js';
import { acrossWorlds, judgePreflight, judgeResponse, type Outcome, type Question, worst } from './play/outcome.js';
import type { Played } from './play/played.js';
import { playPolicy } from './play/policy.js';
import { playPreflight } from './play/preflight.js';
import { worldsOfRoute } from './play/worlds.js';
import { knownOf, type World } from './value.js';

/** Whose page asks, and how. */
export interface JudgeOptions {
  /** The page's origin, such as `https://app.example.com`. */
  readonly origin: string;
  /** Default `same-origin`, as of `fetch()`: no cookies for another origin. */
  readonly credentials?: CredentialsMode | undefined;
  /** What a page sends to methods that are `ANY`. Default `PUT`, which needs a preflight. */
  readonly method?: string | undefined;
  /** Request headers that the page sends besides what the API asks for. */
  readonly headers?: HeaderLines | undefined;
  /** Default `chromium`. */
  readonly engine?: EngineName | undefined;
  /** The policy that the functions behind the API have, or would have, in `withCors`. */
  readonly policy?: CorsPolicy | CompiledPolicy | undefined;
}

/** What a page on the origin would see of one method of an API. */
export interface Verdict {
  /** Logical id; empty for an OpenAPI document by itself. */
  readonly api: string;
  /** What kind of API it is. */
  readonly kind: Api['kind'];
  /** The path, as API Gateway has it. */
  readonly path: string;
  /** As it is written, `ANY` for all. */
  readonly method: string;
  /** Logical id of the function behind it, where it is in the template. */
  readonly function?: string;
  /** Where the method is written. */
  readonly place: Place;
  /**
   * What CORS is needed for: a preflight and the response; the response only; or nothing, since pages are led there and
   * do not read it.
   */
  readonly needs: 'preflight' | 'response' | 'navigation';
  /** Why there is a preflight. */
  readonly reasons: readonly PreflightReason[];
  /** Would the preflight pass? */
  readonly preflight: Outcome;
  /** Could the page read the response? */
  readonly response: Outcome;
  /** Could it read the gateway's 401 or 403, when credentials are missing or wrong? */
  readonly unauthorized: Outcome;
  /** Could it read what the API says of a path that it does not have? */
  readonly notFound: Outcome;
}

/**
 * What a page on an origin would see of an API, route by route: the model, played as the gateway would answer, judged
 * as a browser would judge. What only the function knows, or the template does not say, is `unknown`.
 *
 * @param api As `readApis` has read it.
 * @param options Whose page asks, and how.
 * @throws {TypeError} For a request that no page can make, such as one of an origin with a path.
 * @throws {CorsPolicyError} For a faulty policy.
 * @example
 * const [api] = readApis([{ path: 'template.yaml', text }])
 * for (const { path, method, preflight, response } of judge(api, { origin: 'https://app.example.com' })) {
 *   console.log(method, path, preflight.outcome, response.outcome)
 * }
 */
export function judge(api: Api, options: JudgeOptions): readonly Verdict[] {
  checkKeys(
    'judge',
    options,
    ['origin', 'credentials', 'method', 'headers', 'engine', 'policy'],
    'judge(api, { origin: "https://app.example.com" })',
  );
  const { origin, credentials = 'same-origin', method = 'PUT', headers = [] } = options;
  const fault = requestFault({ origin, credentials, method, headers, url: BASE });
  if (fault !== undefined) throw new TypeError(`judge: ${fault}`);
  const policy = options.policy === undefined ? undefined : compilePolicy(options.policy as CorsPolicy);
  return api.routes.flatMap((route) =>
    route.methods
      .filter(({ method }, _index, all) => method !== 'OPTIONS' || all.length === 1)
      .map((method) => judgeMethod(api, route, method, options, policy)),
  );
}

/** Where the API is does not matter, so long as it is not where the page is. */
const BASE = 'https://api.example.com';

function judgeMethod(
  api: Api,
  route: Route,
  method: Method,
  options: JudgeOptions,
  policy: CompiledPolicy | undefined,
): Verdict {
  const { origin, credentials = 'same-origin', engine: engineName = 'chromium' } = options;
  const engine = ENGINES[engineName];
  const name = method.method === 'ANY' ? (options.method ?? 'PUT') : method.method;
  const sent = sentHeaders(method, options.headers ?? []);
  const reasons = preflightReasons(name, sent, engine);
  const url = `${BASE}${route.path.startsWith('/') ? route.path : '/'}`;
  const preflight = preflightRequest(url, name, origin, reasons);
  const actual = { method: name, url, headers: [...sent, ['origin', origin] as const] };
  const question: Question = { origin, credentials, method: name, unsafeHeaders: headerNames(reasons), url, engine };
  const redirects = onlyRedirects(method);
  const worlds = worldsOfRoute(api, route, method);
  const across = (outcome: (world: World) => Outcome) =>
    acrossWorlds(worlds.map((world) => [world, outcome(world)] as const));
  const withPolicy = (played: Played, outcome: Outcome, isPreflight: boolean): Outcome => {
    if (played.kind !== 'function' || policy === undefined) return outcome;
    const made = playPolicy(policy, isPreflight ? preflight : actual);
    return { ...outcome, withPolicy: (isPreflight ? judgePreflight : judgeResponse)(made, question) };
  };
  const read = (played: Played | undefined, why: string): Outcome =>
    played === undefined ? { outcome: 'not asked', why } : withPolicy(played, judgeResponse(played, question), false);
  return {
    api: api.id,
    kind: api.kind,
    path: route.path,
    method: method.method,
    ...(method.function !== undefined && { function: method.function }),
    place: method.key,
    needs: redirects ? 'navigation' : reasons.length > 0 ? 'preflight' : 'response',
    reasons: redirects ? [] : reasons,
    preflight:
      reasons.length === 0 || redirects
        ? { outcome: 'not asked', why: redirects ? LED : 'the request needs no preflight' }
        : across((world) => {
            const played = playPreflight(api, route, preflight, world);
            return withPolicy(played, judgePreflight(played, question), true);
          }),
    response: redirects
      ? { outcome: 'not asked', why: LED }
      : across((world) => worst(playActual(api, route, method, actual, world).map((played) => read(played, '')))),
    unauthorized: across((world) =>
      read(playUnauthorized(api, method, actual, world), 'nothing has to be authenticated'),
    ),
    notFound: across((world) => read(playNotFound(api, actual, world), 'the function has every path')),
  };
}

const LED = 'it only redirects: pages are led there and do not read it';

/** What a page has to send: credentials, required headers, JSON. Only the value of the content type matters. */
function sentHeaders({ auth, apiKey, parameters, consumes, method }: Method, more: HeaderLines): HeaderLines {
  const names = new Set<string>(auth.kind === 'iam' ? ['authorization', 'x-amz-date'] : auth.headers);
  if (knownOf(apiKey.value) === true) names.add('x-api-key');
  for (const { name, required } of parameters) if (knownOf(required) === true) names.add(name.toLowerCase());
  names.delete('content-type');
  const given = new Set(more.map(([name]) => name.toLowerCase()));
  const json =
    consumes.some((type) => /json/i.test(type)) || (consumes.length === 0 && /^P(?:OST|UT|ATCH)$/.test(method));
  const lines: HeaderLine[] = [...names].filter((name) => !given.has(name)).map((name) => [name, 'value']);
  if (json && !given.has('content-type')) lines.push(['content-type', 'application/json']);
  return [...lines, ...more].filter(([name, value]) => !isForbiddenRequestHeader(name, value));
}
