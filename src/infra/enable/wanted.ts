import { compilePolicy } from '../../core/compile.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import type { Route } from '../api.js';
import { needsOf, spelled } from '../rules/needs.js';
import { knownOf } from '../value.js';
import { originsOf } from '../write/checks.js';
import { gatewayErrorHeaders, type Mock, mockOf, responseHeaders } from '../write/mock.js';

/** What the console's Enable CORS allows unless it is told otherwise. */
const CONSOLE_HEADERS = ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'];

/** What a policy comes to in a REST API; without one, what the console has by default. */
export interface Wanted {
  readonly policy: CompiledPolicy;
  /** There is no policy: lists come from the resources. */
  readonly console: boolean;
  /** How OPTIONS answers. */
  mock(route: Route): Mock;
  /** What every other response carries; without an origin where that has to be chosen. */
  readonly response: Readonly<Record<string, string>>;
  /** Velocity that chooses the origin. */
  readonly template: string | undefined;
  /** What the gateway's own errors carry. */
  readonly errors: Readonly<Record<string, string>> | undefined;
}

export function wantedOf(given: CorsPolicy | CompiledPolicy | undefined): Wanted {
  const console = given === undefined;
  const policy = compilePolicy((given ?? { allowOrigins: '*' }) as CorsPolicy);
  return {
    policy,
    console,
    mock: (route) => (console ? consoleMock(route) : mockOf(policy)),
    response: responseHeaders(policy),
    template: mockOf(policy).responseTemplate,
    errors: gatewayErrorHeaders(policy),
  };
}

/** Origins that a policy lists, where it lists them. */
export function listedOrigins({ policy }: Wanted): readonly string[] {
  const origins = originsOf(policy);
  return origins === '*' ? [] : origins;
}

const EVERY_METHOD = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function consoleMock(route: Route): Mock {
  const mock = mockOf(
    compilePolicy({ allowOrigins: '*', allowMethods: methodsOf(route), allowHeaders: headersOf(route) }),
  );
  // The console says nothing of how long a preflight may be remembered.
  const { 'Access-Control-Max-Age': _, ...headers } = mock.headers;
  return { ...mock, headers };
}

function methodsOf({ methods }: Route): readonly string[] {
  const names = new Set(methods.map(({ method }) => method));
  return names.has('ANY') ? EVERY_METHOD : EVERY_METHOD.filter((name) => name === 'OPTIONS' || names.has(name));
}

/** The console's own, what the resource allows already, and what its methods declare that they need. */
function headersOf(route: Route): readonly string[] {
  const names = new Map(CONSOLE_HEADERS.map((name) => [name.toLowerCase(), name]));
  for (const name of [
    ...allowedBefore(route),
    ...needsOf(route, { signedByCloudFront: false }).map(({ header }) => spelled(header)),
  ]) {
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()];
}

const TOKEN = /^[\w!#$%&*+.^|~-]+$/;
const POINTLESS = /^(?:access-control-|sec-|proxy-|\*$)/i;

function allowedBefore({ methods }: Route): readonly string[] {
  const responses = methods
    .filter(({ method }) => method === 'OPTIONS')
    .flatMap(({ integration }) => integration.responses);
  return responses
    .flatMap(({ headers }) => headers)
    .filter(({ name }) => /^access-control-allow-headers$/i.test(name))
    .flatMap(({ value }) =>
      String(knownOf(value) ?? '')
        .replace(/^'|'$/g, '')
        .split(','),
    )
    .map((name) => name.trim())
    .filter((name) => TOKEN.test(name) && !/[$%#`]/.test(name) && !POINTLESS.test(name));
}
