// `tsc -p tests` checks the files of this folder too; what it cannot see is checked here.
import { describe, expect, it } from 'vitest';
import { compile, names, read } from './compile.js';

const POLICIES = ['accepted-policies.ts', 'refused-policies.ts'];

/** Without its directives the compiler reports the errors that they await. */
function withoutDirectives(text: string): string {
  return text.replaceAll('// @ts-expect-error', '// awaited:');
}

/** The reason that each directive gives, by the line that it is about. */
function awaitedErrors(files: readonly string[]): Readonly<Record<string, string>> {
  const awaited: Record<string, string> = {};
  for (const name of files) {
    read(name)
      .split('\n')
      .forEach((text, index) => {
        const [, reason] = /^ *\/\/ @ts-expect-error (.+)$/.exec(text) ?? [];
        if (reason !== undefined) awaited[`${name}:${index + 2}`] = reason;
      });
  }
  return awaited;
}

/** Of each error only the awaited reason, if that is among what the compiler says. */
function heardErrors(errors: ReadonlyMap<string, string>, awaited: Readonly<Record<string, string>>): object {
  const entries = [...errors].map(([place, text]) => {
    const reason = awaited[place];
    return [place, reason !== undefined && text.includes(reason) ? reason : text] as const;
  });
  return Object.fromEntries(entries);
}

describe.each([true, false])('what must not compile, with exactOptionalPropertyTypes %s,', (exact) => {
  it('is refused for the reason given, and nothing else is', () => {
    const awaited = awaitedErrors(names);
    expect(Object.keys(awaited).length).toBeGreaterThan(30);
    const errors = compile(names, withoutDirectives, { exactOptionalPropertyTypes: exact });
    expect(heardErrors(errors, awaited)).toEqual(awaited);
  });
});

describe.each([
  [
    'cors',
    (text: string) => text.replace('compilePolicy }', 'cors as compilePolicy }').replace('index.js', 'middy.js'),
  ],
  [
    'withCors',
    (text: string) =>
      text.replace('compilePolicy }', 'withCors }').replaceAll('compilePolicy(', 'withCors(async () => null, '),
  ],
])('%s', (_name, instead) => {
  it('accepts and refuses the same policies as compilePolicy, for the same reasons', () => {
    const awaited = awaitedErrors(POLICIES);
    const errors = compile(POLICIES, (text) => instead(withoutDirectives(text)));
    expect(heardErrors(errors, awaited)).toEqual(awaited);
  });
});

describe.each([
  ['strict off', { strict: false, exactOptionalPropertyTypes: false }],
  ['modules resolved as bundlers do', { module: 'ESNext', moduleResolution: 'Bundler' }],
])('with %s', (_settings, compilerOptions) => {
  it('everything that compiles here still does', () => {
    const errors = compile(names, (text) => text.replaceAll('@ts-expect-error', '@ts-ignore'), compilerOptions);
    expect(Object.fromEntries(errors)).toEqual({});
  });
});
