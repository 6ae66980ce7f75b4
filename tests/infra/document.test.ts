import { describe, expect, it } from 'vitest';
import { descend, entries, linesOf, type Node } from '../../src/infra/node.js';
import { readDocument } from '../../src/infra/read/document.js';

function rootOf(text: string): Node {
  return readDocument({ path: 'a.yaml', text }).root;
}

/** Plain data, as `JSON.parse` would have it. */
function dataOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(dataOf);
  return Object.fromEntries(entries(node).map(({ key, value }) => [key, dataOf(value)]));
}

describe('what a document says', () => {
  it.each<readonly [why: string, text: string, data: unknown]>([
    ['JSON', '{ "a": [1, "x", true, null] }', { a: [1, 'x', true, null] }],
    ['JSON with a BOM and tabs', '\uFEFF{\n\t"a": 1\n}', { a: 1 }],
    ['flow YAML that is not JSON', '{ a: 1, b: [x] }', { a: 1, b: ['x'] }],
    ['a BOM and CRLF', '\uFEFFa: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
    ['a key that comes twice: the last counts', 'a: 1\na: 2\n', { a: 2 }],
    ['the same in JSON', '{ "a": 1, "a": 2 }', { a: 2 }],
    [
      'short tags by their long names',
      'a: !Sub x\nb: !Ref P\nc: !If [C, !Sub y, 1]',
      {
        a: { 'Fn::Sub': 'x' },
        b: { Ref: 'P' },
        c: { 'Fn::If': ['C', { 'Fn::Sub': 'y' }, 1] },
      },
    ],
    [
      'GetAtt as a list',
      'a: !GetAtt F.Arn\nb: !GetAtt [F, Arn]',
      {
        a: { 'Fn::GetAtt': ['F', 'Arn'] },
        b: { 'Fn::GetAtt': ['F', 'Arn'] },
      },
    ],
    [
      'booleans of YAML 1.1, where they are plain',
      'a: yes\nb: Off\nc: "yes"\nd: y',
      { a: true, b: false, c: 'yes', d: 'y' },
    ],
    ['dates and binary as text', 'a: 2010-09-09\nb: !!binary aGk=', { a: '2010-09-09', b: 'aGk=' }],
    ['keys that are numbers', '200: x\n0x1F: y', { '200': 'x', '0x1F': 'y' }],
    ['aliases', 'a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    [
      'merge keys, what is written counts more',
      'a: &x { b: 1, c: 2 }\nd:\n  <<: *x\n  c: 3',
      {
        a: { b: 1, c: 2 },
        d: { b: 1, c: 3 },
      },
    ],
    [
      'a bracket that closes in the column of the key',
      "a:\n  b: !Join ['', [\n    x\n  ]]\n  c: 1\n",
      {
        a: { b: { 'Fn::Join': ['', ['x']] }, c: 1 },
      },
    ],
    [
      'dashes in flow lists',
      'a:\n  b: [-, [x, -]]\n  c: [{ d: y }, -,-]\n  e: 1\n',
      { a: { b: ['-', ['x', '-']], c: [{ d: 'y' }, '-', '-'], e: 1 } },
    ],
    ['a quoted text that goes on in the column of the key', 'a:\n  b: "x\n  y"\n  c: 1\n', { a: { b: 'x y', c: 1 } }],
    [
      'a map whose lines stand left of its key',
      '        b: {\n    "c": 1,\n  "d": 2\n  }\n        e: 3\n',
      { b: { c: 1, d: 2 }, e: 3 },
    ],
    ['an empty document', '', null],
  ])('%s', (_why, text, data) => {
    expect(dataOf(rootOf(text))).toEqual(data);
  });
});

describe('where it says it', () => {
  it.each<readonly [why: string, text: string]>([
    ['YAML', 'x: 1\na:\n  b:\n    - c: here\nz: 1\n'],
    ['CRLF', 'x: 1\r\na:\r\n  b:\r\n    - c: here\r\nz: 1\r\n'],
    ['a BOM', '\uFEFFx: 1\na:\n  b:\n    - c: here\nz: 1\n'],
    ['a repair above', 'x: [\n1\n]\n  \na:\n  b:\n    - c: here\nz: 1\n'],
    ['repairs in the same line', 'x: 1\na:\n  b: [ { c: here, d: [-, -] } ]\nz: 1\n'],
    ['repairs before it in the line', 'x: 1\na: { d: [-, -], b: [ { c: here } ] }\nz: 1\n'],
    ['JSON', '{ "x": 1,\n "a":\n  { "b":\n   [{ "c": "here" }] } }'],
  ])('%s', (_why, text) => {
    const list = descend(rootOf(text), 'a', 'b');
    const pair = list?.kind === 'list' ? entries(list.items[0])[0] : undefined;
    const line = text.split('\n').findIndex((each) => each.includes('here')) + 1;
    expect(pair && linesOf(pair.keyPlace).line).toBe(line);
    const { source, start, end } = pair?.value.place ?? { source: { text: '' }, start: 0, end: 0 };
    expect(source.text.slice(start, end)).toMatch(/^"?here"?$/);
  });

  it('has the column from 1, and the end where the value ends', () => {
    const place = descend(rootOf('a:\n  b: 1\n  c: 2\n# end\nd: 3\n'), 'a')?.place;
    expect(place && linesOf(place)).toMatchObject({ line: 2, column: 3, endLine: 3 });
  });

  it('has a tag with what it stands before', () => {
    const node = descend(rootOf('a:\n  b:   !Sub "x"\n'), 'a', 'b');
    expect(node?.place.source.text.slice(node.place.start, node.place.end)).toBe('!Sub "x"');
  });
});

describe('what is refused, in one line', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh']
    .map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[at]}`).join(',')}]\n`)
    .join('')}`;

  it.each<readonly [why: string, text: string, message: RegExp]>([
    ['not YAML', 'a: b: c\n', /^a\.yaml:1:\d+: not YAML: /],
    ['tabs', 'a:\n\tb: 1\n', /^a\.yaml:2:1: not YAML: /],
    ['a quote that is never closed', "a: 'x\nb: 1\n", /: not YAML/],
    ['an alias of nothing', 'a: *x\n', /^a\.yaml:1:4: the alias \*x has no anchor$/],
    ['an alias of itself', 'a: &x [*x]\n', /the alias \*x stands for itself/],
    ['an alias bomb', bomb, /aliases stand for too much/],
    ['brackets without end', '['.repeat(200_000), /nested too deeply/],
    ['the same in JSON', `${'{"a":'.repeat(100_000)}1`, /nested too deeply/],
    [
      'indentation without end',
      Array.from({ length: 1500 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
      /too deeply/,
    ],
    ['lists in one line', `${'- '.repeat(5000)}x`, /nested too deeply/],
    ['300 levels', `${'{a: '.repeat(300)}1${'}'.repeat(300)}`, /nested too deeply/],
    // Each dash is a fault, and faults take more memory than nodes: 5 MB of them ended the process.
    ['a flow list of dashes', `[ ${'-,'.repeat(600_000)}`, /more than 500000 lines, commas and brackets/],
    ['short items', '- []\n'.repeat(200_000), /more than 500000 lines, commas and brackets/],
    ['more than 5 MB', `a: ${'x'.repeat(5_300_000)}`, /larger than 5 MB/],
  ])('%s', (_why, text, message) => {
    const started = performance.now();
    const failure = ((): unknown => {
      try {
        return rootOf(text);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toMatchObject({ name: 'TemplateError', path: 'a.yaml' });
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain('\n');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it.each(['main.tf', 'main.tf.json'])('%s, since Terraform is not read', (path) => {
    const text = 'resource "aws_api_gateway_rest_api" "a" {}\n';
    expect(() => readDocument({ path, text })).toThrow(`${path}: Terraform is not read; give the OpenAPI document`);
  });
});
