import { describe, expect, it } from 'vitest';
import { originOverride } from '../../src/infra/play/overrides.js';

const GENERATED = `#set($allowed="")
#foreach($n in ["origin","Origin"])
#set($v=$input.params().header.get($n))
#if($v=="https://a.test"||$v=="https://b.test")#set($allowed=$v)#end
#end
#if($allowed!="")#set($context.responseOverride.header.Access-Control-Allow-Origin=$allowed)#end`;

const CDK = `#set($origin = $input.params().header.get("Origin"))
#if($origin == "")
  #set($origin = $input.params().header.get("origin"))
#end
#if($origin.matches("https://a.test") || $origin.matches("https://b.test"))
  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)
#end`;

function allowed(template: string, ...origins: readonly string[]): readonly string[] | string {
  const override = originOverride(template);
  return override.kind === 'listed' ? origins.filter(override.allows) : override.kind;
}

describe('what a response template does to the origin', () => {
  it('sends what it compares with', () => {
    const origins = ['https://a.test', 'https://b.test', 'https://axtest', 'https://evil.test', '', 'null'];
    expect(allowed(GENERATED, ...origins)).toEqual(['https://a.test', 'https://b.test']);
  });

  it('takes a dot for anything where the template matches', () => {
    expect(allowed(CDK, 'https://a.test', 'https://axtest', 'https://a.test.evil', 'https://b-test')).toEqual([
      'https://a.test',
      'https://axtest',
      'https://b-test',
    ]);
  });

  it.each<readonly [why: string, template: string, kind: string]>([
    ['no override', '{ "ok": true }', 'none'],
    ['a second override', `${GENERATED}#set($context.responseOverride.status = 403)`, 'unknown'],
    ['another header', GENERATED.replace('Allow-Origin', 'Max-Age'), 'unknown'],
    ['an #else', GENERATED.replace('#set($allowed=$v)#end', '#set($allowed=$v)#else#set($allowed="x")#end'), 'unknown'],
    ['a pattern that is more than text', CDK.replace('https://a.test', 'https://.*'), 'unknown'],
    ['another test', GENERATED.replace('$v=="https://a.test"', '$v.endsWith(".test")'), 'unknown'],
    ['a condition with &&', GENERATED.replace('||', '&&'), 'unknown'],
    [
      'a query parameter that counts for the header',
      GENERATED.replace('$input.params().header.get($n)', '$input.params($n)'),
      'unknown',
    ],
    [
      'no condition',
      '#set($v=$input.params().header.get("origin"))#set($context.responseOverride.header.Access-Control-Allow-Origin=$v)',
      'unknown',
    ],
  ])('%s: %#', (_why, template, kind) => {
    expect(allowed(template, 'https://a.test')).toBe(kind);
  });
});
