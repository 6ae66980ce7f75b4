import { compilePolicy } from '../../core/compile.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import type { Route } from '../api.js';
import type { Method } from '../method.js';
import { onlyOrigin } from '../write/checks.js';
import type { Wanted } from './wanted.js';
import { listedOrigins } from './wanted.js';

export interface Owner {
  readonly route: Route;
  readonly method: Method;
}

/** What is behind proxy integrations sends the headers of its responses itself: what that comes to, for each. */
export function owedNotes(owners: readonly Owner[], wanted: Wanted): readonly string[] {
  const functions = new Map<string, string[]>();
  const servers: string[] = [];
  for (const { route, method } of owners) {
    const title = `${method.method} ${route.path}`;
    if (method.integration.kind === 'http-proxy') servers.push(title);
    else if (method.integration.kind === 'lambda-proxy') {
      const name = method.function ?? '';
      functions.set(name, [...(functions.get(name) ?? []), title]);
    }
  }
  return [
    ...(functions.size === 0
      ? []
      : [
          `Functions behind proxy integrations send the headers of their own responses. Wrap each: ${wrapperLine(wanted)}`,
        ]),
    ...[...functions].map(([name, titles]) => `${name || 'A function'} is behind ${titles.join(', ')}.`),
    ...(servers.length === 0
      ? []
      : [
          `The HTTP backend sends the headers of its own responses (${servers.join(', ')}), errors too: ${headerList(wanted)}`,
        ]),
  ];
}

function wrapperLine({ policy }: Wanted): string {
  return `export const handler = withCors(yourHandler, ${JSON.stringify(writtenPolicy(policy))})`;
}

/** A policy as somebody would write it: without what is the default. */
function writtenPolicy(policy: CompiledPolicy): CorsPolicy {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = policy;
  const { dangerouslyAllowInsecureOrigins } = policy;
  const lists = { allowMethods, allowHeaders, exposeHeaders };
  const rest = Object.entries({ ...lists, allowCredentials, maxAge, dangerouslyAllowInsecureOrigins });
  const defaults = compilePolicy();
  const different = rest.filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name as keyof typeof defaults]),
  );
  return { allowOrigins: onlyOrigin(policy) ?? allowOrigins, ...Object.fromEntries(different) };
}

function headerList(wanted: Wanted): string {
  const lines = Object.entries(wanted.response).map(([name, value]) => `${name}: ${value}`);
  const origins = listedOrigins(wanted);
  const chosen =
    wanted.template === undefined
      ? []
      : [`Access-Control-Allow-Origin: the Origin of the request if it is one of ${origins.join(', ')}`];
  return [...chosen, ...lines].join('; ');
}
