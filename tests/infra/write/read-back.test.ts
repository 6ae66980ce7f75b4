// What `generate` writes means the policy that it was made from: to the reader, to the judge, and to the linter.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompiledPolicy, type CorsPolicy, compilePolicy } from '../../../src/index.js';
import { type Api, GenerateError, generate, type InfraFile, judge, lint, readApis } from '../../../src/infra.js';
import { policyOf } from './policy-of.js';

const TARGETS = ['sam', 'sam-http', 'function-url', 'cloudformation', 'openapi', 'openapi-http'] as const;

type Target = (typeof TARGETS)[number];

/** Most of them can be expressed by every target; the others are refused, and drawn again. */
const ORIGIN = fc.constantFrom(
  'https://a.example',
  'https://b.example:8443',
  'http://localhost:3000',
  'https://a-b.example',
  'http://[::1]:8080',
  'https://xn--bcher-kva.example',
);
const METHOD = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
const HEADER = fc.oneof(
  fc.constantFrom(
    'Content-Type',
    'Authorization',
    'X-Api-Key',
    'No',
    'y',
    'true',
    'null',
    '0x1f',
    '1e3',
    '.5',
    '_',
    '~',
    '0',
  ),
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,12}$/),
);
const unique = { selector: (name: string) => name.toLowerCase() };

const POLICY: fc.Arbitrary<CorsPolicy> = fc
  .record({
    allowOrigins: fc.oneof(fc.constant('*' as const), fc.uniqueArray(ORIGIN, { minLength: 1, maxLength: 4 })),
    allowMethods: fc.oneof(fc.constant('*' as const), fc.uniqueArray(METHOD, { minLength: 1, maxLength: 7 })),
    allowHeaders: fc.oneof(fc.constant('*' as const), fc.uniqueArray(HEADER, { maxLength: 6, ...unique })),
    exposeHeaders: fc.oneof(fc.constant('*' as const), fc.uniqueArray(HEADER, { maxLength: 3, ...unique })),
    allowCredentials: fc.boolean(),
    maxAge: fc.integer({ min: 0, max: 7200 }),
  })
  .filter(({ allowCredentials, ...lists }) => !allowCredentials || !Object.values(lists).includes('*'));

/** A random policy that the target can express, as it is written. */
function written(target: Target): fc.Arbitrary<{ readonly policy: CorsPolicy; readonly file: InfraFile }> {
  return fc
    .tuple(POLICY, fc.constantFrom('yaml', 'json'))
    .map(([policy, format]) => {
      try {
        return { policy, file: { path: `api.${format}`, text: generate(policy, target, { format }).text } };
      } catch (error) {
        if (error instanceof GenerateError) return undefined;
        throw error;
      }
    })
    .filter((made) => made !== undefined);
}

function onlyApi(file: InfraFile): Api {
  const [api, ...others] = readApis([file]);
  if (api === undefined || others.length > 0) throw new Error('it is not one API');
  return api;
}

/** What is to come back: a function URL does not name OPTIONS, and errors that are left out expose nothing. */
function expected({ allowMethods, exposeHeaders, ...policy }: CompiledPolicy, target: Target): unknown {
  const { allowOrigins, allowHeaders, allowCredentials, maxAge } = policy;
  const unexposed = ['cloudformation', 'openapi'].includes(target) && allowOrigins !== '*' && allowOrigins.length > 1;
  return {
    allowOrigins,
    allowMethods:
      target === 'function-url' && allowMethods !== '*'
        ? allowMethods.filter((name) => name !== 'OPTIONS')
        : allowMethods,
    allowHeaders,
    exposeHeaders: unexposed ? [] : exposeHeaders,
    allowCredentials,
    maxAge,
  };
}

describe.each(TARGETS)('%s', (target) => {
  it('reading back gives the policy that it was made from', () => {
    fc.assert(
      fc.property(written(target), ({ policy, file }) => {
        const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = compilePolicy(
          policyOf(onlyApi(file)),
        );
        const back = { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge };
        expect(back).toEqual(expected(compilePolicy(policy), target));
      }),
      { numRuns: 150 },
    );
  });

  it('the judge says of a page what the policy says', () => {
    fc.assert(
      fc.property(written(target), ORIGIN, METHOD, ({ policy, file }, origin, method) => {
        fc.pre(method !== 'OPTIONS');
        const { allowOrigins, allowMethods, allowHeaders, allowCredentials, listsOrigin } = compilePolicy(policy);
        const credentials = allowCredentials ? 'include' : 'omit';
        const [verdict] = judge(withMethod(onlyApi(file), method), { origin, credentials });
        const allows =
          (allowOrigins === '*' || listsOrigin(origin)) &&
          (SAFELISTED.includes(method) || allowMethods === '*' || allowMethods.includes(method)) &&
          // The page sends JSON where there is a body.
          (!/^P/.test(method) || allowHeaders === '*' || allowHeaders.some((name) => /^content-type$/i.test(name)));
        const asked = verdict?.reasons.length !== 0;
        expect(verdict?.preflight.outcome).toBe(asked ? (allows ? 'yes' : 'no') : 'not asked');
      }),
      { numRuns: 150 },
    );
  });

  it('lint finds nothing, with the policy and without', () => {
    fc.assert(
      fc.property(written(target), ({ policy, file }) => {
        const findings = [...lint([file]), ...lint([file], { policy: compilePolicy(policy) })];
        // Advice about the policy itself, such as a name that is pointless in it, is only a note.
        expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const SAFELISTED = ['GET', 'HEAD', 'POST'];

/** The API with another method in the place of the GET that `generate` writes as an example. */
function withMethod(api: Api, method: string): Api {
  const routes = api.routes.map((route) => ({
    ...route,
    methods: route.methods.map((each) => (each.method === 'OPTIONS' ? each : { ...each, method })),
  }));
  return { ...api, routes };
}
