import { isForbiddenRequestHeader } from '../../browser/forbidden-headers.js';
import type { CompiledPolicy } from '../../core/policy.js';
import type { Route } from '../api.js';
import type { Method } from '../method.js';
import { knownOf } from '../value.js';
import { isMapped } from './answers.js';
import type { Scope } from './rule.js';

/** A header that a page has to send, or may send, to call a method, and that a preflight must allow. */
export interface Need {
  /** In lower case. */
  readonly header: string;
  readonly method: Method;
  readonly path: string;
  /** Without it the method cannot be called at all, or not as it is meant. */
  readonly required: boolean;
  /** Why, as it continues `because`. */
  readonly why: string;
}

/** The usual spelling of a header, for people. */
export function spelled(header: string): string {
  return header.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** What a request signed with Signature Version 4 carries. */
const SIGNED = ['authorization', 'x-amz-date'] as const;
/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header; Content-Type is not, for JSON. */
const SAFELISTED: ReadonlySet<string> = new Set(['accept', 'accept-language', 'content-language', 'range']);
/** What gateways and browsers add by themselves. */
const ADDED = /^(x-forwarded-|cloudfront-|x-amzn-|x-amz-cf-|user-agent$)/;

/** What the methods of a route need, OPTIONS aside. */
export function needsOf(route: Route, { signedByCloudFront }: Pick<Scope, 'signedByCloudFront'>): readonly Need[] {
  const methods = route.methods.filter(({ method }) => method !== 'OPTIONS');
  return methods.flatMap((method) => methodNeeds(route, method, signedByCloudFront));
}

function methodNeeds({ path }: Route, method: Method, signedByCloudFront = false): readonly Need[] {
  const needs = new Map<string, Need>();
  const add = (header: string, required: boolean, why: string): void => {
    const name = header.toLowerCase();
    if (SAFELISTED.has(name) || ADDED.test(name) || isForbiddenRequestHeader(name, '')) return;
    if (needs.get(name)?.required) return;
    needs.set(name, { header: name, method, path, required, why });
  };
  const { auth, apiKey, parameters, consumes } = method;
  if (auth.kind === 'iam' && signedByCloudFront) {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
    add('x-amz-content-sha256', false, 'CloudFront signs a body by the hash that the page sends');
  } else if (auth.kind === 'iam') {
    for (const name of SIGNED) add(name, true, 'requests are signed, for AWS_IAM');
    add('x-amz-security-token', false, 'requests are signed, with temporary credentials');
  } else if (auth.kind !== 'none') for (const name of auth.headers) add(name, true, 'its authorizer reads it');
  if (knownOf(apiKey.value) === true) add('x-api-key', true, 'it asks for an API key');
  for (const { name, required } of parameters) {
    const must = knownOf(required) === true;
    add(name, must, must ? 'it is a required parameter' : 'it is a parameter');
  }
  if (consumes.some(isJson)) add('content-type', true, 'it takes JSON');
  else if (takesJson(method)) add('content-type', true, 'it has a template for JSON and refuses other types');
  else if (mayTakeJson(method)) add('content-type', false, 'a page that sends JSON needs it');
  return [...needs.values()];
}

function isJson(type: string): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(type);
}

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** A non-proxy integration that answers 415 to what is not JSON. */
function takesJson(method: Method): boolean {
  const { integration } = method;
  if (!WITH_BODY.has(method.method) || !isMapped(method)) return false;
  const behavior = String(knownOf(integration.passthroughBehavior) ?? '').toLowerCase();
  const types = integration.requestTemplates.map(({ contentType }) => contentType);
  return types.length > 0 && types.every(isJson) && (behavior === 'never' || behavior === 'when_no_templates');
}

/** Declared types that are not JSON say what the method takes; without any, JSON is the most likely. */
function mayTakeJson({ method, consumes }: Method): boolean {
  return WITH_BODY.has(method) && consumes.length === 0;
}

/** The methods that API Gateway has. */
export const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Methods that a browser allows without being told: https://fetch.spec.whatwg.org/#cors-safelisted-method */
export const SIMPLE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** Whether a policy does not have a method, so that no page of another origin is meant to call it. */
export function isLeftOut(policy: CompiledPolicy | undefined, method: string): boolean {
  if (policy === undefined || policy.allowMethods === '*' || SIMPLE.has(method)) return false;
  return !policy.allowMethods.includes(method);
}

/** Why a method cannot be called without a preflight, or not by a page that sends JSON. */
export interface Reason {
  readonly why: string;
  /** No page can call it without one. */
  readonly required: boolean;
}

/** `undefined` where no preflight is to be expected. */
export function preflightReason(route: Route, method: Method): Reason | undefined {
  if (method.method === 'OPTIONS') return undefined;
  if (!SIMPLE.has(method.method) && method.method !== 'ANY')
    return { why: `${method.method} always needs one`, required: true };
  const needs = methodNeeds(route, method);
  const need = needs.find(({ required }) => required);
  if (need !== undefined) return { why: `it needs the header ${need.header}: ${need.why}`, required: true };
  const json = needs.find(({ header }) => header === 'content-type');
  return json === undefined ? undefined : { why: json.why, required: false };
}
