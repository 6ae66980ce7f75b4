import { exactOnly, gatewayMethods, mappable, noExposed, notEmpty, oneOrigin, onlyOrigin } from './checks.js';
import { FUNCTION_SENDS, GATEWAY_ERRORS, gatewayErrorHeaders, mockOf, quoted } from './mock.js';
import type { Target } from './output.js';
import { samFunction, samTemplate } from './sam-template.js';

const TO_THE_FUNCTION = 'leave Cors out, wrap the function in withCors, and give it an event with Method: OPTIONS';
const OPTIONS_ITEM =
  'put the options item that `lambda-cors generate openapi` prints into the DefinitionBody, where SAM then leaves it as it is';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-corsconfiguration.html */
export const sam: Target = {
  formats: ['yaml', 'json'],
  checks: [
    ...exactOnly(TO_THE_FUNCTION),
    oneOrigin(
      "are several, and SAM's Cors of a REST API names one to everyone",
      `${OPTIONS_ITEM}, or ${TO_THE_FUNCTION}`,
    ),
    noExposed("has no key in SAM's Cors of a REST API", `${OPTIONS_ITEM}, or ${TO_THE_FUNCTION}`),
    notEmpty('allowMethods', 'is empty, and SAM then names the methods of the path', 'name one, such as GET'),
    gatewayMethods,
    ...mappable,
  ],
  write(policy) {
    const { headers } = mockOf(policy);
    const origin = quoted(onlyOrigin(policy) as string);
    const errors = gatewayErrorHeaders(policy) ?? {};
    const allowHeaders = headers['Access-Control-Allow-Headers'];
    return {
      document: samTemplate(
        {
          Api: {
            Cors: {
              AllowOrigin: origin,
              AllowMethods: quoted(headers['Access-Control-Allow-Methods'] as string),
              ...(allowHeaders === undefined ? {} : { AllowHeaders: quoted(allowHeaders) }),
              MaxAge: quoted(headers['Access-Control-Max-Age'] as string),
              ...(policy.allowCredentials ? { AllowCredentials: true } : {}),
            },
            Auth: { AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false },
            GatewayResponses: Object.fromEntries(
              GATEWAY_ERRORS.map((type) => [
                type,
                {
                  ResponseParameters: {
                    Headers: Object.fromEntries(Object.entries(errors).map(([name, value]) => [name, quoted(value)])),
                  },
                },
              ]),
            ),
          },
        },
        { Notes: samFunction({ Get: { Type: 'Api', Properties: { Path: '/notes', Method: 'GET' } } }, errors) },
      ),
      head: 'CORS for the REST APIs of a SAM template. Merge Globals into your template; or put what is in Api into the Properties of one AWS::Serverless::Api.',
      comments: [
        [['Globals', 'Api', 'Auth'], 'Preflights carry no credentials and no key.'],
        [['Globals', 'Api', 'GatewayResponses'], "The gateway's own errors, so that pages can read them."],
        [['Resources'], 'An example. Cors has an effect on events of Type: Api and on an inline DefinitionBody.'],
      ],
      notes: [
        FUNCTION_SENDS,
        'SAM gives this OPTIONS method to paths that have none, and says nothing of the others. With */* among BinaryMediaTypes it answers 500: use `lambda-cors generate openapi` then.',
      ],
    };
  },
};
