import type { CompiledPolicy, CorsPolicy } from './policy.js';

/**
 * What the compiler can refuse of a policy: unknown keys, values that may be missing, and credentials for `*`.
 *
 * It bounds the type of the policy, `P extends CorsPolicy & Sound<P>`: of an optional parameter `P & Sound<P>` the
 * compiler would infer but the first member of a union.
 */
export type Sound<P> = [Faults<P>] extends [never] ? unknown : Faults<P>;

/** Those of every member of a union. What shares no key with a policy is left to the compiler's own message. */
type Faults<P> = P extends CompiledPolicy
  ? never
  : keyof P & keyof CorsPolicy extends never
    ? never
    : Known<UnknownKeys<P> & MissingValues<P> & Wildcards<P>>;

/** Beside the faults of other members, `unknown` would hide them. */
type Known<Found> = unknown extends Found ? never : Found;

/** Not about the key itself: that would make it one that editors offer, and that the compiler finds nothing like. */
type UnknownKeys<P> = string extends keyof P
  ? unknown
  : [Exclude<keyof P, keyof CorsPolicy>] extends [never]
    ? unknown
    : Refused<`A policy has no such key: ${Exclude<keyof P, keyof CorsPolicy | symbol>}.`>;

/** Of a key that may be left out `undefined` is no fault: `Required` takes it away there, and nowhere else. */
type MissingValues<P> = Fault<
  {
    [Key in keyof P & keyof CorsPolicy]: [Required<P>[Key]] extends [NonNullable<unknown>] ? never : Key;
  }[keyof P & keyof CorsPolicy],
  'It may be undefined, as a missing environment variable is: give a default, or remove the key.'
>;

type Wildcards<P> = P extends { readonly allowCredentials: true }
  ? (P extends { readonly allowOrigins: infer Origins }
      ? HasWildcard<Origins> extends true
        ? Fault<'allowOrigins', 'With allowCredentials a browser refuses "*": name the origins.'>
        : unknown
      : 'allowOrigins' extends keyof P
        ? unknown
        : Fault<'allowOrigins', 'With allowCredentials a browser refuses "*", the default: name the origins.'>) &
      (P extends { readonly exposeHeaders: infer Names }
        ? HasWildcard<Names> extends true
          ? Fault<'exposeHeaders', 'With allowCredentials "*" means nothing to a browser: name the headers.'>
          : unknown
        : unknown)
  : unknown;

/** `unknown` where there is none. */
type Fault<Key extends PropertyKey, Reason extends string> = [Key] extends [never]
  ? unknown
  : { readonly [Faulty in Key]: Refused<Reason> };

/** Only the compiler's message matters. A mere string would make `never` of the whole policy, and the message too. */
interface Refused<Reason extends string> {
  readonly [refused]: Reason;
}

declare const refused: unique symbol;

type HasWildcard<Value> = '*' extends (Value extends readonly (infer Item)[] ? Literal<Item> : Literal<Value>)
  ? true
  : false;

/** What is known of a string before the program runs: nothing of a mere `string`, such as an environment variable. */
type Literal<Text> = string extends Text ? never : Text;
