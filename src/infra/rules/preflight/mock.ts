import type { Api, Route } from '../../api.js';
import type { IntegrationResponse, Method } from '../../method.js';
import { knownOf, leaves } from '../../value.js';
import { isMapped, partOf } from '../answers.js';
import type { Draft, Rule } from '../rule.js';
import { browserSays, inConsole, listed, unique } from '../words.js';

export const LC208: Rule = {
  code: 'LC208',
  severity: 'error',
  title: 'A mock that answers with an error, or is not deployed',
  text:
    'A mock integration needs a template for application/json that names a status code, an integration response, and a method response ' +
    'for its status that declares every header which is mapped. Without the first two the preflight is answered with 500; without the ' +
    'others the deployment fails.',
  says: inConsole('PreflightInvalidStatus'),
  guard:
    'What stands in another file, or is only known when the stack is deployed, is not judged. 204 and 200 are both fine.',
  remedy:
    'Take the whole method from `lambda-cors generate cloudformation --policy FILE`, or let OPTIONS reach the function.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT` shows a preflight answered with 500.',
  check: ({ api }) =>
    api.kind !== 'rest'
      ? []
      : methodsOf(api).flatMap(({ route, method }) => [
          ...(isWrittenMock(method) ? mockDrafts(route, method) : []),
          ...(isMapped(method) ? declarationDrafts(route, method) : []),
        ]),
};

interface Owned {
  readonly route: Route;
  readonly method: Method;
}

function methodsOf(api: Api): readonly Owned[] {
  return api.routes.flatMap((route) =>
    route.methods.filter(({ made }) => made !== 'sam-cors').map((method) => ({ route, method })),
  );
}

function isWrittenMock({ method, integration }: Method): boolean {
  return method === 'OPTIONS' && integration.kind === 'mock';
}

function mockDrafts({ path }: Route, { integration, key }: Method): Draft[] {
  const { responses, responsesKnown, requestTemplates, templatesKnown } = integration;
  const failing = browserSays('PreflightMissingAllowOriginHeader');
  if (responsesKnown && responses.length === 0) {
    return [
      {
        place: key,
        message: `the mock of OPTIONS ${path} has no integration response, so the preflight is answered with 500: ${failing}`,
        remedy: 'add an integration response for 200 that maps Access-Control-Allow-Origin, -Methods and -Headers',
      },
    ];
  }
  if (!templatesKnown) return [];
  const json = requestTemplates.filter(({ contentType }) => /^application\/json\b/i.test(contentType));
  if (json.length === 0) {
    return [
      {
        place: integration.key,
        message: `the mock of OPTIONS ${path} has no request template for application/json, so it finds no status code and answers the preflight with 500: ${failing}`,
        remedy: `add a request template: application/json: '{"statusCode": 200}'`,
      },
    ];
  }
  return json.flatMap(({ text }) =>
    leaves(text).flatMap((leaf): Draft[] => {
      if (leaf.kind !== 'known' || /statusCode/.test(String(leaf.value))) return [];
      return [
        {
          place: leaf.place,
          message: `the request template of OPTIONS ${path} names no statusCode, so the preflight is answered with 500: ${failing}`,
          remedy: `write '{"statusCode": 200}'`,
        },
      ];
    }),
  );
}

/** What is mapped must be declared: CORS headers only, the others are not ours. */
function declarationDrafts({ path }: Route, method: Method): Draft[] {
  const { responses, integration } = method;
  const statuses = responses.map(({ status }) => knownOf(status));
  // `default` and `2XX` of OpenAPI, and what is not known, may be any status.
  if (statuses.some((status) => !/^[1-5]\d\d$/.test(String(status)))) return [];
  return integration.responses.flatMap((response): Draft[] => {
    const status = String(knownOf(response.statusCode) ?? '');
    const mapped = response.headers.filter(({ name }) => partOf(name) !== undefined);
    if (mapped.length === 0 || !/^[1-5]\d\d$/.test(status)) return [];
    const declared = responses.filter((each) => String(knownOf(each.status)) === status);
    if (declared.length === 0) return [undeclaredStatus(path, method, response, status)];
    if (declared.some(({ headersKnown }) => !headersKnown)) return [];
    const names = new Set(declared.flatMap(({ headers }) => headers.map(({ name }) => name.toLowerCase())));
    const missing = unique(mapped.filter(({ name }) => !names.has(name.toLowerCase())).map(({ name }) => name));
    if (missing.length === 0) return [];
    return [
      {
        place: mapped.find(({ name }) => name === missing[0])?.key ?? response.key,
        message: `${method.method} ${path} maps ${listed(missing)}, which the method response for ${status} does not declare: the deployment fails with "Invalid mapping expression parameter specified: method.response.header.${missing[0]}"`,
        remedy: `declare ${listed(missing)} in the method response for ${status}`,
      },
    ];
  });
}

function undeclaredStatus(path: string, { method }: Method, response: IntegrationResponse, status: string): Draft {
  return {
    place: response.key,
    message: `${method} ${path} has an integration response for ${status} and no method response for it: the deployment fails`,
    remedy: `add a method response for ${status} that declares the headers`,
  };
}

export const LC209: Rule = {
  code: 'LC209',
  severity: 'error',
  title: 'Binary */* with a mock that is not told to read text',
  text:
    'With */* among the binary media types, API Gateway takes the request of a mock for binary data and cannot read its template: the ' +
    "preflight is answered with 500, which the console's Test button does not show. SAM's Cors makes such a mock.",
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard: 'contentHandling: CONVERT_TO_TEXT makes it right, and types such as image/* do no harm.',
  remedy: 'Write contentHandling: CONVERT_TO_TEXT at the integration of OPTIONS, or name the binary types.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT` shows a preflight answered with 500.',
  check: ({ api }) => {
    if (api.kind !== 'rest' || !api.binaryMediaTypes.some((type) => isEverything(knownOf(type)))) return [];
    const written = methodsOf(api)
      .filter(({ method }) => isWrittenMock(method) && !convertsToText(method))
      .map(({ route, method }) => ({ place: method.key, what: `the mock of OPTIONS ${route.path}`, sam: false }));
    const made = api.cors !== undefined && api.cors.where === 'sam-rest' && api.cors.applied.length > 0;
    const sam = made ? [{ place: api.cors.key, what: 'the mock that SAM makes of Cors', sam: true }] : [];
    return [...sam, ...written].map(
      ({ place, what, sam }): Draft => ({
        place,
        message: `binary media types have */*, and ${what} does not convert to text, so the preflight is answered with 500: ${browserSays('PreflightMissingAllowOriginHeader')}`,
        remedy: sam
          ? 'name the binary types, such as image/*, or write the options methods with contentHandling: CONVERT_TO_TEXT'
          : 'write contentHandling: CONVERT_TO_TEXT at the integration (ContentHandling in CloudFormation)',
      }),
    );
  },
};

function isEverything(type: string | undefined): boolean {
  return type?.replaceAll('~1', '/') === '*/*';
}

function convertsToText({ integration: { contentHandling } }: Method): boolean {
  if (contentHandling === undefined) return false;
  // What is not known may well be right.
  return leaves(contentHandling).every(
    (leaf) =>
      leaf.kind === 'unknown' || (leaf.kind === 'known' && String(leaf.value).toUpperCase() === 'CONVERT_TO_TEXT'),
  );
}

export const LC210: Rule = {
  code: 'LC210',
  severity: 'info',
  title: 'passthroughBehavior: never on OPTIONS',
  text:
    'A preflight has no content type, and API Gateway takes that for application/json, so the mock answers. A proxy or a client that adds ' +
    'a type gets 415 Unsupported Media Type.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard: 'It is a note: browsers themselves send no content type with a preflight.',
  remedy: 'Write passthroughBehavior: when_no_match.',
  see: '`curl -X OPTIONS -H "Content-Type: text/plain" URL` is answered with 415.',
  check: ({ api }) =>
    methodsOf(api)
      .filter(({ method }) => isWrittenMock(method))
      .flatMap(({ route, method: { integration } }) => {
        const { passthroughBehavior } = integration;
        if (passthroughBehavior === undefined || String(knownOf(passthroughBehavior)).toLowerCase() !== 'never')
          return [];
        return [
          {
            place: passthroughBehavior.place,
            message: `OPTIONS ${route.path} answers 415 to a preflight for which something on the way adds a content type other than JSON`,
            remedy: 'write passthroughBehavior: when_no_match (WHEN_NO_MATCH in CloudFormation)',
          },
        ];
      }),
};
