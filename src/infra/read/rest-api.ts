import type { Api } from '../api.js';
import { attachedTo } from './attached.js';
import type { RouteDraft } from './draft.js';
import { field, fieldPair, path, plainText } from './fields.js';
import { binaryTypesOf, definitionOf, privateTypes } from './openapi.js';
import { withOptions } from './options-answer.js';
import type { Resource, Template } from './resources.js';
import { refersTo, restAuthorizers } from './rest-resources.js';
import { type Scope, withOwnGaps } from './scope.js';
import { type Look, settle } from './settle.js';

/** An `AWS::ApiGateway::RestApi`, with the methods that are resources of their own. */
export function restApi(resource: Resource, methods: readonly RouteDraft[], template: Template): Api {
  const scope = withOwnGaps(template.scope);
  const { properties } = resource;
  const body = bodyOf(properties, ['Body', 'BodyS3Location'], scope);
  const definition = body.look === undefined ? undefined : definitionOf(body.look, scope);
  const own = [...restAuthorizers(template)].filter(([id]) => {
    const authorizer = template.resources.get(id);
    return authorizer !== undefined && refersTo(authorizer.properties, 'RestApiId', scope) === resource.id;
  });
  const complete =
    (definition?.complete ?? body.place === undefined) && scope.gaps.length === 0 && template.scope.gaps.length === 0;
  const cors = definition?.cors;
  const facts = { kind: 'rest', complete, external: false, ...(cors !== undefined && { cors }) } as const;
  const binary = field(properties, 'BinaryMediaTypes', scope);
  const attached = attachedTo(resource.id, template);
  const policy = fieldPair(properties, 'Policy', scope);
  const endpoint = path(properties, scope, 'EndpointConfiguration', 'Types');
  return {
    ...facts,
    origin: 'cloudformation',
    id: resource.id,
    key: resource.key,
    place: resource.place,
    ...(resource.condition !== undefined && { condition: resource.condition }),
    fragment: false,
    definition:
      body.place !== undefined ? (definition === undefined ? 'uri' : 'body') : methods.length > 0 ? 'methods' : 'none',
    ...(body.place !== undefined && { definitionPlace: body.place }),
    gaps: scope.gaps,
    routes: withOptions([...(definition?.routes ?? []), ...methods], facts),
    gatewayResponses: [...(definition?.gatewayResponses ?? []), ...attached.gatewayResponses],
    binaryMediaTypes: [...binaryTypesOf(binary, scope), ...(definition?.binaryMediaTypes ?? [])],
    authorizers: [...(definition?.authorizers ?? []), ...own.map(([, authorizer]) => authorizer)],
    guards: [
      ...attached.guards,
      ...(definition?.guards ?? []),
      ...(policy === undefined ? [] : [{ kind: 'resource policy', place: policy.keyPlace } as const]),
    ],
    deployments: attached.deployments,
    domains: attached.domains,
    routingRules: attached.routingRules,
    private:
      endpoint === undefined && definition !== undefined
        ? definition.private
        : privateTypes(endpoint, resource.key, scope),
    ignores: resource.ignores,
  };
}

/** Methods of an API that another template has. */
export function externalApi(
  id: string,
  methods: readonly RouteDraft[],
  template: Template,
  kind: 'rest' | 'http',
): Api {
  const facts = { kind, complete: false, external: true } as const;
  const attached = attachedTo(id, template);
  const [first] = methods;
  const key = first?.methods[0]?.key ?? attached.deployments[0]?.key ?? template.root.place;
  return {
    ...facts,
    ...attached,
    origin: 'cloudformation',
    id,
    key,
    place: key,
    fragment: false,
    definition: 'methods',
    gaps: [{ why: `the API itself, ${id}, is in another template`, place: key }],
    routes: withOptions(methods, facts),
    binaryMediaTypes: [],
    authorizers: [],
    private: { kind: 'unknown', why: 'the API is in another template', place: key },
    ignores: [],
  };
}

export interface Body {
  readonly look?: Look;
  readonly place?: Place;
}

type Place = Api['key'];

/** A definition inline, or in a file. */
export function bodyOf(properties: Look, [inlineName, fileName]: readonly [string, string], scope: Scope): Body {
  const inline = fieldPair(properties, inlineName, scope);
  if (inline !== undefined && inline.value.kind !== 'absent') {
    if (inline.value.kind === 'unknown') scope.gaps.push({ why: inline.value.why, place: inline.keyPlace });
    return { look: inline.value, place: inline.keyPlace };
  }
  const file = fieldPair(properties, fileName, scope);
  if (file === undefined || file.value.kind === 'absent') return {};
  const location = plainText(file.value);
  const from = 'node' in file.value ? file.value.node : undefined;
  // `aws cloudformation package` uploads a local path; what is on S3 already is not read.
  const content = location === undefined || from === undefined ? `${fileName} is on S3` : scope.include(location, from);
  if (typeof content !== 'string') return { look: settle(content, scope), place: file.keyPlace };
  scope.gaps.push({ why: content, place: file.keyPlace });
  return { place: file.keyPlace };
}
