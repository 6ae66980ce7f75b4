import { compilePolicy } from '../../core/compile.js';
import type { CompiledPolicy, CorsPolicy } from '../../core/policy.js';
import { atMost, exactOnly, methodsAmong, notEmpty, originsOf } from './checks.js';
import { httpCors, pascalCase } from './http-cors.js';
import type { Check, Target } from './output.js';
import { samFunction, samTemplate } from './sam-template.js';

const WITH_CORS =
  'leave Cors of the function URL out and wrap the function in withCors, which then answers preflights too';
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', '*'];
const MAX_ORIGIN = 253;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
export const functionUrl: Target = {
  formats: ['yaml', 'json'],
  checks: [
    ...exactOnly(WITH_CORS),
    ...[
      methodsAmong(METHODS, WITH_CORS),
      notEmpty('allowMethods', 'has no method but OPTIONS', `name one, or ${WITH_CORS}`),
    ].map(onRest),
    atMost('allowOrigins', 100, WITH_CORS),
    atMost('allowHeaders', 100, WITH_CORS),
    atMost('exposeHeaders', 100, WITH_CORS),
    (policy) => {
      const origins = originsOf(policy);
      const long = origins === '*' ? [] : origins.filter(({ length }) => length > MAX_ORIGIN);
      const reason = `has more than ${MAX_ORIGIN} characters, the most there`;
      return long.length > 0 ? { path: 'allowOrigins', value: long, reason, fix: WITH_CORS } : undefined;
    },
  ],
  write(policy) {
    const cors = pascalCase(httpCors(withoutOptions(policy)));
    const left = policy.allowMethods.includes('OPTIONS')
      ? ['OPTIONS is left out of AllowMethods: function URLs answer preflights themselves, and do not take it.']
      : [];
    return {
      document: samTemplate(undefined, {
        Notes: samFunction(undefined, {}, { FunctionUrlConfig: { AuthType: 'NONE', Cors: cors } }),
      }),
      head: 'CORS for a function URL. Put Cors into the FunctionUrlConfig of your function; without SAM, into the Properties of AWS::Lambda::Url.',
      comments: [[['Resources', 'Notes', 'Properties', 'FunctionUrlConfig', 'AuthType'], 'Yours: NONE or AWS_IAM.']],
      notes: [
        ...left,
        'A function URL with Cors adds its headers to those of the function, and browsers refuse two: the function must not send any, so take withCors off.',
      ],
    };
  },
};

function onRest(check: Check): Check {
  return (policy) => check(withoutOptions(policy));
}

function withoutOptions(policy: CompiledPolicy): CompiledPolicy {
  const { allowMethods } = policy;
  if (allowMethods === '*' || !allowMethods.includes('OPTIONS')) return policy;
  const others = allowMethods.filter((method) => method !== 'OPTIONS');
  return compilePolicy({ ...policy, allowMethods: others } as CorsPolicy);
}
