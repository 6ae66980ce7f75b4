import { GATEWAY_NAMES } from '../front.js';
import { headerOf, textOf } from '../response.js';
import { type Diagnosis, isOk, messageOf } from './seen.js';
import { evidenceOf, isForbidden, isMissingToken, isPolicyRefusal } from './symptoms.js';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
export const missingAuthenticationToken: Diagnosis = ({ preflight, response, request }) => {
  const found = [preflight, response].find((each) => each !== undefined && isMissingToken(each));
  if (found === undefined) return undefined;
  const remedy =
    found === preflight
      ? 'give the resource an OPTIONS (or ANY) method that goes to the function, without authorizer, and deploy the stage again; a {proxy+} does not cover its parent'
      : `check stage and path of ${request.url}, that the resource has the method ${request.method}, and that the stage has been deployed since`;
  return {
    code: 'missing-authentication-token',
    title: 'REST API: there is no such method at this path and stage; it has nothing to do with tokens',
    evidence: evidenceOf(found),
    remedy,
  };
};

/** A stage that has answered a preflight is there. https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden */
export const noSuchStage: Diagnosis = ({ preflight, response, front, request }) => {
  const first = preflight ?? response;
  if (first === undefined || front.gateway !== 'rest-api' || !isForbidden(first)) return undefined;
  return {
    code: 'no-such-stage',
    title: 'REST API: perhaps there is no such stage, which gets the same answer as a missing API key',
    evidence: evidenceOf(first),
    remedy: `check the first segment of the path of ${request.url}: it is the stage, such as /prod, or at a custom domain name the path of a mapping; if the stage is there, see below`,
  };
};

export const authorizerOnOptions: Diagnosis = ({ preflight, front }) => {
  if (preflight === undefined || (preflight.status !== 401 && preflight.status !== 403)) return undefined;
  if (isMissingToken(preflight) || isPolicyRefusal(preflight)) return undefined;
  return {
    code: 'authorizer-on-options',
    title:
      'The preflight was turned away by an authorizer, an API key, IAM or a firewall: preflights carry no credentials',
    evidence: evidenceOf(preflight),
    remedy: AUTHORIZERS[front.gateway] ?? AUTHORIZER,
  };
};

const AUTHORIZER =
  'let OPTIONS through without authorizer and API key, to the function; check the firewall rules (WAF) for it';

const AUTHORIZERS: Readonly<Record<string, string>> = {
  'rest-api':
    'set AuthorizationType NONE and ApiKeyRequired false on the OPTIONS method (SAM: AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false), then deploy the stage; if neither is set, look at WAF',
  'http-api': 'add a route OPTIONS /{proxy+} without authorizer: ANY and $default hand preflights to theirs',
  'function-url':
    'set AuthType NONE and check the token in the function, or put the API behind an API Gateway: AWS_IAM turns preflights away',
};

export const originRefused: Diagnosis = ({ preflight, request }) => {
  if (preflight === undefined || !isPolicyRefusal(preflight)) return undefined;
  return {
    code: 'origin-refused',
    title: "The function's policy does not allow this origin",
    evidence: evidenceOf(preflight),
    remedy: `add "${request.origin}" to allowOrigins of the policy, if it is to be allowed`,
  };
};

export const noOptionsRoute: Diagnosis = ({ preflight, front }) => {
  if (preflight === undefined || (preflight.status !== 404 && preflight.status !== 405)) return undefined;
  return {
    code: 'no-options-route',
    title: `Nothing answers OPTIONS at this path behind ${GATEWAY_NAMES[front.gateway]}`,
    evidence: evidenceOf(preflight),
    remedy:
      front.gateway === 'http-api'
        ? 'route ANY, or OPTIONS /{proxy+}, to the function; or let the CorsConfiguration of the API answer preflights; check the path and the stage'
        : 'route OPTIONS (or ANY) to the function, and put withCors around the whole handler, outside of its router',
  };
};

export const preflightError: Diagnosis = ({ preflight, front }) => {
  if (preflight === undefined || isOk(preflight) || preflight.status < 400) return undefined;
  if ([401, 403, 404, 405].includes(preflight.status)) return undefined;
  const mock = front.gateway === 'rest-api' && preflight.status === 500;
  return {
    code: 'preflight-error',
    title: `The preflight ended in an error, ${preflight.status}`,
    evidence: evidenceOf(preflight),
    remedy: mock
      ? 'if OPTIONS is a mock integration: set contentHandling: CONVERT_TO_TEXT (binaryMediaTypes */* breaks it) and passthroughBehavior WHEN_NO_MATCH; or route OPTIONS to the function, with withCors around it'
      : 'look at the log of the function: OPTIONS reaches a handler that does not know it; withCors around the handler answers before it is called',
  };
};

export const noMaxAge: Diagnosis = ({ preflight, verdict }) => {
  if (preflight === undefined || !isOk(preflight) || !verdict.allowed) return undefined;
  if (headerOf(preflight, 'access-control-max-age') !== undefined) return undefined;
  return {
    code: 'no-max-age',
    title: 'Browsers forget the answer to the preflight after 5 seconds, and ask again',
    evidence: 'the preflight is answered without Access-Control-Max-Age',
    remedy:
      'set maxAge in the policy (MaxAge of the gateway), such as 7200: each preflight is an invocation that you pay for',
  };
};

export const preflightRedirected: Diagnosis = ({ preflight, verdict }) => {
  if (preflight === undefined || verdict.allowed || verdict.reason !== 'PreflightDisallowedRedirect') return undefined;
  return {
    code: 'preflight-redirected',
    title: 'The preflight is redirected, which browsers do not follow',
    evidence: `${preflight.status}, Location: ${messageOf(headerOf(preflight, 'location') ?? textOf(preflight))}`,
    remedy: 'request that URL in the first place: mostly it is https instead of http, or a slash at the end',
  };
};
