import { exactOnly, gatewayMethods } from './checks.js';
import { HTTP_API_OWNS_CORS, httpCors, WITHOUT_HTTP_CORS } from './http-cors.js';
import { lambdaIntegration, openApiDocument } from './openapi-document.js';
import type { Target } from './output.js';

const CORS = 'x-amazon-apigateway-cors';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-cors-configuration.html */
export const openApiHttp: Target = {
  formats: ['yaml', 'json'],
  checks: [...exactOnly(WITHOUT_HTTP_CORS), gatewayMethods],
  write(policy) {
    return {
      document: openApiDocument({ get: lambdaIntegration('2.0') }, { [CORS]: httpCors(policy) }),
      head: `CORS for an HTTP API of an OpenAPI 3 definition. Copy ${CORS} to the end of yours. REST APIs ignore it, and so does Terraform's body.`,
      comments: [
        [['paths'], 'What your definition has already.'],
        [[CORS], 'For all routes; it answers preflights too.'],
      ],
      notes: [HTTP_API_OWNS_CORS],
    };
  },
};
