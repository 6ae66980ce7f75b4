/** The policy that an API has, as its model says: the way back from what `generate` writes. */
import type { CorsPolicy } from '../../../src/index.js';
import { mappingOf } from '../../../src/infra/play/mapping.js';
import { originOverride } from '../../../src/infra/play/overrides.js';
import { knownOf } from '../../../src/infra/value.js';
import type { Api, CorsSetting, HeaderMapping, Setting } from '../../../src/infra.js';

export function policyOf(api: Api): CorsPolicy {
  return api.kind === 'rest' ? policyOfMock(api) : policyOfSetting(api.cors as CorsSetting);
}

function policyOfSetting(cors: CorsSetting): CorsPolicy {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials } = cors;
  return whole({
    allowOrigins: listOf(allowOrigins),
    allowMethods: listOf(allowMethods),
    allowHeaders: listOf(allowHeaders),
    exposeHeaders: listOf(exposeHeaders),
    maxAge: scalarOf(maxAge) as number,
    allowCredentials: scalarOf(allowCredentials) === true,
  });
}

function policyOfMock({ routes, gatewayResponses }: Api): CorsPolicy {
  const [route, ...others] = routes;
  if (route?.options.by !== 'method' || others.length > 0) throw new Error('there is not one route with OPTIONS');
  const { integration, auth, apiKey } = route.options.method;
  if (auth.kind !== 'none' || knownOf(apiKey.value) === true) throw new Error('OPTIONS wants credentials');
  const [answer] = integration.responses;
  if (integration.kind !== 'mock' || answer === undefined) throw new Error('OPTIONS is not a mock');
  const headers = headersOf(answer.headers);
  const texts = answer.templates.map(({ text }) => originOverride(String(knownOf(text))));
  const chosen = texts.flatMap((override) => (override.kind === 'listed' ? override.origins : []));
  const errors = gatewayResponses.map((response) => headersOf(response.headers));
  const origin = headers.get('Access-Control-Allow-Origin');
  if (origin !== undefined && chosen.length > 0) throw new Error('a stranger gets an origin');
  for (const each of errors) {
    if (each.get('Access-Control-Allow-Origin') !== origin) throw new Error('the errors name another origin');
  }
  return whole({
    allowOrigins: chosen.length > 0 ? chosen : [origin as string],
    allowMethods: split(headers.get('Access-Control-Allow-Methods')),
    allowHeaders: split(headers.get('Access-Control-Allow-Headers')),
    // On preflights it would mean nothing.
    exposeHeaders: split(errors[0]?.get('Access-Control-Expose-Headers')),
    maxAge: Number(headers.get('Access-Control-Max-Age')),
    allowCredentials: headers.get('Access-Control-Allow-Credentials') === 'true',
  });
}

/** What is not known from outside: whether plain http was allowed on purpose. */
function whole(policy: CorsPolicy): CorsPolicy {
  return { ...policy, dangerouslyAllowInsecureOrigins: true };
}

function headersOf(mappings: readonly HeaderMapping[]): ReadonlyMap<string, string> {
  return new Map(
    mappings.map(({ name, value }) => {
      const mapping = mappingOf(knownOf(value) ?? null);
      if (mapping.kind !== 'static') throw new Error(`${name} is not static`);
      return [name, mapping.text];
    }),
  );
}

function split(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(',');
}

function listOf(setting: Setting | undefined): readonly string[] {
  if (setting === undefined) return [];
  const list = knownOf(setting.value);
  if (!Array.isArray(list)) throw new Error(`${setting.name} is not a list`);
  return list.map((item) => String(knownOf(item)));
}

function scalarOf(setting: Setting | undefined): unknown {
  return setting === undefined ? undefined : knownOf(setting.value);
}
