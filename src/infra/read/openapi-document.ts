import type { Api } from '../api.js';
import { child, type Node, type TreeDocument } from '../node.js';
import { definitionOf } from './openapi.js';
import { withOptions } from './options-answer.js';
import type { Scope } from './scope.js';
import { settle } from './settle.js';

export function isOpenApi(root: Node): boolean {
  return ['openapi', 'swagger', 'paths'].some((key) => child(root, key) !== undefined);
}

/** An OpenAPI document by itself. */
export function openApiDocument({ root }: TreeDocument, scope: Scope): Api | undefined {
  if (!isOpenApi(root)) return undefined;
  const look = settle(root, scope);
  const definition = definitionOf(look, scope);
  const kind = kindOf(definition.cors !== undefined, root);
  const key = (root.kind === 'map' ? root.pairs[0]?.keyPlace : undefined) ?? root.place;
  const { cors } = definition;
  const facts = { kind, complete: definition.complete, external: false, ...(cors !== undefined && { cors }) };
  return {
    ...facts,
    origin: 'openapi',
    id: '',
    key,
    place: root.place,
    fragment: true,
    definition: 'openapi',
    gaps: scope.gaps,
    routes: withOptions(definition.routes, facts),
    gatewayResponses: definition.gatewayResponses,
    binaryMediaTypes: definition.binaryMediaTypes,
    authorizers: definition.authorizers,
    guards: definition.guards,
    deployments: [],
    domains: [],
    routingRules: [],
    private: definition.private,
    ignores: [],
  };
}

/** HTTP APIs import OpenAPI 3 only, and show by what only they have. */
function kindOf(hasCors: boolean, root: Node): 'rest' | 'http' {
  if (child(root, 'swagger') !== undefined) return 'rest';
  const { text } = root.place.source;
  if (/x-amazon-apigateway-gateway-responses|(?:request|response)Templates|passthroughBehavior/.test(text))
    return 'rest';
  return hasCors || /['"]?payloadFormatVersion['"]?\s*:|^\s*['"]?\/?\$default['"]?\s*:/m.test(text) ? 'http' : 'rest';
}
