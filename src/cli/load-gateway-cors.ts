import type { GatewayCors } from '../gateway.js';
import { read } from './load-policy.js';
import { misuse } from './misuse.js';

/** The gateway's own CORS feature, from a file: JSON, or what a module exports as `cors` or by default. */
export async function loadGatewayCors(path: string): Promise<GatewayCors> {
  const cors = await read(path, 'cors');
  const issues = isRecord(cors) ? Object.entries(cors).flatMap(faultOf) : ['cors: is no object'];
  if (issues.length === 0) return cors as GatewayCors;
  throw misuse(`${path} is no CORS configuration of a gateway; to mend:`, issues);
}

type Type = 'a list of strings' | 'true or false' | 'a number';

/** As `CorsConfiguration` of an HTTP API and `Cors` of a function URL have them, in camel case. */
const TYPES: Readonly<Record<keyof GatewayCors, Type>> = {
  allowOrigins: 'a list of strings',
  allowMethods: 'a list of strings',
  allowHeaders: 'a list of strings',
  exposeHeaders: 'a list of strings',
  allowCredentials: 'true or false',
  maxAge: 'a number',
};

function faultOf([key, value]: readonly [string, unknown]): readonly string[] {
  if (!Object.hasOwn(TYPES, key)) return [`${key}: is none of ${Object.keys(TYPES).join(', ')}`];
  const type = TYPES[key as keyof GatewayCors];
  return typeOf(value) === type ? [] : [`${key}: write ${type}`];
}

function typeOf(value: unknown): Type | undefined {
  if (typeof value === 'boolean') return 'true or false';
  if (typeof value === 'number') return 'a number';
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? 'a list of strings' : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
