// Policies that must not compile, each for the reason in its comment, which types.test.ts looks for in the compiler's
// message. It also compiles this file with cors( and withCors(handler, in place of compilePolicy(.
import { type CorsPolicy, compilePolicy } from '../../src/index.js';

declare const environment: { readonly FRONTEND?: string };
declare const flag: boolean;
declare const anyOrigin: { readonly allowOrigins: '*'; readonly allowCredentials: true };
declare const named: { readonly allowOrigins: readonly string[]; readonly allowCredentials: true };
declare const mayBeMissing: { readonly allowOrigins: string | undefined };
declare const misnamed: { readonly allowOrigins: string; readonly origins: readonly string[] };

export const refused = [
  // Credentials never go with any origin.
  // @ts-expect-error name the origins
  compilePolicy({ allowOrigins: '*', allowCredentials: true }),
  // @ts-expect-error the default: name the origins
  compilePolicy({ allowCredentials: true }),
  // @ts-expect-error name the origins
  compilePolicy({ allowOrigins: ['*'], allowCredentials: true }),
  // @ts-expect-error name the origins
  compilePolicy({ allowOrigins: ['https://a.example', '*'], allowCredentials: true }),
  // @ts-expect-error name the origins
  compilePolicy({ allowOrigins: flag ? 'https://a.example' : '*', allowCredentials: true }),
  // @ts-expect-error name the headers
  compilePolicy({ allowOrigins: ['https://a.example'], exposeHeaders: '*', allowCredentials: true }),
  // @ts-expect-error name the headers
  compilePolicy({ allowOrigins: ['https://a.example'], exposeHeaders: ['ETag', '*'], allowCredentials: true }),

  // A misspelt key is named, alone and beside others.
  // @ts-expect-error 'origin' does not exist in type
  compilePolicy({ origin: 'https://a.example' }),
  // @ts-expect-error 'origins' does not exist in type
  compilePolicy({ origins: ['https://a.example'], credentials: true }),
  // @ts-expect-error A policy has no such key
  compilePolicy({ allowOrigins: ['https://a.example'], allowOrigin: 'https://b.example' }),
  // @ts-expect-error A policy has no such key
  compilePolicy({ allowOrigins: ['https://a.example'], origins: ['https://b.example'] }),
  // @ts-expect-error A policy has no such key
  compilePolicy({ allowOrigins: ['https://a.example'], allowCredentials: true, maxage: 60 }),

  // @ts-expect-error Did you mean to write 'allowOrigins'?
  compilePolicy({ allowMethods: ['GET'], allowOrigin: 'https://b.example' }),
  // @ts-expect-error A policy has no such key: origins.
  compilePolicy(misnamed),

  // One of several that may be meant.
  // @ts-expect-error name the origins
  compilePolicy(flag ? named : anyOrigin),
  // @ts-expect-error name the origins
  compilePolicy(flag ? anyOrigin : undefined),
  // @ts-expect-error A policy has no such key: origins.
  compilePolicy(flag ? named : misnamed),

  // Values that may be missing must not become the default, any origin. Whoever means the default leaves the key out.
  // @ts-expect-error give a default, or remove the key
  compilePolicy({ allowOrigins: environment.FRONTEND }),
  // @ts-expect-error give a default, or remove the key
  compilePolicy({ allowOrigins: environment.FRONTEND?.split(','), maxAge: 60 }),
  // @ts-expect-error give a default, or remove the key
  compilePolicy({ allowOrigins: flag ? 'https://a.example' : undefined }),
  // @ts-expect-error give a default, or remove the key
  compilePolicy({ allowOrigins: undefined }),
  // @ts-expect-error give a default, or remove the key
  compilePolicy({ ...named, maxAge: undefined }),
  // @ts-expect-error give a default, or remove the key
  compilePolicy(mayBeMissing),
  // @ts-expect-error give a default, or remove the key
  compilePolicy(flag ? named : mayBeMissing),

  // Wrong types.
  // @ts-expect-error Type 'number' is not assignable
  compilePolicy({ allowOrigins: 5 }),
  // @ts-expect-error Type 'RegExp' is not assignable
  compilePolicy({ allowOrigins: /\.example$/ }),
  // @ts-expect-error Type 'RegExp' is not assignable
  compilePolicy({ allowOrigins: [/\.example$/] }),
  // @ts-expect-error Type 'true' is not assignable
  compilePolicy({ allowOrigins: true }),
  // @ts-expect-error Type 'undefined' is not assignable
  compilePolicy({ allowOrigins: environment.FRONTEND, allowCredentials: true }),
  // @ts-expect-error Type 'string' is not assignable to type 'boolean | Promise<boolean>'
  compilePolicy({ allowOrigins: () => 'https://a.example' }),
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  compilePolicy({ allowOrigins: (origin: number) => origin > 0 }),
  // @ts-expect-error Type '"GET"' is not assignable
  compilePolicy({ allowMethods: 'GET' }),
  // @ts-expect-error Type '"X-A,X-B"' is not assignable
  compilePolicy({ allowHeaders: 'X-A,X-B' }),
  // @ts-expect-error is not assignable to type
  compilePolicy({ exposeHeaders: 'ETag' }),
  // @ts-expect-error Type 'string' is not assignable to type 'number'
  compilePolicy({ maxAge: '600' }),
  // @ts-expect-error Type 'string' is not assignable to type 'boolean
  compilePolicy({ allowOrigins: ['https://a.example'], allowCredentials: 'true' }),
  // @ts-expect-error Type 'number' is not assignable to type 'boolean
  compilePolicy({ dangerouslyAllowInsecureOrigins: 1 }),
  // @ts-expect-error has no properties in common with type 'CorsPolicy'
  compilePolicy('https://a.example'),
  // @ts-expect-error has no properties in common with type 'CorsPolicy'
  compilePolicy(['https://a.example']),
  // @ts-expect-error is not assignable to parameter of type
  compilePolicy(null),
];

// @ts-expect-error Did you mean to write 'allowHeaders'?
export const misspelt: CorsPolicy = { allowHeader: ['X-A'] };
