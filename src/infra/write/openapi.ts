import { exactOnly, gatewayMethods, mappable } from './checks.js';
import { TO_THE_FUNCTION } from './cloudformation.js';
import {
  FUNCTION_SENDS,
  GATEWAY_ERRORS,
  gatewayErrorHeaders,
  mockOf,
  NO_GATEWAY_RESPONSES,
  parameters,
} from './mock.js';
import { lambdaIntegration, openApiDocument } from './openapi-document.js';
import { optionsOperation } from './options.js';
import type { Target } from './output.js';

const GATEWAY_RESPONSES = 'x-amazon-apigateway-gateway-responses';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export const openApi: Target = {
  formats: ['yaml', 'json'],
  checks: [...exactOnly(TO_THE_FUNCTION), gatewayMethods, ...mappable],
  write(policy) {
    const errors = gatewayErrorHeaders(policy);
    return {
      document: openApiDocument(
        { options: optionsOperation(mockOf(policy), 3), get: lambdaIntegration('1.0') },
        errors === undefined
          ? {}
          : {
              [GATEWAY_RESPONSES]: Object.fromEntries(
                GATEWAY_ERRORS.map((type) => [
                  type,
                  { responseParameters: parameters(errors, 'gatewayresponse.header.') },
                ]),
              ),
            },
      ),
      head: `CORS for a REST API of an OpenAPI 3 definition. Copy options to each path that pages call${errors === undefined ? '' : ', and the gateway responses once to the end'}. In a definition of version 2.0 a header is declared as { type: string }, without schema.`,
      comments: [
        [['paths', '/notes', 'get'], 'What your definition has already.'],
        ...(errors === undefined
          ? [[['paths', '/notes', 'options'], NO_GATEWAY_RESPONSES] as const]
          : [[[GATEWAY_RESPONSES], "The gateway's own errors, so that pages can read them."] as const]),
      ],
      notes: [
        FUNCTION_SENDS,
        ...(errors === undefined ? [NO_GATEWAY_RESPONSES] : []),
        'Nothing takes effect before the API is deployed to its stage again.',
      ],
    };
  },
};
