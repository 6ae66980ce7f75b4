import type { CompiledPolicy } from '../../core/policy.js';
import type { Check } from './output.js';

/** The origins of a policy that names them one by one; `*` for everyone. */
export function originsOf({ allowOrigins }: CompiledPolicy): '*' | readonly string[] {
  // A target that cannot ask a function has refused it by now.
  return typeof allowOrigins === 'function' ? [] : allowOrigins;
}

/** Whether one value of Access-Control-Allow-Origin does for every request. */
export function onlyOrigin(policy: CompiledPolicy): string | undefined {
  const origins = originsOf(policy);
  return origins === '*' ? '*' : origins.length === 1 ? origins[0] : undefined;
}

/** What only code can decide: an origin function, patterns, and what has to be echoed. */
export function exactOnly(fix: string): readonly Check[] {
  return [
    ({ allowOrigins }) =>
      typeof allowOrigins === 'function'
        ? { path: 'allowOrigins', value: allowOrigins, reason: 'can only be asked by code', fix }
        : undefined,
    ({ allowOrigins }) => {
      const patterns = typeof allowOrigins === 'object' ? allowOrigins.filter((origin) => origin.includes('*')) : [];
      if (patterns.length === 0) return undefined;
      return { path: 'allowOrigins', value: patterns, reason: 'cannot be matched there: only exact origins can', fix };
    },
    ...(['allowMethods', 'allowHeaders'] as const).map(
      (path): Check =>
        (policy) =>
          policy.allowCredentials && policy[path] === '*'
            ? {
                path,
                value: '*',
                reason: 'has to echo what a preflight asks for when there are credentials, and that takes code',
                fix: `name them, or ${fix}`,
              }
            : undefined,
    ),
  ];
}

export function oneOrigin(reason: string, fix: string): Check {
  return (policy) => {
    const origins = originsOf(policy);
    // Patterns are a fault of their own.
    const several = origins !== '*' && origins.length > 1;
    return several ? { path: 'allowOrigins', value: origins, reason, fix } : undefined;
  };
}

/**
 * Characters that are legal in the names of methods and headers, and break a mapping such as `'GET,PUT'`, or what
 * such mappings are written in.
 */
const BREAKS_MAPPINGS = /['$#%`]/;

export const mappable: readonly Check[] = (['allowMethods', 'allowHeaders', 'exposeHeaders'] as const).map((path) => {
  return (policy) => {
    const names = policy[path];
    const bad = names === '*' ? [] : names.filter((name) => BREAKS_MAPPINGS.test(name));
    if (bad.length === 0) return undefined;
    const reason = "cannot be part of a mapping: ', $, #, % and ` break it";
    return {
      path,
      value: bad,
      reason,
      fix: 'choose another name, or route OPTIONS to the function and let withCors answer',
    };
  };
});

export function noExposed(reason: string, fix: string): Check {
  return ({ exposeHeaders }) =>
    exposeHeaders.length > 0 ? { path: 'exposeHeaders', value: exposeHeaders, reason, fix } : undefined;
}

export function notEmpty(path: 'allowMethods' | 'allowHeaders', reason: string, fix: string): Check {
  return (policy) => (policy[path].length === 0 ? { path, value: [], reason, fix } : undefined);
}

/**
 * The methods that API Gateway has, and what stands for all.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings-method-request.html
 */
const GATEWAY_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*'];

export const gatewayMethods = methodsAmong(GATEWAY_METHODS, 'leave it out');

/** Methods must be among some, or `*` where that is among them. */
export function methodsAmong(known: readonly string[], fix: string): Check {
  return ({ allowMethods }) => {
    const names = allowMethods === '*' ? ['*'] : allowMethods;
    const others = names.filter((name) => !known.includes(name));
    if (others.length === 0) return undefined;
    return { path: 'allowMethods', value: others, reason: `is not among the methods there: ${known.join(', ')}`, fix };
  };
}

export function atMost(path: 'allowOrigins' | 'allowHeaders' | 'exposeHeaders', most: number, fix: string): Check {
  return (policy) => {
    const value = path === 'allowOrigins' ? originsOf(policy) : policy[path];
    if (value === '*' || value.length <= most) return undefined;
    return { path, value: value.length, reason: `is the number of elements, and ${most} is the most there`, fix };
  };
}
