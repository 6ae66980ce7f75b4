import type { CompiledPolicy, CorsPolicy } from './policy.js';

/** What the compiler can refuse of a policy that is written in place: unknown keys, and credentials for `*`. */
export type Sound<P> = P extends CompiledPolicy
  ? unknown
  : UnknownKeys<Exclude<keyof P, keyof CorsPolicy>> &
      (P extends { readonly allowCredentials: true } ? SoundWithCredentials<P> : unknown);

/** `unknown` where there are none: an empty record would make the compiler take any string or list for a policy. */
type UnknownKeys<Key extends PropertyKey> = [Key] extends [never]
  ? unknown
  : Readonly<Record<Key, Refused<'A policy has no such key.'>>>;

type SoundWithCredentials<P> = (P extends { readonly allowOrigins: infer Origins }
  ? HasWildcard<Origins> extends true
    ? { readonly allowOrigins: Refused<'With allowCredentials a browser refuses "*": name the origins.'> }
    : unknown
  : 'allowOrigins' extends keyof P
    ? unknown
    : {
        readonly allowOrigins: Refused<'With allowCredentials a browser refuses "*", the default: name the origins.'>;
      }) &
  (P extends { readonly exposeHeaders: infer Names }
    ? HasWildcard<Names> extends true
      ? { readonly exposeHeaders: Refused<'With allowCredentials "*" means nothing to a browser: name the headers.'> }
      : unknown
    : unknown);

/** Only the compiler's message matters. A mere string would make `never` of the whole policy, and the message too. */
type Refused<Reason extends string> = { readonly [Key in Reason]: never };

type HasWildcard<Value> = '*' extends (Value extends readonly (infer Item)[] ? Literal<Item> : Literal<Value>)
  ? true
  : false;

/** What is known of a string before the program runs: nothing of a mere `string`, such as an environment variable. */
type Literal<Text> = string extends Text ? never : Text;
