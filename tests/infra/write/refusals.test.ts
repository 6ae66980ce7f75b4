import { describe, expect, it } from 'vitest';
import type { CorsPolicy } from '../../../src/index.js';
import { GENERATE_TARGETS, GenerateError, type GenerateTarget, generate } from '../../../src/infra.js';

const ONE = { allowOrigins: 'https://a.example' };
const TWO = { allowOrigins: ['https://a.example', 'https://b.example'] };
const MAPPED: readonly GenerateTarget[] = ['sam', 'cloudformation', 'openapi', 'cdk', 'serverless', 'terraform'];
const HTTP: readonly GenerateTarget[] = ['sam-http', 'openapi-http', 'cdk-http', 'serverless-http'];
const LISTED: readonly GenerateTarget[] = ['headers', 'function-url', ...HTTP];

/** What is refused, by which targets and no other, where, and a part of the way out of the first of them. */
const REFUSALS: readonly (readonly [
  title: string,
  policy: CorsPolicy,
  by: readonly GenerateTarget[],
  path: string,
  fix: string,
])[] = [
  ['an origin function', { allowOrigins: () => true }, GENERATE_TARGETS, 'allowOrigins', 'withCors'],
  ['a pattern', { allowOrigins: 'https://*.example.com' }, GENERATE_TARGETS, 'allowOrigins', 'withCors'],
  [
    'a pattern of ports',
    { allowOrigins: ['http://localhost:*', 'https://a.example'] },
    GENERATE_TARGETS,
    'allowOrigins',
    'withCors',
  ],
  [
    'any method with credentials',
    { ...ONE, allowCredentials: true, allowMethods: '*' },
    GENERATE_TARGETS,
    'allowMethods',
    'name them',
  ],
  [
    'any header with credentials',
    { ...ONE, allowCredentials: true, allowHeaders: '*' },
    GENERATE_TARGETS,
    'allowHeaders',
    'name them',
  ],
  ['several origins', TWO, ['sam', 'serverless'], 'allowOrigins', 'generate openapi'],
  ['exposed headers', { ...ONE, exposeHeaders: ['ETag'] }, ['sam', 'serverless'], 'exposeHeaders', 'generate openapi'],
  ['no maximum age', { ...ONE, maxAge: 0 }, ['serverless'], 'maxAge', 'generate serverless-http'],
  ['no method', { ...ONE, allowMethods: [] }, ['sam', 'function-url', 'serverless-http'], 'allowMethods', 'name one'],
  ['OPTIONS alone', { ...ONE, allowMethods: ['OPTIONS'] }, ['function-url'], 'allowMethods', 'name one'],
  ['any method', { ...ONE, allowMethods: '*' }, ['serverless'], 'allowMethods', 'generate serverless-http'],
  ['no header', { ...ONE, allowHeaders: [] }, ['serverless'], 'allowHeaders', 'name a header'],
  [
    'a method that gateways do not have',
    { ...ONE, allowMethods: ['GET', 'QUERY'] },
    GENERATE_TARGETS.filter((target) => target !== 'headers'),
    'allowMethods',
    'leave it out',
  ],
  [
    'more origins than a function URL takes',
    { allowOrigins: origins(101) },
    ['function-url', 'sam', 'serverless'],
    'allowOrigins',
    'withCors',
  ],
  [
    'more headers than a function URL takes',
    { ...ONE, allowHeaders: names(101) },
    ['function-url'],
    'allowHeaders',
    'withCors',
  ],
  [
    'more exposed headers',
    { ...ONE, exposeHeaders: names(101) },
    ['function-url', 'sam', 'serverless'],
    'exposeHeaders',
    'withCors',
  ],
  [
    'a longer origin than a function URL takes',
    { allowOrigins: `https://${'a.'.repeat(120)}example` },
    ['function-url'],
    'allowOrigins',
    'withCors',
  ],
  ...["'", '$', '#', '%', '`'].flatMap(
    (character) =>
      [
        [
          `${character} in a header`,
          { ...ONE, allowHeaders: ['Content-Type', `x${character}y`] },
          MAPPED,
          'allowHeaders',
          'another name',
        ],
        [
          `${character} in an exposed header`,
          { ...TWO, exposeHeaders: [`x${character}y`] },
          MAPPED,
          'exposeHeaders',
          '',
        ],
        [
          `${character} in a method`,
          { ...ONE, allowMethods: [`x${character}y`] },
          GENERATE_TARGETS.filter((target) => target !== 'headers'),
          'allowMethods',
          '',
        ],
      ] as const,
  ),
];

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `x-${at}`);
}

function origins(count: number): readonly string[] {
  return names(count).map((name) => `https://${name}.example`);
}

function issuesOf(policy: CorsPolicy, target: GenerateTarget): GenerateError['issues'] {
  try {
    generate(policy, target);
    return [];
  } catch (error) {
    if (!(error instanceof GenerateError)) throw error;
    return error.issues;
  }
}

describe('what a target cannot express', () => {
  it.each(REFUSALS)('%s is refused by the targets that cannot express it, and by no other', (_, policy, by, path) => {
    const refusing = GENERATE_TARGETS.filter((target) => issuesOf(policy, target).length > 0);
    expect(new Set(refusing)).toEqual(new Set(by));
    for (const target of by) expect(issuesOf(policy, target).map((issue) => issue.path)).toContain(path);
  });

  it.each(REFUSALS)('%s: the message says where, what, why, and the way out', (_, policy, [target], path, fix) => {
    const issue = issuesOf(policy, target as GenerateTarget).find((each) => each.path === path);
    expect(issue?.reason).toMatch(/^(is|are|has|can|cannot) /);
    expect(issue?.fix).toContain(fix);
    expect(() => generate(policy, target as GenerateTarget)).toThrow(`${issue?.reason}; ${issue?.fix}`);
  });

  it('every fault is named at once', () => {
    const policy = { ...TWO, exposeHeaders: ['ETag'], allowHeaders: ["it's"], allowMethods: ['QUERY'] };
    expect(issuesOf(policy, 'sam').map(({ path }) => path)).toEqual([
      'allowOrigins',
      'exposeHeaders',
      'allowMethods',
      'allowHeaders',
    ]);
  });

  it.each(LISTED)('%s writes characters that only mappings take for their own', (target) => {
    const policy = { ...ONE, allowHeaders: ["it's", 'a$b', 'a#b', 'a%b', 'a`b'] };
    const { text } = generate(policy, target);
    for (const name of policy.allowHeaders) expect(text).toContain(name);
  });
});

describe('arguments', () => {
  it('an unknown target is refused, with the names of all', () => {
    expect(() => generate({}, 'sam2' as 'sam')).toThrow(/"sam2" is not a target; write one of headers, sam, sam-http,/);
    expect(() => generate({}, 'toString' as 'sam')).toThrow(GenerateError);
  });

  it.each([
    ['terraform', 'yaml', 'write json'],
    ['cdk', 'yaml', 'is not a format of cdk; leave it out'],
    ['sam', 'xml' as 'json', 'leave it out, or write yaml, or write json'],
  ] as const)('%s has no %s', (target, format, fix) => {
    expect(() => generate({}, target, { format })).toThrow(fix);
  });

  it('a faulty policy is refused as by withCors', () => {
    expect(() => generate({ allowOrigins: 'https://a.example/' }, 'sam')).toThrow('allowOrigins[0]');
    expect(() => generate({}, 'sam', { methods: ['CONNECT'] })).toThrow('allowMethods[0]');
  });
});
