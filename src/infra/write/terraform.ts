import { exactOnly, gatewayMethods, mappable } from './checks.js';
import {
  declared,
  FUNCTION_SENDS,
  GATEWAY_ERRORS,
  gatewayErrorHeaders,
  mockOf,
  NO_GATEWAY_RESPONSES,
  parameters,
} from './mock.js';
import type { Target } from './output.js';

const IN_RESPONSE = 'method.response.header.';
/** https://developer.hashicorp.com/terraform/language/syntax/json */
export const terraform: Target = {
  formats: ['json'],
  checks: [
    ...exactOnly('wrap the function in withCors and give it an OPTIONS method of the resource too'),
    gatewayMethods,
    ...mappable,
  ],
  write(policy) {
    const { status, headers, requestTemplate, responseTemplate } = mockOf(policy);
    const errors = gatewayErrorHeaders(policy);
    const each = {
      for_each: expression('var.resource_ids'),
      rest_api_id: expression('var.rest_api_id'),
      resource_id: expression('each.value'),
    };
    const http_method = expression('aws_api_gateway_method.cors[each.key].http_method');
    const resources = {
      aws_api_gateway_method: {
        cors: { ...each, http_method: 'OPTIONS', authorization: 'NONE', api_key_required: false },
      },
      aws_api_gateway_integration: {
        cors: {
          ...each,
          http_method,
          type: 'MOCK',
          content_handling: 'CONVERT_TO_TEXT',
          request_templates: { 'application/json': requestTemplate },
        },
      },
      aws_api_gateway_method_response: {
        cors: { ...each, http_method, status_code: status, response_parameters: declared(headers, IN_RESPONSE) },
      },
      aws_api_gateway_integration_response: {
        cors: {
          ...each,
          http_method,
          status_code: expression('aws_api_gateway_method_response.cors[each.key].status_code'),
          response_parameters: parameters(headers, IN_RESPONSE),
          ...(responseTemplate === undefined ? {} : { response_templates: { 'application/json': responseTemplate } }),
          depends_on: ['aws_api_gateway_integration.cors'],
        },
      },
      ...(errors === undefined
        ? {}
        : {
            aws_api_gateway_gateway_response: {
              cors: {
                for_each: expression(`toset(${JSON.stringify(GATEWAY_ERRORS)})`),
                rest_api_id: each.rest_api_id,
                response_type: expression('each.value'),
                response_parameters: parameters(errors, 'gatewayresponse.header.'),
              },
            },
          }),
    };
    return {
      document: {
        variable: {
          rest_api_id: { type: 'string', description: 'Id of the REST API' },
          resource_ids: { type: 'map(string)', description: 'Ids of the resources that pages call, each under a name' },
        },
        resource: resources,
        output: {
          redeployment: {
            description: 'For the triggers of the deployment: it changes when something here does',
            value: expression(
              `sha1(jsonencode([${Object.keys(resources)
                .map((type) => `${type}.cors`)
                .join(', ')}]))`,
            ),
          },
        },
      },
      head: 'CORS for a REST API: a module. Write it to cors/main.tf.json; give the module its source, "./cors", rest_api_id, and resource_ids such as { notes = aws_api_gateway_resource.notes.id }.',
      notes: [
        'Nothing takes effect before a deployment: give module.cors.redeployment to the triggers of your aws_api_gateway_deployment. An x-amazon-apigateway-cors in body is not applied; for an HTTP API write cors_configuration.',
        FUNCTION_SENDS,
        ...(errors === undefined ? [NO_GATEWAY_RESPONSES] : []),
      ],
    };
  },
};

function expression(text: string): string {
  return `\${${text}}`;
}
