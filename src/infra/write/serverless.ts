import type { CompiledPolicy } from '../../core/policy.js';
import { exactOnly, mappable, methodsAmong, noExposed, notEmpty, oneOrigin, onlyOrigin } from './checks.js';
import { FUNCTION_SENDS, GATEWAY_ERRORS, gatewayErrorHeaders, mockOf, parameters } from './mock.js';
import type { Target } from './output.js';

const TO_THE_FUNCTION =
  'leave cors out of the events, wrap the function in withCors, and give it an event with method: options; or write the OPTIONS method under resources';
const FOR_HTTP = `${TO_THE_FUNCTION}; for events of httpApi, \`lambda-cors generate serverless-http\` can do it`;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'HEAD', 'DELETE'];

/** https://www.serverless.com/framework/docs/providers/aws/events/apigateway#enabling-cors */
export const serverless: Target = {
  formats: ['yaml', 'json'],
  checks: [
    ...exactOnly(TO_THE_FUNCTION),
    oneOrigin('are several, and http.cors tells strangers the first of them and takes dots for wildcards', FOR_HTTP),
    noExposed('has no key in http.cors', FOR_HTTP),
    ({ maxAge }) =>
      maxAge === 0
        ? {
            path: 'maxAge',
            value: 0,
            reason: 'is left out by http.cors, and browsers then remember for 5 s',
            fix: FOR_HTTP,
          }
        : undefined,
    methodsAmong(METHODS, FOR_HTTP),
    notEmpty(
      'allowHeaders',
      'is empty, and http.cors then sends an empty value',
      'name a header, such as Content-Type',
    ),
    ...mappable,
  ],
  write(policy) {
    const { headers } = mockOf(policy);
    return {
      document: serverlessService({
        provider: { name: 'aws', runtime: 'nodejs22.x' },
        custom: {
          cors: {
            origin: onlyOrigin(policy),
            methods: policy.allowMethods,
            headers: headers['Access-Control-Allow-Headers']?.split(','),
            maxAge: policy.maxAge,
            ...(policy.allowCredentials ? { allowCredentials: true } : {}),
          },
        },
        functions: {
          notes: {
            handler: 'notes.handler',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is for the framework.
            events: [{ http: { path: '/notes', method: 'get', cors: '${self:custom.cors}' } }],
          },
        },
        resources: { Resources: gatewayResponses(policy) },
      }),
      head: 'CORS for the REST API (events of http) of a serverless.yml. Take over custom.cors and resources, and give cors to each event as below.',
      comments: [
        [['functions'], 'An example: what matters is cors in the event.'],
        [['resources'], "The gateway's own errors, so that pages can read them."],
      ],
      notes: [
        FUNCTION_SENDS,
        ...(policy.allowMethods.includes('OPTIONS')
          ? []
          : ["The framework adds OPTIONS to the methods, and each event's own."]),
      ],
    };
  },
};

/** A whole service, so that it can be packaged and tried as it is. */
export function serverlessService(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { service: 'notes', frameworkVersion: '>=3', ...parts };
}

function gatewayResponses(policy: CompiledPolicy): Record<string, unknown> {
  const headers = gatewayErrorHeaders(policy) ?? {};
  return Object.fromEntries(
    GATEWAY_ERRORS.map((type) => [
      type.replace('DEFAULT_', 'Default').replace('XX', 'xx'),
      {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: {
          RestApiId: { Ref: 'ApiGatewayRestApi' },
          ResponseType: type,
          ResponseParameters: parameters(headers, 'gatewayresponse.header.'),
        },
      },
    ]),
  );
}
