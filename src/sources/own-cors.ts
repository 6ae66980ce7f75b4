import { type HeaderLines, type HttpRequest, type HttpResponse, valuesOf, withoutHeaders } from './messages.js';
import type { GatewayCors } from './settings.js';

/** A gateway's own CORS feature: what it answers itself, and what it makes of the function's headers. */
export interface OwnCors {
  preflight(request: HttpRequest): HttpResponse | undefined;
  apply(request: HttpRequest, lines: HeaderLines): HeaderLines;
}

/**
 * `CorsConfiguration` of an HTTP API. It "ignores CORS headers returned from your backend", so that an origin which
 * the function has allowed is never seen. Whether errors of its own get the headers is not documented; here they do not.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function httpApiCors(cors: GatewayCors): OwnCors {
  return {
    preflight(request) {
      if (!isPreflight(request)) return undefined;
      return { status: 204, lines: preflightLines(request, cors, namesOrScheme), body: NOTHING };
    },
    apply(request, lines) {
      const kept = withoutHeaders(lines, (name) => name.startsWith('access-control-'));
      return [...kept, ...actualLines(request, cors, namesOrScheme)];
    },
  };
}

/**
 * `Cors` of a function URL. The function's headers stay beside its own, and a browser accepts no origin twice.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */
export function functionUrlCors(cors: GatewayCors): OwnCors {
  return {
    preflight(request) {
      if (!isPreflight(request)) return undefined;
      return { status: 200, lines: preflightLines(request, cors, names), body: NOTHING };
    },
    apply(request, lines) {
      return [...lines, ...actualLines(request, cors, names)];
    },
  };
}

const NOTHING = /* @__PURE__ */ new Uint8Array();

function isPreflight({ method, lines }: HttpRequest): boolean {
  return (
    method === 'OPTIONS' &&
    valuesOf(lines, 'origin').length > 0 &&
    valuesOf(lines, 'access-control-request-method').length > 0
  );
}

/** Whether the origins that are allowed have this one among them. */
type Names = (allowOrigins: readonly string[], origin: string) => boolean;

const names: Names = (allowOrigins, origin) => allowOrigins.includes(origin);

/** HTTP APIs take `https://*` for every origin with that scheme. Function URLs are not known to. */
const namesOrScheme: Names = (allowOrigins, origin) =>
  names(allowOrigins, origin) || allowOrigins.includes(`${origin.split('://', 1)[0]}://*`);

function preflightLines(request: HttpRequest, cors: GatewayCors, isNamed: Names): HeaderLines {
  const origin = originLines(request, cors, isNamed);
  if (origin.length === 0) return [];
  const { allowMethods = [], allowHeaders = [], maxAge } = cors;
  return [
    ...origin,
    ...listLine('Access-Control-Allow-Methods', allowMethods),
    ...listLine('Access-Control-Allow-Headers', allowHeaders),
    ...(maxAge === undefined ? [] : [['Access-Control-Max-Age', String(maxAge)] as const]),
  ];
}

function actualLines(request: HttpRequest, cors: GatewayCors, isNamed: Names): HeaderLines {
  const origin = originLines(request, cors, isNamed);
  if (origin.length === 0) return [];
  return [...origin, ...listLine('Access-Control-Expose-Headers', cors.exposeHeaders ?? [])];
}

/** Nothing for a request without `Origin`, and nothing for an origin that is not allowed. */
function originLines(
  { lines }: HttpRequest,
  { allowOrigins = [], allowCredentials }: GatewayCors,
  isNamed: Names,
): HeaderLines {
  const [origin] = valuesOf(lines, 'origin');
  if (origin === undefined) return [];
  const any = allowOrigins.includes('*');
  if (!any && !isNamed(allowOrigins, origin)) return [];
  return [
    ['Access-Control-Allow-Origin', any ? '*' : origin],
    ...(allowCredentials === true ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
  ];
}

function listLine(name: string, values: readonly string[]): HeaderLines {
  return values.length > 0 ? [[name, values.join(',')]] : [];
}
