// What the root template must be once it is compiled: CORS has one owner, the origins reach all that answers, and no
// function may do more than it does.
import { isDeepStrictEqual } from 'node:util';

const EVERY_COMMAND = ['dynamodb:Scan', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
const ORIGINS = { Ref: 'AllowedOrigins' };
// biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholder is for Fn::Sub.
const FIRST_ORIGIN = { 'Fn::Sub': ["'${First}'", { First: { 'Fn::Select': [0, { 'Fn::Split': [',', ORIGINS] }] } }] };

/** @returns {readonly (readonly [title: string, actual: unknown, expected: unknown])[]} */
function facts({ RestApi, HttpApi, NotesStreamUrl, ...resources }) {
  const rest = RestApi.Properties.Body;
  const http = HttpApi.Properties.Body;
  return [
    ['the REST API gives every method of every path to the function', methodsOf(rest), { '/{proxy+}': ANY }],
    ['the REST API has nothing in front of OPTIONS', securityOf(rest), []],
    [
      'its gateway responses name the first origin',
      rest['x-amazon-apigateway-gateway-responses'],
      { DEFAULT_4XX: gatewayResponse(FIRST_ORIGIN), DEFAULT_5XX: gatewayResponse(FIRST_ORIGIN) },
    ],
    ['the HTTP API gives every request to the function', methodsOf(http), { $default: ANY }],
    ['the HTTP API has nothing in front of OPTIONS', securityOf(http), []],
    ['the HTTP API has no CORS of its own', corsOf(HttpApi.Properties, http), []],
    ['the function URL streams, and has no CORS of its own', NotesStreamUrl.Properties, STREAMING_URL],
    ...Object.entries({ NotesApi: EVERY_COMMAND, NotesMiddy: EVERY_COMMAND, NotesStream: 'dynamodb:Scan' }).flatMap(
      ([name, commands]) => [
        [`${name} knows the origins`, resources[name].Properties.Environment.Variables.ALLOWED_ORIGINS, ORIGINS],
        [`${name} may do what it does, on its table`, allowedTo(resources[`${name}Role`]), onTable(commands)],
      ],
    ),
  ];
}

/** What does not hold in the compiled template, by title. */
export function rootTemplateChecks({ Resources }) {
  return facts(Resources).map(([title, actual, expected]) => ({
    title,
    faults: isDeepStrictEqual(actual, expected) ? [] : [`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`],
  }));
}

const ANY = ['x-amazon-apigateway-any-method'];
const STREAMING_URL = { TargetFunctionArn: { Ref: 'NotesStream' }, AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' };

function methodsOf({ paths }) {
  return Object.fromEntries(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)]));
}

function securityOf(api) {
  const methods = Object.values(api.paths).flatMap((path) => Object.values(path));
  return [api, ...methods].flatMap(({ security = [] }) => security);
}

function corsOf({ CorsConfiguration }, body) {
  return [CorsConfiguration, body['x-amazon-apigateway-cors']].filter((cors) => cors !== undefined);
}

function gatewayResponse(origin) {
  return {
    responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': origin },
    responseTemplates: {},
  };
}

function allowedTo({ Properties }) {
  return Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function onTable(Action) {
  return [{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['NotesTable', 'Arn'] } }];
}
