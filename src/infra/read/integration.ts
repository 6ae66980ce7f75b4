import type { Integration, IntegrationResponse } from '../method.js';
import type { Node, Place } from '../node.js';
import { field, fieldPair, fields, items, plainText } from './fields.js';
import { mappingsOf, span, templatesOf } from './headers.js';
import { namesIn, type Scope, typeOf } from './scope.js';
import { type Look, scalarOf } from './settle.js';

const RESPONSE_HEADER = 'method.response.header.';

/** How the two ways to write an integration call the same things. */
interface Names {
  readonly type: string;
  readonly uri: string;
  readonly requestTemplates: string;
  readonly contentHandling: string;
  readonly passthroughBehavior: string;
  readonly payload: string;
  readonly statusCode: string;
  readonly responseParameters: string;
  readonly responseTemplates: string;
}

const CLOUDFORMATION: Names = {
  type: 'Type',
  uri: 'Uri',
  requestTemplates: 'RequestTemplates',
  contentHandling: 'ContentHandling',
  passthroughBehavior: 'PassthroughBehavior',
  payload: 'PayloadFormatVersion',
  statusCode: 'StatusCode',
  responseParameters: 'ResponseParameters',
  responseTemplates: 'ResponseTemplates',
};

const OPENAPI = Object.fromEntries(
  Object.entries(CLOUDFORMATION).map(([key, name]) => [key, (name[0] as string).toLowerCase() + name.slice(1)]),
) as unknown as Names;

/**
 * `x-amazon-apigateway-integration` of an operation.
 *
 * @param follow Follows a reference to one that several operations share.
 */
export function openApiIntegration(
  operation: Look,
  key: Place,
  scope: Scope,
  follow: (look: Look) => Look = (look) => look,
): Integration {
  const written = fieldPair(operation, 'x-amazon-apigateway-integration', scope);
  if (written === undefined) return noIntegration(key);
  const pair = { ...written, value: follow(written.value) };
  const responses = fields(field(pair.value, 'responses', scope), scope);
  return {
    ...integration(pair.value, OPENAPI, pair.keyPlace, scope),
    responses: responses.entries.map(({ key: pattern, keyPlace, value }) => ({
      ...integrationResponse(value, OPENAPI, keyPlace, scope),
      selection: { kind: 'known', value: pattern, place: keyPlace },
    })),
    responsesKnown: responses.complete,
  };
}

/** `Integration` of an `AWS::ApiGateway::Method`. */
export function cloudFormationIntegration(properties: Look, key: Place, scope: Scope): Integration {
  const pair = fieldPair(properties, 'Integration', scope);
  if (pair === undefined) return noIntegration(key);
  const responses = items(field(pair.value, 'IntegrationResponses', scope), scope);
  return {
    ...integration(pair.value, CLOUDFORMATION, pair.keyPlace, scope),
    responses: responses.items.map((value) => {
      const selection = field(value, 'SelectionPattern', scope);
      const response = integrationResponse(value, CLOUDFORMATION, value.place, scope);
      return selection === undefined ? response : { ...response, selection: scalarOf(selection) };
    }),
    responsesKnown: responses.complete,
  };
}

function noIntegration(key: Place): Integration {
  const nothing = { requestTemplates: [], templatesKnown: true, responses: [], responsesKnown: true };
  return { kind: 'none', key, place: key, ...nothing };
}

function integration(
  look: Look,
  names: Names,
  key: Place,
  scope: Scope,
): Omit<Integration, 'responses' | 'responsesKnown'> {
  const { templates, known } = templatesOf(field(look, names.requestTemplates, scope), scope);
  return {
    kind: kindOf(look, names, scope),
    key,
    place: span(key, look.place),
    requestTemplates: templates,
    templatesKnown: known,
    ...scalarField(look, names, 'contentHandling', scope),
    ...scalarField(look, names, 'passthroughBehavior', scope),
    ...scalarField(look, names, 'payload', scope),
  };
}

function integrationResponse(look: Look, names: Names, key: Place, scope: Scope): IntegrationResponse {
  const status = field(look, names.statusCode, scope);
  return {
    statusCode: status === undefined ? { kind: 'absent', place: key } : scalarOf(status),
    key,
    place: span(key, look.place),
    ...mappingsOf(field(look, names.responseParameters, scope), RESPONSE_HEADER, scope),
    templates: templatesOf(field(look, names.responseTemplates, scope), scope).templates,
    ...scalarField(look, names, 'contentHandling', scope),
  };
}

function scalarField<Key extends keyof Names>(
  look: Look,
  names: Names,
  key: Key,
  scope: Scope,
): { readonly [K in Key]?: ReturnType<typeof scalarOf> } {
  const found = field(look, names[key], scope);
  return (found === undefined ? {} : { [key]: scalarOf(found) }) as {
    readonly [K in Key]?: ReturnType<typeof scalarOf>;
  };
}

function kindOf(look: Look, names: Names, scope: Scope): Integration['kind'] {
  const type = plainText(field(look, names.type, scope))?.toUpperCase();
  const uri = field(look, names.uri, scope);
  switch (type) {
    case 'MOCK':
      return 'mock';
    case 'AWS_PROXY':
      return 'lambda-proxy';
    case 'HTTP':
      return 'http';
    case 'HTTP_PROXY':
      return 'http-proxy';
    case 'AWS':
      return uri !== undefined && /:lambda:|\/functions\//.test(sourceOf(uri)) ? 'lambda' : 'aws';
    default:
      return 'unknown';
  }
}

function sourceOf({ place }: Look): string {
  return place.source.text.slice(place.start, place.end);
}

/** The function of this template that an integration calls. */
export function functionOf(uri: Node | undefined, scope: Scope): string | undefined {
  for (const name of namesIn(uri)) {
    const type = typeOf(scope.resources.get(name));
    if (type === 'AWS::Lambda::Function' || type === 'AWS::Serverless::Function') return name;
    if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') {
      return functionOf(scope.resources.get(name), scope);
    }
  }
  return undefined;
}
