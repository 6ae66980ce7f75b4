import { originOf, parseUrl } from '../../browser/url.js';
import type { CompiledPolicy } from '../../core/policy.js';
import type { Api, Route } from '../api.js';
import { type Answer, mainPreflights, type Part } from './answers.js';
import { textsOf } from './spellings.js';

/** Header, and setting of an HTTP API, a function URL or SAM. */
const NAMES: Readonly<Record<Part, readonly [header: string, setting: string]>> = {
  origin: ['Access-Control-Allow-Origin', 'AllowOrigins'],
  methods: ['Access-Control-Allow-Methods', 'AllowMethods'],
  headers: ['Access-Control-Allow-Headers', 'AllowHeaders'],
  expose: ['Access-Control-Expose-Headers', 'ExposeHeaders'],
  maxAge: ['Access-Control-Max-Age', 'MaxAge'],
  credentials: ['Access-Control-Allow-Credentials', 'AllowCredentials'],
};

/** What a header is called there, whether it is written or not. */
export function nameOf({ sites, by }: Pick<Answer, 'sites' | 'by'>, part: Part): string {
  const site = sites[part];
  if (site !== undefined) return site.name;
  const [header, setting] = NAMES[part];
  if (by === 'response' || by === 'gateway') return header;
  return sites.origin?.name === 'allowOrigins' ? `${setting[0]?.toLowerCase()}${setting.slice(1)}` : setting;
}

/** The line to write, in the words of the place. */
export function lineOf(answer: Answer, part: Part, names: readonly string[]): string {
  const { by, gateway, sites, key } = answer;
  const name = nameOf(answer, part);
  const isOne = part === 'maxAge' || part === 'credentials';
  if (by === 'http' || by === 'url') return `${name}: ${isOne ? names.join() : `[${names.map(asItem).join(', ')}]`}`;
  if (by === 'response') return `method.response.header.${name}: "'${names.join(',')}'"`;
  if (by === 'gateway') {
    return `${gateway?.where === 'sam' ? '' : 'gatewayresponse.header.'}${name}: "'${names.join(',')}'"`;
  }
  const value = part === 'credentials' ? `${name}: ${names.join()}` : `${name}: "'${names.join(',')}'"`;
  // A text has no room for a list.
  const isText = sites.origin?.key === key && Object.keys(sites).length === 1;
  return isText ? `Cors: { AllowOrigin: …, ${value} }` : value;
}

/** In a list of YAML, * begins an alias. */
function asItem(name: string): string {
  return name.startsWith('*') ? `'${name}'` : name;
}

/** Where a CORS setting of the gateway cannot say what is meant, the function says it; the setting would hide that. */
export function withoutSetting(by: 'http' | 'url', originName: string | undefined): string {
  if (by === 'url') return 'remove Cors from the function URL, and put withCors around the function';
  const setting = originName === 'allowOrigins' ? 'x-amazon-apigateway-cors' : 'CorsConfiguration';
  return `remove ${setting}, put withCors around the function, and add a route OPTIONS /{proxy+} without authorizer`;
}

/** Whether one static value does not do for all origins of a policy. */
export function hasSeveral(policy: CompiledPolicy | undefined): boolean {
  const origins = policy?.allowOrigins;
  if (origins === undefined || origins === '*') return false;
  return typeof origins === 'function' || origins.length > 1 || origins.some((origin) => origin.includes('*'));
}

/** The one origin to write for a response; `undefined` where several are meant, by the policy or by a preflight. */
export function staticOrigin(api: Api, policy: CompiledPolicy | undefined, route?: Route): string | undefined {
  if (hasSeveral(policy)) return undefined;
  const origins = policy?.allowOrigins;
  if (origins === '*') return '*';
  if (typeof origins === 'object' && origins[0] !== undefined) return origins[0];
  const preflights = mainPreflights(api).filter(({ routes }) => route === undefined || routes.includes(route));
  const texts = preflights
    .flatMap(({ sites }) => textsOf(sites.origin))
    .flatMap(({ form, text }) => (form === 'expression' ? [] : text));
  const good = texts.find(isOrigin);
  if (good !== undefined) return good;
  return texts.some((text) => text.split('://').length > 2) ? undefined : 'https://app.example.com';
}

function isOrigin(text: string): boolean {
  return text === '*' || (!text.includes('*') && isSpelled(text));
}

function isSpelled(text: string): boolean {
  const url = parseUrl(text);
  return url !== undefined && originOf(url) === text;
}
