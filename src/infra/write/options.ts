import { declared, type Mock, parameters } from './mock.js';

const IN_RESPONSE = 'method.response.header.';

/** How a definition of OpenAPI declares a header of a response. */
export function headerDeclaration(version: 2 | 3): Record<string, unknown> {
  return version === 3 ? { schema: { type: 'string' } } : { type: 'string' };
}

/** The OPTIONS method of a path in an OpenAPI definition. */
export function optionsOperation(mock: Mock, version: 2 | 3): Record<string, unknown> {
  const { status, headers, requestTemplate } = mock;
  return {
    summary: 'Preflight',
    security: [],
    responses: {
      [status]: {
        description: 'Preflight',
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, headerDeclaration(version)])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      contentHandling: 'CONVERT_TO_TEXT',
      requestTemplates: { 'application/json': requestTemplate },
      responses: { default: integrationResponse(mock) },
    },
  };
}

/** The integration response of a mock in an OpenAPI definition. */
export function integrationResponse({ status, headers, responseTemplate }: Mock): Record<string, unknown> {
  return {
    statusCode: status,
    responseParameters: parameters(headers, IN_RESPONSE),
    ...(responseTemplate === undefined ? {} : { responseTemplates: { 'application/json': responseTemplate } }),
  };
}

/** The same as an item of `IntegrationResponses`. */
export function integrationResponseItem({ status, headers, responseTemplate }: Mock): Record<string, unknown> {
  return {
    StatusCode: status,
    ResponseParameters: parameters(headers, IN_RESPONSE),
    ...(responseTemplate === undefined ? {} : { ResponseTemplates: { 'application/json': responseTemplate } }),
  };
}

/**
 * `Properties` of an OPTIONS method in CloudFormation.
 *
 * @param api What stands for the API and for the resource.
 */
export function optionsProperties(
  mock: Mock,
  { RestApiId, ResourceId }: { readonly RestApiId: unknown; readonly ResourceId: unknown },
): Record<string, unknown> {
  const { status, headers, requestTemplate } = mock;
  return {
    RestApiId,
    ResourceId,
    HttpMethod: 'OPTIONS',
    AuthorizationType: 'NONE',
    ApiKeyRequired: false,
    Integration: {
      Type: 'MOCK',
      ContentHandling: 'CONVERT_TO_TEXT',
      RequestTemplates: { 'application/json': requestTemplate },
      IntegrationResponses: [integrationResponseItem(mock)],
    },
    MethodResponses: [{ StatusCode: status, ResponseParameters: declared(headers, IN_RESPONSE) }],
  };
}

/** `AWS::ApiGateway::GatewayResponse` resources by logical id. */
export function gatewayResponseResources(
  headers: Readonly<Record<string, string>>,
  types: readonly string[],
  restApiId: unknown,
): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    types.map((type) => [
      type.replace('DEFAULT_', 'Default').replace('XX', 'xx'),
      {
        Type: 'AWS::ApiGateway::GatewayResponse',
        Properties: {
          RestApiId: restApiId,
          ResponseType: type,
          ResponseParameters: parameters(headers, 'gatewayresponse.header.'),
        },
      },
    ]),
  );
}
