import { exactOnly, gatewayMethods, mappable } from './checks.js';
import {
  declared,
  FUNCTION_SENDS,
  GATEWAY_ERRORS,
  gatewayErrorHeaders,
  mockOf,
  NO_GATEWAY_RESPONSES,
  parameters,
  quoted,
} from './mock.js';
import type { Target } from './output.js';
import { literal } from './typescript.js';

const IN_RESPONSE = 'method.response.header.';

/**
 * A method of its own, since `defaultCorsPreflightOptions` tells every stranger the first origin, drops `maxAge: 0`,
 * and answers 500 under the binary media type of everything.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigateway-readme.html
 */
export const cdk: Target = {
  formats: [],
  checks: [
    ...exactOnly('wrap the function in withCors and give it an OPTIONS method of the resource too'),
    gatewayMethods,
    ...mappable,
  ],
  write(policy) {
    const { status, headers, requestTemplate, responseTemplate } = mockOf(policy);
    const errors = gatewayErrorHeaders(policy);
    const template =
      responseTemplate === undefined
        ? ''
        : `
          responseTemplates: {
            'application/json': [
${responseTemplate
  .trimEnd()
  .split('\n')
  .map((line) => `              ${literal(line)},`)
  .join('\n')}
            ].join('\\n'),
          },`;
    const code = `import {
  AuthorizationType,
  ContentHandling,
  type IResource,
  MockIntegration,${errors === undefined ? '' : '\n  ResponseType,\n  type RestApi,'}
} from 'aws-cdk-lib/aws-apigateway';

/** Lets a resource answer preflights. Call it for each resource that pages call: addCors(api.root.addResource('notes')). */
export function addCors(resource: IResource): void {
  const authorizationType = AuthorizationType.NONE;
  resource.addMethod(
    'OPTIONS',
    new MockIntegration({
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      requestTemplates: { 'application/json': ${literal(requestTemplate)} },
      integrationResponses: [
        {
          statusCode: ${literal(status)},
          responseParameters: ${literal(parameters(headers, IN_RESPONSE), 10)},${template}
        },
      ],
    }),
    {
      // Also against an authorizer and a key in the API's defaultMethodOptions: preflights carry neither.
      authorizationType,
      authorizer: { authorizerId: '', authorizationType },
      apiKeyRequired: false,
      methodResponses: [
        {
          statusCode: ${literal(status)},
          responseParameters: ${literal(declared(headers, IN_RESPONSE), 10)},
        },
      ],
    },
  );
}
${errors === undefined ? `\n${NO_GATEWAY_RESPONSES.replace(/^|(?<=: )/gm, '// ').replace(': // ', ':\n// ')}\n` : gatewayResponses(errors)}`;
    return {
      code,
      notes: [
        `Write it to a file such as cors.ts beside your stack; import addCors${errors === undefined ? '' : ', and addCorsToErrors, which is called once for the API'}. Do not set defaultCorsPreflightOptions too: a resource has one OPTIONS method.`,
        FUNCTION_SENDS,
        ...(errors === undefined ? [NO_GATEWAY_RESPONSES] : []),
      ],
    };
  },
};

function gatewayResponses(headers: Readonly<Record<string, string>>): string {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, quoted(value)]));
  return `
/** The gateway's own errors, so that pages can read them. Call it once for the API. */
export function addCorsToErrors(api: RestApi): void {
  const responseHeaders = ${literal(values, 2)};
${GATEWAY_ERRORS.map((type) => `  api.addGatewayResponse('Cors${type.slice(-3)}', { type: ResponseType.${type}, responseHeaders });`).join('\n')}
}
`;
}
