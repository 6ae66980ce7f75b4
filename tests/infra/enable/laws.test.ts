// What `enable` does to any document: what it writes is what the model then says, nothing else is touched, and once
// more changes nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CorsPolicy } from '../../../src/index.js';
import { enableDocument, judge, lint, readApis } from '../../../src/infra.js';
import { DEFINITION, PLACED, type Plain, WRITER } from './arbitrary.js';
import { linesLost } from './undo.js';

const LISTS = { allowHeaders: ['Content-Type', 'Authorization'], maxAge: 60 };
const POLICY: fc.Arbitrary<CorsPolicy | undefined> = fc.constantFrom<CorsPolicy | undefined>(
  undefined,
  { ...LISTS, allowOrigins: 'https://a.example' },
  { ...LISTS, allowOrigins: 'https://a.example', allowCredentials: true, exposeHeaders: ['X-Total'] },
  { ...LISTS, allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true },
);

const DOCUMENT = fc
  .tuple(DEFINITION, PLACED, WRITER)
  .map(([definition, place, write]) => ({ plain: place(definition), text: write(place(definition)) }))
  // The writer folds some long texts wrongly.
  .filter(({ plain, text }) => JSON.stringify(parse(text)) === JSON.stringify(plain));

const CORS = /^(?:(?:method|gateway)\.?response\.header\.)?(?:access-control-[a-z-]+|vary)$/i;

/** A document without anything of CORS, and without what is empty then. */
function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped).filter(isMore);
  if (typeof value === 'string') {
    return value.replace(/\n?#set\(\$allowed = ""\)[\s\S]*= \$allowed\)\n#end\n?$/, '').replace(/\n$/, '');
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, each]) => !CORS.test(key) && key !== 'options' && key !== 'DependsOn' && !isCorsResource(each))
    .map(([key, each]) => [key, key === 'description' ? '' : stripped(each)] as const)
    .filter(([, each]) => isMore(each));
  return Object.fromEntries(kept);
}

/** Something besides a status or a description, which are made where there was nothing. */
function isMore(value: unknown): boolean {
  return !/^(?:\{\}|\[\]|\{"description":""\}|\{"StatusCode":"\d+"\})$/.test(JSON.stringify(value));
}

function isCorsResource(value: unknown): boolean {
  const { Type, Properties } = (value ?? {}) as { Type?: string; Properties?: { HttpMethod?: string } };
  return Type === 'AWS::ApiGateway::GatewayResponse' || Properties?.HttpMethod === 'OPTIONS';
}

describe('any document', () => {
  it('says what the model predicts, and nothing else has changed', () => {
    fc.assert(
      fc.property(DOCUMENT, POLICY, ({ plain, text }, policy) => {
        const { text: after } = enableDocument(text, policy);
        expect(stripped(parse(after, { logLevel: 'error' }))).toEqual(stripped(plain));
      }),
      { numRuns: 120 },
    );
  });

  it('is written once', () => {
    fc.assert(
      fc.property(DOCUMENT, POLICY, ({ text }, policy) => {
        const { text: after } = enableDocument(text, policy);
        expect(enableDocument(after, policy)).toMatchObject({ text: after, changes: [] });
      }),
      { numRuns: 60 },
    );
  });

  it('is the original again without what was put in, except for values that were replaced', () => {
    fc.assert(
      fc.property(DOCUMENT, POLICY, ({ text }, policy) => {
        const { text: after, changes } = enableDocument(text, policy);
        const lost = linesLost(text, after);
        const replaced = changes.filter(({ action }) => action !== 'add').length;
        const templates = changes.filter(({ what }) => what.startsWith('response template')).length;
        if (replaced + templates === 0) expect(lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('can be called from the pages of the policy, and is clean for lint', () => {
    fc.assert(
      fc.property(DOCUMENT, POLICY, ({ text }, policy) => {
        const { text: after, notes } = enableDocument(text, policy);
        const several = Array.isArray(policy?.allowOrigins);
        const credentials = policy?.allowCredentials ? 'include' : 'omit';
        for (const api of readApis([{ path: 'template', text: after }])) {
          for (const origin of several ? ['https://a.example', 'https://b.example'] : ['https://a.example']) {
            for (const { path, method, preflight, response } of judge(api, { origin, credentials })) {
              expect(preflight.outcome, `${method} ${path}`).not.toBe('no');
              const isLeft = notes.some((note) => note.startsWith(`${method} ${path}`) && note.includes(' is left'));
              if (!isLeft) expect(response.outcome, `${method} ${path}`).not.toBe('no');
            }
          }
          if (policy === undefined) continue;
          for (const { preflight, needs } of judge(api, { origin: 'https://evil.example', credentials })) {
            if (needs === 'preflight') expect(preflight.outcome).toBe('no');
          }
        }
        if (several) return;
        const findings = lint([{ path: 'template', text: after }], { policy }).filter(
          ({ severity }) => severity !== 'info',
        );
        expect(findings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Plain data of a type that the laws above would not notice. */
it('strips nothing but CORS', () => {
  const plain: Plain = { paths: { '/a': { get: { 'method.response.header.X-Total': "'1'" } } } };
  expect(stripped(plain)).toEqual(plain);
});
