/** What is said of a mapping template that answers several origins, by how it compares them. */
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/infra/lint.js';
import { openapi, proxied } from './templates.js';

const BY_HEADER = '$input.params().header.get("Origin")';

/** An OPTIONS method whose template lets in what a condition says of `$origin`. */
function choosing(condition: string, { read = BY_HEADER, origin = "'https://app.example.com'" } = {}): string {
  const template = `#set($origin = ${read})#if(${condition})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`;
  const response = `{ statusCode: '204', responseParameters: { method.response.header.Access-Control-Allow-Origin: ${JSON.stringify(origin)} }, responseTemplates: { application/json: ${JSON.stringify(template)} } }`;
  return openapi({
    '/notes': {
      get: proxied(),
      options: `{ responses: { '204': { description: ok, headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }, x-amazon-apigateway-integration: { type: mock, requestTemplates: { application/json: '{"statusCode":204}' }, responses: { default: ${response} } } }`,
    },
  });
}

function said(text: string): readonly string[] {
  return lint([{ path: 'template.yaml', text }])
    .filter(({ code }) => code === 'LC214')
    .map(({ severity, message }) => `${severity}: ${message.split(' ', 5).join(' ')}`);
}

const DOT = 'warning: .matches takes a regular expression,';
const QUERY = 'warning: $input.params("origin") finds a query parameter';
const STATIC = 'info: an origin that the template';

describe('a mapping template', () => {
  it.each([
    ['==', '$origin == "https://app.example.com"', [STATIC]],
    ['a pattern with dots', '$origin.matches("https://app.example.com")', [DOT, STATIC]],
    ['a pattern with dots behind one with none', `$origin.matches('.*') || $origin.matches('a.b')`, [DOT, STATIC]],
    ['dots in brackets', '$origin.matches("https://app[.]example[.]com")', [STATIC]],
    ['dots behind a backslash', '$origin.matches("https://.*\\.example\\.com")', [STATIC]],
    ['dots behind two', '$origin.matches("https://.*\\\\.example\\\\.com")', [STATIC]],
    ['a pattern that is not known', '$origin.matches($allowed)', [STATIC]],
  ])('%s', (_name, condition, found) => {
    expect(said(choosing(condition))).toEqual(found);
  });

  it('that reads the query may be led astray, unless it lets in everybody', () => {
    const read = '$input.params("Origin")';
    expect(said(choosing('$origin == "https://app.example.com"', { read, origin: "''" }))).toEqual([QUERY]);
    expect(said(choosing('$origin.matches(".*")', { read, origin: "'*'" }))).toEqual([]);
    expect(said(choosing('$origin.matches("https://.*")', { read, origin: "'*'" }))).toEqual([QUERY]);
  });
});
