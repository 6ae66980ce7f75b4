/** Whatever a template has in it, lint ends, and says what can be said about places that are there. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCollection, isMap, isPair, parseDocument, Scalar, visit } from 'yaml';
import { lint } from '../../src/infra/lint.js';
import { TemplateError } from '../../src/infra/template-error.js';

const folder = fileURLToPath(new URL('./templates/', import.meta.url));
const TEXTS = readdirSync(folder).flatMap((code) =>
  ['fails.yaml', 'passes.yaml'].map((name) => readFileSync(`${folder}${code}/${name}`, 'utf8')),
);

/** What somebody may write where something else is meant. */
const STRANGE: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  1e21,
  true,
  "'",
  "''",
  "'*'",
  '*',
  'null',
  'https://',
  'https://[',
  '${',
  'a,b',
  '\u0000',
  '__proto__',
  'constructor',
  [],
  {},
  [null],
  [[]],
  { 'Fn::If': [] },
  { 'Fn::If': ['C', null, { Ref: 'AWS::NoValue' }] },
  { 'Fn::Sub': ["'${A}'", null] },
  { 'Fn::Join': [',', null] },
  { Ref: ['a'] },
  { 'Fn::GetAtt': 'A' },
  { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: '../../../etc/passwd' } } },
];

interface Change {
  readonly at: number;
  readonly how: 'remove' | 'replace' | 'rename' | 'wrap';
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom('remove', 'replace', 'rename', 'wrap'),
  value: fc.constantFrom(...STRANGE),
});

function changed(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text, { logLevel: 'silent' });
  for (const { at, how, value } of changes) {
    let count = 0;
    visit(document, {
      Pair(_key, pair) {
        count += 1;
        if (count !== (at % 120) + 1) return undefined;
        if (how === 'remove') return visit.REMOVE;
        if (how === 'rename') pair.key = new Scalar(typeof value === 'object' ? 'Properties' : value);
        else pair.value = document.createNode(how === 'wrap' ? { 'Fn::If': ['C', strip(pair.value), value] } : value);
        return visit.BREAK;
      },
    });
  }
  return document.toString({ lineWidth: 0 });
}

/** Tags such as !Ref cannot be made again from values. */
function strip(node: unknown): unknown {
  if (isMap(node))
    return Object.fromEntries(node.items.filter(isPair).map(({ key, value }) => [String(key), strip(value)]));
  if (isCollection(node)) return node.items.map(strip);
  return node instanceof Scalar ? node.value : null;
}

it('throws only for what is not a template, and finds nothing outside of the file', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
      const written = changed(text, changes);
      const lines = written.split('\n').length;
      try {
        for (const { file, line, column, endLine, message, remedy } of lint([
          { path: 'template.yaml', text: written },
        ])) {
          expect(file).toBe('template.yaml');
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(line);
          expect(endLine).toBeLessThanOrEqual(lines);
          expect(message).not.toMatch(/undefined|\[object/);
          expect(remedy).not.toMatch(/undefined|\[object/);
        }
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
      }
    }),
    { numRuns: 600 },
  );
});

it('finds the same twice: nothing is kept from one call to the next', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), fc.constantFrom(...TEXTS), (one, other) => {
      const first = lint([{ path: 'template.yaml', text: one }]);
      lint([{ path: 'template.yaml', text: other }]);
      expect(lint([{ path: 'template.yaml', text: one }])).toEqual(first);
    }),
    { numRuns: 60 },
  );
});
