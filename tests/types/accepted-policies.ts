// Policies that compile. types.test.ts also compiles this file with cors( and withCors(handler, in place of compilePolicy(.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type CompiledPolicy, type CorsPolicy, compilePolicy } from '../../src/index.js';

declare const environment: { readonly ALLOW_ORIGINS: string; readonly FRONTEND?: string };
declare const flag: boolean;
declare const list: string[];
// biome-ignore lint/suspicious/noExplicitAny: what comes from JSON or from untyped JavaScript.
declare const anything: any;
declare const fromJavaScript: { readonly allowOrigins: typeof anything; readonly maxAge: number };
declare const dictionary: Readonly<Record<string, typeof anything>>;
declare const partial: { readonly allowOrigins?: string; readonly maxAge?: number };
declare const compiled: CompiledPolicy;
declare const stage: 'test' | 'prod';
declare const settings: { readonly allowOrigins: '*' | readonly string[]; readonly allowCredentials: boolean };

const frozen = { allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: true } as const;
const widened = { allowOrigins: ['https://a.example'], allowMethods: ['GET'], allowCredentials: true };
const annotated: CorsPolicy = { allowOrigins: ['https://a.example'], allowCredentials: true };
const anonymous: CorsPolicy = { exposeHeaders: '*', maxAge: 600 };
const choice = flag ? { allowOrigins: ['https://a.example'] } : { allowOrigins: 'https://b.example' };
const byStage = { test: { allowOrigins: '*', maxAge: 5 }, prod: { allowOrigins: list, allowCredentials: true } };
const byFrozenStage = { test: { allowOrigins: '*', maxAge: 5 }, prod: frozen } as const;
const mixed: readonly CorsPolicy[] = [annotated, anonymous];

export const accepted = [
  compilePolicy(),
  compilePolicy({}),
  compilePolicy(compiled),

  // An environment variable, with its usual fallbacks: only the run can tell what is in it.
  compilePolicy({ allowOrigins: environment.ALLOW_ORIGINS, allowCredentials: true }),
  compilePolicy({ allowOrigins: environment.FRONTEND ?? 'https://a.example', allowCredentials: true }),
  compilePolicy({ allowOrigins: environment.ALLOW_ORIGINS.split(','), allowCredentials: true }),
  compilePolicy({ allowOrigins: ['https://a.example', environment.ALLOW_ORIGINS], allowCredentials: true }),

  compilePolicy({ ...(environment.FRONTEND !== undefined && { allowOrigins: environment.FRONTEND }), maxAge: 60 }),
  compilePolicy({ ...(environment.FRONTEND ? { allowOrigins: environment.FRONTEND } : {}) }),

  // Keys that may be left out.
  compilePolicy(partial),
  compilePolicy({ ...partial, allowMethods: ['GET'] }),
  compilePolicy({ ...annotated, ...partial }),
  compilePolicy({ ...(flag ? annotated : undefined), allowMethods: ['GET'] }),
  compilePolicy(flag ? partial : frozen),

  // What the compiler knows nothing about.
  compilePolicy(anything),
  compilePolicy({ allowOrigins: anything, maxAge: anything }),
  compilePolicy(fromJavaScript),
  compilePolicy(flag ? fromJavaScript : anonymous),
  compilePolicy(dictionary),

  // Literals.
  compilePolicy({ allowOrigins: '*' }),
  compilePolicy({ allowOrigins: ['*'] }),
  compilePolicy({ allowOrigins: '*', allowCredentials: false }),
  compilePolicy({ allowOrigins: 'https://a.example,https://*.b.example', allowCredentials: true }),
  compilePolicy({ allowOrigins: ['https://*.example.com', 'http://localhost:*'], allowCredentials: true }),
  compilePolicy({ allowMethods: '*', allowHeaders: '*', exposeHeaders: '*' }),
  compilePolicy({ allowOrigins: ['https://a.example'], allowHeaders: '*', allowMethods: '*', allowCredentials: true }),
  compilePolicy({ allowOrigins: ['https://a.example'], exposeHeaders: ['ETag'], allowCredentials: true }),
  compilePolicy({ allowOrigins: ['http://a.example'], allowCredentials: true, dangerouslyAllowInsecureOrigins: true }),

  // Lists that are not literals, and choices between literals.
  compilePolicy({ allowOrigins: list, allowMethods: list, allowHeaders: list, exposeHeaders: list }),
  compilePolicy({ allowOrigins: list as readonly string[], allowCredentials: true }),
  compilePolicy({ allowOrigins: flag ? ['https://a.example'] : ['http://localhost:*'], allowCredentials: true }),
  compilePolicy({ allowOrigins: flag ? 'https://a.example' : 'http://localhost:*', allowCredentials: true }),
  compilePolicy({ allowOrigins: flag ? 'https://a.example' : '*' }),

  // Credentials that only the run decides about.
  compilePolicy({ allowOrigins: ['https://a.example', 'https://b.example'], allowCredentials: flag }),
  compilePolicy({ allowOrigins: environment.ALLOW_ORIGINS, allowCredentials: flag }),
  compilePolicy({ allowOrigins: list, ...(flag ? { allowCredentials: true } : {}) }),
  compilePolicy(flag ? { allowOrigins: '*' } : { allowOrigins: list, allowCredentials: true }),
  compilePolicy({ allowOrigins: '*', allowCredentials: flag }),
  compilePolicy(settings),

  // Functions, annotated with their own event or not at all.
  compilePolicy({ allowOrigins: (origin) => origin.endsWith('.example') }),
  compilePolicy({ allowOrigins: (origin: string, event: APIGatewayProxyEvent) => event.path.includes(origin) }),
  compilePolicy({ allowOrigins: async (origin, { headers }) => origin in headers, allowCredentials: true }),

  // Constants.
  compilePolicy(frozen),
  compilePolicy(widened),
  compilePolicy(annotated),
  compilePolicy(anonymous),
  compilePolicy({ ...frozen, maxAge: 60 }),
  ...mixed.map((policy) => compilePolicy(policy)),

  // Constants of several types.
  compilePolicy(choice),
  compilePolicy(flag ? choice : undefined),
  compilePolicy(flag ? choice : compiled),
  compilePolicy(byStage[stage]),
  compilePolicy(byFrozenStage[stage]),
  ...[frozen, widened, choice].map((policy) => compilePolicy(policy)),
];

export function takesAnyPolicy(policy: CorsPolicy, either: CorsPolicy | CompiledPolicy, maybe?: CorsPolicy): unknown {
  return [compilePolicy(policy), compilePolicy(either), compilePolicy(maybe)];
}
