import type { Route } from '../../api.js';
import type { IntegrationResponse, Method } from '../../method.js';
import { knownOf } from '../../value.js';
import { carriesCors, isMapped, mainPreflights, partOf } from '../answers.js';
import { staticOrigin } from '../remedies.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { mayOverride } from '../template-headers.js';
import { browserSays, inConsole } from '../words.js';

/** A method of which a template describes every response. */
interface Mapped {
  readonly route: Route;
  readonly method: Method;
  /** Redirects aside: a browser follows them, and the page that it ends at is another response. */
  readonly responses: readonly IntegrationResponse[];
  readonly lacking: readonly IntegrationResponse[];
  readonly declared: boolean;
}

/** Methods that are to be read by pages of other origins: something else at the path says so, or a policy. */
function mappedMethods({ api, policy }: Scope): readonly Mapped[] {
  if (api.kind !== 'rest') return [];
  const preflights = new Set(mainPreflights(api).map(({ response }) => response));
  // It has no effect in a REST API, and says what was meant.
  const meant = api.cors?.where === 'openapi' && api.cors.form !== 'false';
  const wanted = meant || policy !== undefined;
  return api.routes.flatMap((route) =>
    route.methods
      .filter((method) => method.made !== 'sam-cors' && isMapped(method) && method.integration.responsesKnown)
      .filter(() => wanted || isForPages(route))
      .map((method) => {
        const { responses } = method.integration;
        const counted = responses.filter((response) =>
          method.method === 'OPTIONS' ? preflights.has(response) : !isRedirect(response),
        );
        return {
          route,
          method,
          responses: counted,
          lacking: counted.filter(isUnreadable),
          declared: declaresOrigin(method),
        };
      }),
  );
}

function isForPages({ methods }: Route): boolean {
  return methods.some((method) => method.method === 'OPTIONS' || carriesCors(method));
}

function isRedirect({ statusCode }: IntegrationResponse): boolean {
  return /^3/.test(String(knownOf(statusCode) ?? ''));
}

function isUnreadable(response: IntegrationResponse): boolean {
  return (
    response.headersKnown &&
    !response.headers.some(({ name }) => partOf(name) === 'origin') &&
    !mayOverride(response, 'origin')
  );
}

function declaresOrigin({ responses }: Method): boolean {
  return responses.some(({ headers }) => headers.some(({ name }) => partOf(name) === 'origin'));
}

function missing({ method }: Mapped): string {
  return browserSays(method.method === 'OPTIONS' ? 'PreflightMissingAllowOriginHeader' : 'MissingAllowOriginHeader');
}

/** What to add to an integration response: with the origin that is meant, where one static value does. */
function mapOrigin({ api, policy }: Scope, route: Route, before: string, where: string): string {
  const origin = staticOrigin(api, policy, route);
  if (origin === undefined) {
    return 'make it a proxy integration with withCors around the function, or let a response template choose among the origins, as `lambda-cors enable` writes it';
  }
  const name = api.definition === 'methods' ? 'ResponseParameters' : 'responseParameters';
  return `${before}add ${name}: { method.response.header.Access-Control-Allow-Origin: "'${origin}'" }${where}`;
}

const DECLARE = 'declare the header in the method response, and ';

export const LC301: Rule = {
  code: 'LC301',
  severity: 'error',
  title: 'A response that is not a proxy has no Access-Control-Allow-Origin',
  text:
    'Integrations with AWS services, HTTP servers and mocks, and Lambda functions that are not behind a proxy integration, send the headers ' +
    'that the template maps and no others. Cors of SAM and an OPTIONS method answer the preflight only: the response itself needs the header too.',
  says: inConsole('MissingAllowOriginHeader'),
  guard:
    'Something at the same path must show that pages are to read it: OPTIONS, Cors, or another response with the header; so does ' +
    'x-amazon-apigateway-cors, which does nothing else in a REST API, and --policy, which speaks for every route. Redirects and ' +
    'proxy integrations are left alone.',
  remedy: 'Declare Access-Control-Allow-Origin in the method response, and map it in the integration response.',
  see: '`lambda-cors probe URL --origin https://app.example.com` shows a response without the header.',
  check: (scope) =>
    mappedMethods(scope)
      .filter(
        ({ responses, lacking, declared }) => lacking.length > 0 && lacking.length === responses.length && !declared,
      )
      .map((mapped): Draft => {
        const { route, method, lacking } = mapped;
        return {
          place: lacking[0]?.key ?? method.key,
          message: `${method.method} ${route.path} answers without Access-Control-Allow-Origin, since its ${integrationName(method)} integration maps none: ${missing(mapped)}`,
          remedy: mapOrigin(scope, route, DECLARE, ' to the integration response'),
        };
      }),
};

function integrationName({ integration: { kind } }: Method): string {
  return kind === 'lambda' ? 'aws' : kind;
}

export const LC302: Rule = {
  code: 'LC302',
  severity: 'error',
  title: 'Access-Control-Allow-Origin is declared and never mapped',
  text:
    'A method response says which headers a response may have; the integration response gives them their values. With the first alone ' +
    'the header is never sent.',
  says: inConsole('MissingAllowOriginHeader'),
  guard: 'Proxy integrations take their headers from the function or the server, whatever is declared.',
  remedy: 'Map the header in every integration response.',
  see: '`lambda-cors probe URL --origin https://app.example.com` shows a response without the header.',
  check: (scope) =>
    mappedMethods(scope)
      .filter(
        ({ responses, lacking, declared }) => lacking.length > 0 && lacking.length === responses.length && declared,
      )
      .map((mapped): Draft => {
        const { route, method, lacking } = mapped;
        const count =
          lacking.length === 1
            ? 'its integration response does not map it'
            : `none of its ${lacking.length} integration responses maps it`;
        return {
          place: lacking[0]?.key ?? method.key,
          message: `${method.method} ${route.path} declares Access-Control-Allow-Origin, and ${count}: ${missing(mapped)}`,
          remedy: mapOrigin(
            scope,
            route,
            '',
            ` to ${lacking.length === 1 ? 'the integration response' : 'each integration response'}`,
          ),
        };
      }),
};

export const LC303: Rule = {
  code: 'LC303',
  severity: 'warning',
  title: 'Some responses of a method have no Access-Control-Allow-Origin',
  text:
    'A browser judges each response by itself. Where 200 has the header and 400 does not, a page that made a mistake sees a CORS error ' +
    'instead of the message that would tell it so.',
  says: inConsole('MissingAllowOriginHeader'),
  guard: 'Redirects are left alone, and so is a header that a mapping template may set.',
  remedy: 'Map the header in the other integration responses too.',
  see: '`lambda-cors probe URL --origin https://app.example.com --body "{"` asks for a 400.',
  check: (scope) =>
    mappedMethods(scope)
      .filter(({ responses, lacking, method }) => lacking.length < responses.length && method.method !== 'OPTIONS')
      .flatMap((mapped) =>
        mapped.lacking.map(({ key, statusCode }): Draft => {
          const status = knownOf(statusCode);
          return {
            place: key,
            message: `${mapped.method.method} ${mapped.route.path} answers ${status === undefined ? 'one status' : String(status)} without Access-Control-Allow-Origin, unlike its other responses: a page cannot read it, and ${missing(mapped)}`,
            remedy: mapOrigin(scope, mapped.route, DECLARE, ''),
          };
        }),
      ),
};
