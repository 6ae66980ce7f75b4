// What people paste into the field for the policy.
import { describe, expect, test } from 'vitest';
import { readPolicy } from '../../playground/page/policy-text.js';

const POLICY = { allowOrigins: ['https://app.example.com'], maxAge: 600 };

test.each([
  ['JSON', '{ "allowOrigins": ["https://app.example.com"], "maxAge": 600 }'],
  ['an object with comments', "{\n  // ours\n  allowOrigins: ['https://app.example.com'], /* s */\n  maxAge: 600,\n}"],
  ['an object as a statement', "({ 'allowOrigins': [`https://app.example.com`], maxAge: 6_00 });\n"],
  ['the inside of an object', "allowOrigins: ['https://app.example.com'],\nmaxAge: 600,"],
  ['the inside of JSON', '"allowOrigins": ["https://app.example.com"], "maxAge": 600'],
  ['a constant', "const policy = {\n  allowOrigins: ['https://app.example.com'],\n  maxAge: 600, // seconds\n}\n"],
  [
    'TypeScript',
    "import type { CorsPolicy } from 'lambda-cors'\nexport const policy: CorsPolicy = { allowOrigins: ['https://app.example.com'], maxAge: 10 * 60 } as const",
  ],
  ['satisfies', "export default { allowOrigins: ['https://app.example.com'], maxAge: 600 } satisfies CorsPolicy;"],
  ['a CommonJS module', "module.exports = { allowOrigins: ['https://app.example.com'], maxAge: 600 };"],
  ['a call', "withCors(fn, { allowOrigins: ['https://app.example.com'], maxAge: 600 }, { onRefused })"],
  [
    'a module with a handler',
    "import { withCors } from 'lambda-cors'\nconst fn = async () => ({ statusCode: 200 })\nexport const handler = withCors(fn, {\n  allowOrigins: ['https://app.example.com'], maxAge: 600,\n})",
  ],
  [
    'constants of its own',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code in a text
    "const host = 'app.example.com'\nconst origins = [`https://${host}`]\nconst rest = { maxAge: 600 }\nexport const handler = withCors(fn, policy)\nconst policy = { allowOrigins: [...origins], ...rest }",
  ],
  ['Middy', "middy(fn).use(cors({ allowOrigins: ['https://app.example.com'], maxAge: 600 }))"],
])('reads %s', (_what, text) => {
  expect(readPolicy(text)).toEqual({ policy: POLICY, faults: [] });
});

test('withCors without a policy is the policy with the defaults', () => {
  expect(readPolicy('export const handler = withCors(fn)')).toEqual({ policy: {}, faults: [] });
});

test.each([
  [
    '{ allowOrigins: (origin) => true }',
    'allowOrigins: (origin) => true is a function, which cannot be sent to the API; write the origins that it allows',
  ],
  [
    '{ allowOrigins(origin) { return true } }',
    'allowOrigins: (origin) { return true } is a function, which cannot be sent to the API; write the origins that it allows',
  ],
  [
    'function ours() {}\nwithCors(fn, { allowOrigins: ours })',
    'allowOrigins: function ours() {} is a function, which cannot be sent to the API; write the origins that it allows',
  ],
  [
    '{ allowOrigins: process.env.ORIGINS }',
    'allowOrigins: process.env.ORIGINS is not written out, and this page does not run code; write its value',
  ],
  [
    '{ allowOrigins: [fetch("//evil.example")] }',
    'allowOrigins[0]: fetch("//evil.example") is not written out, and this page does not run code; write its value',
  ],
  [
    "import { policy } from './policy.js'\nwithCors(fn, policy)",
    'policy: policy is not written out, and this page does not run code; write its value',
  ],
  [
    'const a = a\nconst policy = { allowOrigins: a }',
    'allowOrigins: a is not written out, and this page does not run code; write its value',
  ],
  ['{ [name]: 1 }', 'policy: [name]: 1 is not written out, and this page does not run code; write its value'],
  [
    '{ get allowOrigins() { return "*" } }',
    'allowOrigins: () { return "*" } is a function, which cannot be sent to the API; write the origins that it allows',
  ],
])('says what it cannot read in %j', (text, fault) => {
  expect(readPolicy(text)).toEqual({ faults: [fault] });
});

test.each([
  ['', "the policy is missing; write { allowOrigins: ['https://app.example.com'] }, or { } for the defaults"],
  ['{', "the text ends too early; close what is open, as in { allowOrigins: ['https://app.example.com'] }"],
  [
    "{\n  allowOrigins: '*'\n  maxAge: 1\n}",
    'line 3, column 3: "maxAge" is not expected here; a comma, a bracket or a quotation mark may be missing before it',
  ],
  ["{ allowOrigins: '*, }", 'line 1: Unterminated string constant'],
  [
    '{} }',
    'line 1, column 4: "}" is not expected here; a comma, a bracket or a quotation mark may be missing before it',
  ],
  [
    'nothing to see',
    'line 1, column 9: "to" is not expected here; a comma, a bracket or a quotation mark may be missing before it',
  ],
])('says what is wrong with the text %j', (text, fault) => {
  expect(readPolicy(text)).toEqual({ faults: [fault] });
});

test.each(['null', '[]', '1', '"*"'])('%s is not a policy', (text) => {
  expect(readPolicy(text).faults).toEqual([expect.stringMatching(/^policy: .* is not a plain object; /)]);
});

describe('faults of the policy', () => {
  test.each([
    ['{ allowOrigins: undefined }', /^allowOrigins: undefined is not a value; /],
    ['{ allowOrigins: [/example/] }', /^allowOrigins\[0\]: \/example\/ is a regular expression; /],
    ['{ maxAge: 1e999 }', /^maxAge: Infinity is not a valid number of seconds; /],
    ['{ maxAge: -1 }', /^maxAge: -1 is not a valid number of seconds; /],
    ['AllowOrigins:\n  - "*"', /^AllowOrigins: .* is not a key of a policy; write allowOrigins/],
    ['{ maxAge: 10n }', /^maxAge: bigint is not a valid number of seconds; /],
    ['{ "__proto__": { "allowOrigins": "*" } }', /^__proto__: .* is not a key of a policy; /],
  ])('%s', (text, fault) => {
    expect(readPolicy(text).faults).toEqual([expect.stringMatching(fault)]);
  });

  test('are in the words of the error that the function would throw, on one line, without marks of direction', () => {
    expect(readPolicy('{ "allowOrigins": ["https://\u202egro.elpmaxe"], "a\\nb": 1 }').faults).toEqual([
      expect.stringMatching(/^allowOrigins\[0\]: "https:\/\/\\u202egro\.elpmaxe" /),
      expect.stringMatching(/^a\\u000ab: 1 is not a key of a policy; /),
    ]);
  });
});

test.each([
  ['brackets', '['.repeat(100_000)],
  ['objects', `${'{ a: '.repeat(20_000)}1${' }'.repeat(20_000)}`],
  [
    'names that double each other',
    `${Array.from({ length: 60 }, (_none, at) => `const a${at + 1} = [a${at}, a${at}]\n`).join('')}const a0 = 'x'\nconst policy = { allowOrigins: a60 }`,
  ],
])('does not hang or throw for %s', (_what, text) => {
  expect(readPolicy(text).faults).toHaveLength(1);
});
