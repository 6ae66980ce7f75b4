import type { Method, Route } from '../api.js';
import { listed } from '../rules/words.js';
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
    ...[...functions].map(
      ([name, titles]) =>
        `${name === '' ? 'The function' : name} sends the headers of its own responses (${listed(titles)}): ${wrapperLine(wanted)}`,
    ),
    ...(servers.length === 0
      ? []
      : [
          `The HTTP backend sends the headers of its own responses (${listed(servers)}), errors too: ${headerList(wanted)}`,
        ]),
  ];
}

function wrapperLine({ policy, console }: Wanted): string {
  if (console) return "export const handler = withCors(yourHandler, { allowOrigins: '*' })";
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = policy;
  const insecure = policy.dangerouslyAllowInsecureOrigins && { dangerouslyAllowInsecureOrigins: true };
  const written = { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge, ...insecure };
  return `export const handler = withCors(yourHandler, ${JSON.stringify(written)})`;
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
