import type { Api } from '../api.js';
import { readModel } from '../read/read.js';
import type { RawApi, RawAuthorizer, RawMethod } from './client.js';
import type { LiveResource } from './resource.js';
import { isEmpty, type Json, type JsonMap, mapIn, type State } from './thing.js';

/** Names of the resources in the template of a live API. No function has a name like these. */
export const methodName = (resourceId: string, method: string): string => `method ${resourceId} ${method}`;
export const resourceName = (resourceId: string): string => `resource ${resourceId}`;
export const gatewayResponseName = (type: string): string => `gateway response ${type}`;
const authorizerName = (id: string): string => `authorizer ${id}`;

/** What messages call an API. */
export function nameOf(id: string): string {
  return `REST API ${id}`;
}

const API = { Ref: 'api' };

/** Some resources of an API as a template, and the model of that. */
export interface LivePart {
  readonly document: string;
  readonly model: Api;
}

/** In characters: far below what a template may have, since every change makes it longer. */
const PART = 400_000;

/**
 * A live API as templates, so that the same rules work on both; as one, unless it is large. What CORS does not depend on is
 * left out: texts of request templates, for example, which may be long.
 */
export function partsOf(
  id: string,
  raw: RawApi,
  resources: readonly LiveResource[],
  authorizers: readonly RawAuthorizer[],
  gatewayResponses: ReadonlyMap<string, State>,
): readonly LivePart[] {
  const shared = sharedOf(raw, authorizers, gatewayResponses);
  const parts: Record<string, Json>[] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const resource of resources) {
    const own = resourcesOf(resource);
    const more = JSON.stringify(own).length;
    if (length + more > PART) {
      parts.push({ ...shared });
      length = 0;
    }
    Object.assign(parts.at(-1) ?? {}, own);
    length += more;
  }
  return parts.map((part) => {
    const document = JSON.stringify({ Resources: part }, null, 1);
    const { apis } = readModel([{ path: nameOf(id), text: document }]);
    return { document, model: apis[0] as Api };
  });
}

/** The API itself, and what belongs to no resource. */
function sharedOf(
  raw: RawApi,
  authorizers: readonly RawAuthorizer[],
  gatewayResponses: ReadonlyMap<string, State>,
): Readonly<Record<string, Json>> {
  const shared: Record<string, Json> = {
    api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        BinaryMediaTypes: [...(raw.binaryMediaTypes ?? [])],
        EndpointConfiguration: { Types: [...(raw.endpointConfiguration?.types ?? [])] },
      },
    },
  };
  for (const { id = '', type = '', identitySource } of authorizers) {
    shared[authorizerName(id)] = {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: API,
        Type: type,
        ...(identitySource !== undefined && { IdentitySource: identitySource }),
      },
    };
  }
  for (const [type, state] of gatewayResponses) {
    shared[gatewayResponseName(type)] = {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: { RestApiId: API, ResponseType: type, ResponseParameters: mapIn(state, 'responseParameters') },
    };
  }
  return shared;
}

/** A path as one part: the model knows no other use of resources. */
function resourcesOf({ id, path, methods }: LiveResource): Readonly<Record<string, Json>> {
  const parts: Record<string, Json> = {};
  const root = { 'Fn::GetAtt': ['api', 'RootResourceId'] };
  if (path !== '/') {
    parts[resourceName(id)] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: API, ParentId: root, PathPart: path.slice(1) },
    };
  }
  const reference = path === '/' ? root : { Ref: resourceName(id) };
  for (const [name, method] of methods) {
    const called = functionOf(method);
    if (called !== undefined) parts[called] = { Type: 'AWS::Lambda::Function' };
    parts[methodName(id, name)] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: { RestApiId: API, ResourceId: reference, HttpMethod: name, ...propertiesOf(method, called) },
    };
  }
  return parts;
}

/** The name of the function behind a proxy: `…/functions/arn:aws:lambda:REGION:ACCOUNT:function:NAME/invocations`. */
function functionOf({ methodIntegration }: RawMethod): string | undefined {
  const { uri, type } = (methodIntegration ?? {}) as { readonly uri?: string; readonly type?: string };
  return type === 'AWS_PROXY' ? /:function:([\w-]+)/.exec(uri ?? '')?.[1] : undefined;
}

function propertiesOf(method: RawMethod, called: string | undefined): JsonMap {
  const { authorizationType = 'NONE', authorizerId, apiKeyRequired = false, methodResponses = {} } = method;
  const { requestParameters, requestModels } = method as Record<string, JsonMap | undefined>;
  return {
    AuthorizationType: authorizationType,
    ...(authorizerId !== undefined && { AuthorizerId: { Ref: authorizerName(authorizerId) } }),
    ApiKeyRequired: apiKeyRequired,
    ...(requestParameters !== undefined && { RequestParameters: requestParameters }),
    ...(requestModels !== undefined && { RequestModels: requestModels }),
    ...integrationOf(method, called),
    MethodResponses: Object.entries(methodResponses).map(([status, response]) => ({
      StatusCode: status,
      ...named(response, { responseParameters: 'ResponseParameters' }),
    })),
  };
}

function integrationOf({ methodIntegration }: RawMethod, called: string | undefined): JsonMap {
  if (methodIntegration === undefined) return {};
  const { integrationResponses = {}, ...own } = methodIntegration;
  const {
    type = 'MOCK',
    uri,
    requestTemplates,
  } = own as {
    readonly type?: string;
    readonly uri?: string;
    readonly requestTemplates?: Readonly<Record<string, string | null>>;
  };
  const isMock = type === 'MOCK';
  return {
    Integration: {
      Type: type,
      ...(called !== undefined ? { Uri: { Ref: called } } : uri === undefined ? {} : { Uri: uri }),
      ...(requestTemplates !== undefined && {
        RequestTemplates: Object.fromEntries(
          Object.entries(requestTemplates).map(([key, text]) => [key, isMock ? (text ?? '') : '']),
        ),
      }),
      ...named(own, { contentHandling: 'ContentHandling', passthroughBehavior: 'PassthroughBehavior' }),
      IntegrationResponses: Object.entries(integrationResponses).map(([status, response]) => ({
        StatusCode: status,
        ...named(response, {
          selectionPattern: 'SelectionPattern',
          responseParameters: 'ResponseParameters',
          responseTemplates: 'ResponseTemplates',
          contentHandling: 'ContentHandling',
        }),
      })),
    },
  };
}

/** What is there of some fields, by the names that CloudFormation has for them. */
function named(raw: object, names: Readonly<Record<string, string>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(raw as Readonly<Record<string, Json>>).flatMap(([key, value]) => {
      const name = Object.hasOwn(names, key) ? names[key] : undefined;
      return name === undefined || isEmpty(value) ? [] : [[name, plain(value)] as const];
    }),
  );
}

/** A template that is `null` passes through, as an empty one does. */
function plain(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, each ?? '']));
}
