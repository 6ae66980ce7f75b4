import type { CompiledPolicy, CorsPolicy } from './policy.js';

/**
 * What the compiler can refuse in a policy: unknown keys, values that may be missing, and credentials with `*`.
 *
 * It bounds the type of the policy, `P extends CorsPolicy & Sound<P>`: from an optional parameter of type
 * `P & Sound<P>` the compiler would infer only the first member of a union.
 *
 * @example
 * Sound<{ allowOrigins: string }> // unknown: every policy may be this one
 * Sound<{ allowCredentials: true }> // { readonly allowOrigins: Refused<'With allowCredentials …'> }: no policy may
 */
export type Sound<P> = [Faults<P>] extends [never] ? unknown : Faults<P>;

/**
 * The faults of each member of a union; `never` without any. A type that shares no key with a policy is left to the
 * compiler, whose own message is better.
 *
 * @example
 * Faults<{ allowOrigins: '*' } | { allowOrigins: undefined }> // { readonly allowOrigins: Refused<'It may be …'> }
 * Faults<string> // never
 */
type Faults<P> = P extends CompiledPolicy
  ? never
  : keyof P & keyof CorsPolicy extends never
    ? never
    : NeverIfUnknown<UnknownKeys<P> & MissingValues<P> & Wildcards<P>>;

/**
 * In a union `unknown` would hide the faults of other members.
 *
 * @example
 * NeverIfUnknown<unknown> // never
 * NeverIfUnknown<{ a: 1 }> // { a: 1 }
 */
type NeverIfUnknown<Found> = unknown extends Found ? never : Found;

/**
 * The fault names the keys in its text and is not about the keys themselves: those would become keys that editors
 * offer, and the compiler could no longer say which known key is meant.
 *
 * @example
 * UnknownKeys<{ allowOrigins: '*'; origins: '*' }> // Refused<'A policy has no such key: origins.'>
 * UnknownKeys<{ allowOrigins: '*' }> // unknown
 */
type UnknownKeys<P> = string extends keyof P
  ? unknown
  : [Exclude<keyof P, keyof CorsPolicy>] extends [never]
    ? unknown
    : Refused<`A policy has no such key: ${Exclude<keyof P, keyof CorsPolicy | symbol>}.`>;

/**
 * An optional key is not a fault: `Required` removes `undefined` from it, and from no other key.
 *
 * @example
 * MissingValues<{ allowOrigins: string | undefined }> // { readonly allowOrigins: Refused<'It may be undefined, …'> }
 * MissingValues<{ allowOrigins?: string }> // unknown
 */
type MissingValues<P> = RefusedKey<
  {
    [Key in keyof P & keyof CorsPolicy]: [Required<P>[Key]] extends [NonNullable<unknown>] ? never : Key;
  }[keyof P & keyof CorsPolicy],
  'It may be undefined, as a missing environment variable is: give a default, or remove the key.'
>;

/**
 * https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
 *
 * @example
 * Wildcards<{ allowOrigins: ['*']; allowCredentials: true }> // { readonly allowOrigins: Refused<'With …'> }
 * Wildcards<{ allowOrigins: '*'; allowCredentials: false }> // unknown
 */
type Wildcards<P> = P extends { readonly allowCredentials: true }
  ? (P extends { readonly allowOrigins: infer Origins }
      ? HasWildcard<Origins> extends true
        ? RefusedKey<'allowOrigins', 'With allowCredentials a browser refuses "*": name the origins.'>
        : unknown
      : 'allowOrigins' extends keyof P
        ? unknown
        : RefusedKey<'allowOrigins', 'With allowCredentials a browser refuses "*", the default: name the origins.'>) &
      (P extends { readonly exposeHeaders: infer Names }
        ? HasWildcard<Names> extends true
          ? RefusedKey<'exposeHeaders', 'With allowCredentials "*" means nothing to a browser: name the headers.'>
          : unknown
        : unknown)
  : unknown;

/**
 * A fault at some keys, which no value can satisfy.
 *
 * @example
 * RefusedKey<'maxAge', 'Why.'> // { readonly maxAge: Refused<'Why.'> }
 * RefusedKey<never, 'Why.'> // unknown
 */
type RefusedKey<Key extends PropertyKey, Reason extends string> = [Key] extends [never]
  ? unknown
  : { readonly [Faulty in Key]: Refused<Reason> };

/**
 * Only its text in the compiler's message matters. A string type in its place would make `never` of the whole policy,
 * and the message with it.
 */
interface Refused<Reason extends string> {
  readonly [refused]: Reason;
}

declare const refused: unique symbol;

/**
 * @example
 * HasWildcard<['https://a.example', '*']> // true
 * HasWildcard<string> // false: nobody knows before the program runs
 */
type HasWildcard<Value> = '*' extends (Value extends readonly (infer Item)[] ? Literal<Item> : Literal<Value>)
  ? true
  : false;

/**
 * What is known of a string before the program runs: nothing of a `string`, such as an environment variable.
 *
 * @example
 * Literal<'*' | 'https://a.example'> // '*' | 'https://a.example'
 * Literal<string> // never
 */
type Literal<Text> = string extends Text ? never : Text;
