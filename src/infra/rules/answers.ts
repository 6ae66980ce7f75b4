import type { Api, CorsSetting, GatewayResponse, Route } from '../api.js';
import type { HeaderMapping, IntegrationResponse, Method } from '../method.js';
import type { Place } from '../node.js';
import { knownOf, type Value, type Written } from '../value.js';

/** The CORS headers that a template can set. */
export type Part = 'origin' | 'methods' | 'headers' | 'expose' | 'maxAge' | 'credentials';

/** A value that becomes a CORS header, and where it is written. */
export interface Site {
  readonly part: Part;
  /** As it is written: `AllowOrigin`, `Access-Control-Allow-Origin`. */
  readonly name: string;
  /** `mapping`: a mapping expression, static text in single quotes. `text`: the value as it is, in a list where it is one. */
  readonly syntax: 'mapping' | 'text';
  readonly value: Value<Written>;
  readonly key: Place;
}

/** What answers a request by itself, with the CORS headers that it sets. */
export interface Answer {
  /**
   * `sam`: the OPTIONS that SAM makes of `Cors`. `http`, `url`: the CORS feature. `response`: an integration response.
   * `gateway`: a gateway response.
   */
  readonly by: 'sam' | 'http' | 'url' | 'response' | 'gateway';
  /** It answers preflights. */
  readonly preflight: boolean;
  readonly key: Place;
  readonly sites: Readonly<Partial<Record<Part, Site>>>;
  /** Other headers may be set, by what is unknown. */
  readonly complete: boolean;
  /** The routes whose preflights it answers; of a response, the one that has it. */
  readonly routes: readonly Route[];
  readonly method?: Method;
  readonly response?: IntegrationResponse;
  readonly gateway?: GatewayResponse;
}

const PARTS: Readonly<Record<string, Part>> = {
  'access-control-allow-origin': 'origin',
  'access-control-allow-methods': 'methods',
  'access-control-allow-headers': 'headers',
  'access-control-expose-headers': 'expose',
  'access-control-max-age': 'maxAge',
  'access-control-allow-credentials': 'credentials',
};

export function partOf(header: string): Part | undefined {
  const name = header.toLowerCase();
  return Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
}

const ANSWERS = new WeakMap<Api, readonly Answer[]>();

/** Every answer of an API that a template describes. A setting without effect is not an answer. */
export function answersOf(api: Api): readonly Answer[] {
  const known = ANSWERS.get(api);
  if (known !== undefined) return known;
  const answers = [...featureAnswers(api), ...responseAnswers(api), ...api.gatewayResponses.map(gatewayAnswer)];
  ANSWERS.set(api, answers);
  return answers;
}

export function preflightsOf(api: Api): readonly Answer[] {
  return answersOf(api).filter(({ preflight }) => preflight);
}

function featureAnswers(api: Api): readonly Answer[] {
  const { cors, kind } = api;
  if (cors === undefined || cors.form === 'false' || cors.form === 'unknown' || isReplaced(api)) return [];
  if (kind === 'rest') {
    if (cors.where !== 'sam-rest' || cors.applied.length === 0) return [];
    const applied = new Set(cors.applied);
    const routes = api.routes.filter(({ path }) => applied.has(path));
    return [featureAnswer(cors, 'sam', 'mapping', routes)];
  }
  // A text is refused, or a parameter that is true when the stack is deployed.
  if (cors.form === 'string') return [];
  const routes = api.routes.filter(({ options }) => options.by === 'cors');
  return [featureAnswer(cors, kind, 'text', routes)];
}

function featureAnswer(
  cors: CorsSetting,
  by: 'sam' | 'http' | 'url',
  syntax: Site['syntax'],
  routes: readonly Route[],
): Answer {
  const settings = {
    origin: cors.allowOrigins ?? anyOrigin(cors, syntax),
    methods: cors.allowMethods,
    headers: cors.allowHeaders,
    expose: cors.exposeHeaders,
    maxAge: cors.maxAge,
    credentials: cors.allowCredentials,
  } as const;
  const sites: Partial<Record<Part, Site>> = {};
  for (const [part, setting] of Object.entries(settings) as [Part, CorsSetting['maxAge']][]) {
    if (setting === undefined) continue;
    // SAM writes the inner quotes of `AllowCredentials: true` itself, and takes nothing else.
    sites[part] = { part, syntax: part === 'credentials' ? 'text' : syntax, ...setting };
  }
  return { by, preflight: true, key: cors.key, sites, complete: true, routes };
}

/**
 * SAM makes an API of a reserved name for events that name none, and does so in place of a resource of that name: its
 * properties are lost, those of Globals are not.
 */
export function isReplaced({ id, origin, cors, routes }: Api): boolean {
  const isReserved = id === 'ServerlessRestApi' || id === 'ServerlessHttpApi';
  return isReserved && origin === 'sam' && cors?.from === 'resource' && routes.some(isOfEvent);
}

function isOfEvent({ methods }: Route): boolean {
  return methods.some(({ made }) => made === 'sam-event');
}

/** What was meant to be AllowOrigins, in an HTTP API or a function URL that has none. */
export function misspelledOrigins({
  where,
  allowOrigins,
  others,
}: CorsSetting): CorsSetting['others'][number] | undefined {
  if (where === 'sam-rest' || allowOrigins !== undefined) return undefined;
  return others.find(({ name }) => /^allow-?origins?$/i.test(name));
}

/** SAM's defaults: any origin, for a REST API without `AllowOrigin` and for `CorsConfiguration: true`. */
function anyOrigin({ where, form, key }: CorsSetting, syntax: Site['syntax']): CorsSetting['allowOrigins'] {
  if (where !== 'sam-rest' && form !== 'true') return undefined;
  const value = syntax === 'mapping' ? "'*'" : '*';
  return {
    name: where === 'sam-rest' ? 'AllowOrigin' : 'AllowOrigins',
    key,
    value: { kind: 'known', value, place: key },
  };
}

function responseAnswers(api: Api): readonly Answer[] {
  if (api.kind !== 'rest') return [];
  return api.routes.flatMap((route) =>
    route.methods
      .filter((method) => method.made !== 'sam-cors' && isMapped(method))
      .flatMap((method) =>
        method.integration.responses.map((response): Answer => {
          const { headers, headersKnown, key } = response;
          return {
            by: 'response',
            preflight: method.method === 'OPTIONS',
            key,
            sites: sitesOf(headers),
            complete: headersKnown,
            routes: [route],
            method,
            response,
          };
        }),
      ),
  );
}

/** Responses of proxies are the function's or the server's: mappings do nothing there. */
export function isMapped({ integration }: Method): boolean {
  return ['mock', 'lambda', 'aws', 'http'].includes(integration.kind);
}

function gatewayAnswer(gateway: GatewayResponse): Answer {
  return {
    by: 'gateway',
    preflight: false,
    key: gateway.key,
    sites: sitesOf(gateway.headers),
    complete: gateway.headersKnown,
    routes: [],
    gateway,
  };
}

function sitesOf(headers: readonly HeaderMapping[]): Partial<Record<Part, Site>> {
  const sites: Partial<Record<Part, Site>> = {};
  for (const { name, key, value } of headers) {
    const part = partOf(name);
    if (part !== undefined) sites[part] = { part, name, syntax: 'mapping', value, key };
  }
  return sites;
}

/** Whether a template wants its API to be called by pages of other origins: without any sign, nothing is said. */
export function wantsCors(api: Api): boolean {
  const { cors } = api;
  if (cors !== undefined && cors.form !== 'false') return true;
  if (api.gatewayResponses.some(({ headers }) => headers.some(({ name }) => partOf(name) !== undefined))) return true;
  return api.routes.some((route) => route.methods.some((method) => method.method === 'OPTIONS' || carriesCors(method)));
}

/** Whether a method declares or maps a CORS header. */
export function carriesCors({ integration, responses }: Method): boolean {
  return (
    responses.some(({ headers }) => headers.some(({ name }) => partOf(name) !== undefined)) ||
    integration.responses.some(({ headers }) => headers.some(({ name }) => partOf(name) !== undefined))
  );
}

/** The answers that preflights get, one for each method: where a method has several responses, the one that succeeds. */
export function mainPreflights(api: Api): readonly Answer[] {
  const main = new Map<Method | undefined, Answer>();
  for (const answer of preflightsOf(api)) {
    const before = main.get(answer.method);
    if (before === undefined || rank(answer) > rank(before)) main.set(answer.method, answer);
  }
  return [...main.values()];
}

function rank({ response, sites }: Answer): number {
  const status = String(knownOf(response?.statusCode) ?? '');
  return (status.startsWith('2') ? 2 : 0) + (sites.origin === undefined ? 0 : 1);
}
