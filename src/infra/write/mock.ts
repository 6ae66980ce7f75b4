import type { CompiledPolicy, CorsField, Decision } from '../../core/policy.js';
import { CORS_RESPONSE_HEADERS } from '../../core/response-headers.js';
import { onlyOrigin, originsOf } from './checks.js';

/** How a mock integration of a REST API answers preflights, whatever it is written in. */
export interface Mock {
  readonly status: string;
  /** Names and values, without the quotes that a mapping puts around static values. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestTemplate: string;
  /** Velocity that chooses the origin; undefined when it is always the same. */
  readonly responseTemplate: string | undefined;
}

export function mockOf(policy: CompiledPolicy): Mock {
  const only = onlyOrigin(policy);
  const origins = originsOf(policy);
  const fixed = headersOf(policy.preflight, [
    'allowOrigin',
    'allowMethods',
    'allowHeaders',
    'allowCredentials',
    'maxAge',
  ]);
  return {
    status: '204',
    // One answer for everyone varies by nothing; several differ by origin alone, since their lists are whole.
    headers: only === undefined ? { ...fixed, [CORS_RESPONSE_HEADERS.vary.name]: 'Origin' } : fixed,
    requestTemplate: '{"statusCode": 204}',
    responseTemplate: only === undefined && origins !== '*' ? chooseOrigin(origins) : undefined,
  };
}

/** Some headers of a decision, by name. */
function headersOf(decision: Decision, fields: readonly CorsField[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = decision[field];
      return value ? [[CORS_RESPONSE_HEADERS[field].name, value]] : [];
    }),
  );
}

/**
 * Velocity that gives an origin of the list back, and nothing to others. A mapping without a choice would tell everyone
 * the first one.
 *
 * `$input.params("Origin")` would take a query parameter of that name first, and `matches` would take the dots for
 * wildcards. An override may be set only once:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
function chooseOrigin(origins: readonly string[]): string {
  return [
    '#set($allowed = "")',
    '#foreach($name in ["origin", "Origin"])',
    '#set($origin = $input.params().header.get($name))',
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(' || ')})`,
    '#set($allowed = $origin)',
    '#end',
    '#end',
    '#if($allowed != "")',
    '#set($context.responseOverride.header.Access-Control-Allow-Origin = $allowed)',
    '#end',
    '',
  ].join('\n');
}

/** `'*'`: a static value, as mappings have it. */
export function quoted(value: string): string {
  return `'${value}'`;
}

/** Headers as parameters of a mapping. */
export function parameters(headers: Readonly<Record<string, string>>, prefix: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, quoted(value)]));
}

/** The same with `true` for each: what a method response declares. */
export function declared(headers: Readonly<Record<string, string>>, prefix: string): Record<string, true> {
  return Object.fromEntries(Object.keys(headers).map((name) => [`${prefix}${name}`, true]));
}

/**
 * What the gateway's own errors carry, such as a 401, so that pages can read them. They have no templates, so nothing
 * when there are several origins.
 */
export function gatewayErrorHeaders(policy: CompiledPolicy): Readonly<Record<string, string>> | undefined {
  if (onlyOrigin(policy) === undefined) return undefined;
  return headersOf(policy.actual, ['allowOrigin', 'allowCredentials', 'exposeHeaders']);
}

/** What every response but a preflight carries, as far as the origin need not be chosen. */
export function responseHeaders(policy: CompiledPolicy): Readonly<Record<string, string>> {
  return headersOf(policy.actual, ['allowOrigin', 'allowCredentials', 'exposeHeaders', 'vary']);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const GATEWAY_ERRORS = ['DEFAULT_4XX', 'DEFAULT_5XX'] as const;

export const NO_GATEWAY_RESPONSES =
  "Gateway responses are left out: they cannot choose from several origins, so the gateway's own errors (401, 403, 404, 429, 504) look like CORS errors to pages.";

/** What stays with the function, in every target whose gateway does not touch its responses. */
export const FUNCTION_SENDS =
  'This answers preflights. The function itself sends the headers of all other responses: wrap it in withCors with the same policy, or send what `lambda-cors generate headers` prints.';
