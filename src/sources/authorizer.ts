import { isObject } from './messages.js';
import type { GatewayAuthorizer } from './settings.js';

/** What an authorizer passes on, as it stands at `requestContext.authorizer`. */
export type AuthorizerContext = Readonly<Record<string, unknown>>;

/**
 * A REST API: the claims of a token from Cognito, all as text, or what a Lambda authorizer returned as its context.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function restAuthorizer({ claims, lambda }: GatewayAuthorizer): AuthorizerContext {
  if (claims !== undefined) return { claims: texts(claims, restText) };
  return Object.fromEntries(Object.entries(lambda ?? {}).map(([name, value]) => [name, String(value)]));
}

/** An HTTP API with payload format 2.0. */
export function httpAuthorizer({ claims, scopes, lambda, iam }: GatewayAuthorizer): AuthorizerContext {
  if (claims !== undefined) return { jwt: httpClaims({ claims, scopes }) };
  return lambda === undefined ? { iam } : { lambda };
}

/** An HTTP API with payload format 1.0, whose event has no level for the kind of authorizer. */
export function httpAuthorizerV1({ claims, scopes, lambda }: GatewayAuthorizer): AuthorizerContext {
  return claims === undefined ? { ...lambda } : httpClaims({ claims, scopes });
}

/** A function URL with AuthType AWS_IAM. */
export function urlAuthorizer({ iam }: GatewayAuthorizer): AuthorizerContext {
  return { iam };
}

/** The scopes are those that the route asks for; without any there is `null`. */
function httpClaims({ claims = {}, scopes }: Pick<GatewayAuthorizer, 'claims' | 'scopes'>): AuthorizerContext {
  return { claims: texts(claims, httpText), scopes: scopes ?? null };
}

function texts(
  claims: Readonly<Record<string, unknown>>,
  textOf: (value: unknown, name: string) => string,
): Readonly<Record<string, string>> {
  const given = Object.entries(claims).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, textOf(value, name)]));
}

/** Recorded on HTTP APIs: lists in brackets with spaces between their elements, objects as JSON. */
function httpText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(httpText).join(' ')}]`;
  return isObject(value) ? JSON.stringify(value) : String(value);
}

/** Recorded on REST APIs: `exp` and `iat` as Java writes a time, and lists with commas between their elements. */
function restText(value: unknown, name = ''): string {
  if (typeof value === 'number' && (name === 'exp' || name === 'iat')) return javaTime(value);
  if (Array.isArray(value)) return value.map((each) => restText(each)).join(',');
  return isObject(value) ? JSON.stringify(value) : String(value);
}

/** Seconds as `Fri Jul 29 18:52:53 UTC 2016`; unchanged where they are not a time. */
function javaTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return String(seconds);
  const [weekday = '', day, month, year, clock] = time.toUTCString().split(' ');
  return `${weekday.replace(',', '')} ${month} ${day} ${clock} UTC ${year}`;
}
