/** What is in front of the functions of docs/migrating.md, as its templates say. */
import { parse } from 'yaml';
import { inProcess, type Transport, type WireRequest } from '../../../src/browser.js';
import { playGatewayError } from '../../../src/infra/play/gateway-errors.js';
import type { Played } from '../../../src/infra/play/played.js';
import { playPreflight } from '../../../src/infra/play/preflight.js';
import { type Api, readApis } from '../../../src/infra.js';

type Handler = Parameters<typeof inProcess>[0];

/** The API of a template. */
export function apiOf(template: string): Api {
  const [api] = readApis([{ path: 'template.yaml', text: template }]);
  if (api === undefined) throw new Error('the template has no API');
  return api;
}

/** A REST API: what the gateway answers itself is played from the template, all else is the function's. */
export function restApi(template: string, handler: Handler): Transport {
  const api = apiOf(template);
  const toFunction = inProcess(handler, { source: 'rest' });
  return async (request) => {
    const played = playedBy(api, request);
    if (played.kind === 'function') return toFunction(request);
    if (played.kind === 'response') return { status: played.status, headers: played.headers };
    throw new Error(`${request.method} ${request.url} is ${played.kind}`);
  };
}

function playedBy(api: Api, request: WireRequest): Played {
  const path = new URL(request.url).pathname;
  const route = api.routes.find((each) => each.path === path || (each.path === '/{proxy+}' && path !== '/'));
  if (route === undefined) return playGatewayError(api, 'MISSING_AUTHENTICATION_TOKEN', request, {});
  return request.method === 'OPTIONS' ? playPreflight(api, route, request, {}) : { kind: 'function' };
}

/** An HTTP API behind the local gateway, with the `CorsConfiguration` of the template as its option `cors`. */
export function httpApi(template: string, handler: Handler): Transport {
  const resources: readonly { readonly Properties?: { readonly CorsConfiguration?: object } }[] = Object.values(
    parse(template, { logLevel: 'silent' }).Resources,
  );
  const [CorsConfiguration] = resources.flatMap(({ Properties }) => Properties?.CorsConfiguration ?? []);
  const cors = Object.entries(CorsConfiguration ?? {}).map(([name, value]) => [
    name.replace(/^./, (first) => first.toLowerCase()),
    value,
  ]);
  return inProcess(handler, { source: 'http', ...(cors.length > 0 && { cors: Object.fromEntries(cors) }) });
}
