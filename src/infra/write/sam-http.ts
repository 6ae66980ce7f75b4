import { exactOnly, gatewayMethods } from './checks.js';
import { HTTP_API_OWNS_CORS, httpCors, pascalCase, WITHOUT_HTTP_CORS } from './http-cors.js';
import type { Target } from './output.js';
import { samFunction, samTemplate } from './sam-template.js';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapicorsconfiguration.html */
export const samHttp: Target = {
  formats: ['yaml', 'json'],
  checks: [...exactOnly(WITHOUT_HTTP_CORS), gatewayMethods],
  write(policy) {
    return {
      document: samTemplate(
        { HttpApi: { CorsConfiguration: pascalCase(httpCors(policy)) } },
        { Notes: samFunction({ Get: { Type: 'HttpApi', Properties: { Path: '/notes', Method: 'GET' } } }) },
      ),
      head: 'CORS for the HTTP APIs of a SAM template. Merge Globals into your template; or put CorsConfiguration into the Properties of one AWS::Serverless::HttpApi, or of an AWS::ApiGatewayV2::Api without SAM.',
      comments: [[['Resources'], 'An example. Your own functions with events of Type: HttpApi need nothing else.']],
      notes: [HTTP_API_OWNS_CORS],
    };
  },
};
