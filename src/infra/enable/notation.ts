import type { IntegrationResponse, Method } from '../method.js';
import { child, type MapNode, type Node, textOf } from '../node.js';
import { headerDeclaration } from '../write/options.js';
import type { DataMap } from './edit.js';
import { type Editor, plainMap } from './editor.js';

/** The two ways to write a method, and what they call the same things. */
export interface Notation {
  readonly kind: 'openapi' | 'cloudformation';
  readonly integration: string;
  readonly requestTemplates: string;
  readonly contentHandling: string;
  readonly responseParameters: string;
  readonly responseTemplates: string;
  /** What follows references within a definition. */
  readonly root: Node | undefined;
  /** How a method response declares a header. */
  readonly declaration: DataMap | true;
}

export const CLOUDFORMATION: Notation = {
  kind: 'cloudformation',
  integration: 'Integration',
  requestTemplates: 'RequestTemplates',
  contentHandling: 'ContentHandling',
  responseParameters: 'ResponseParameters',
  responseTemplates: 'ResponseTemplates',
  root: undefined,
  declaration: true,
};

/** @param root The definition. */
export function openApiNotation(root: Node | undefined): Notation {
  return {
    kind: 'openapi',
    integration: 'x-amazon-apigateway-integration',
    requestTemplates: 'requestTemplates',
    contentHandling: 'contentHandling',
    responseParameters: 'responseParameters',
    responseTemplates: 'responseTemplates',
    root,
    declaration: headerDeclaration(versionOf(root)) as DataMap,
  };
}

export function versionOf(root: Node | undefined): 2 | 3 {
  return child(root, 'swagger') === undefined && child(root, 'openapi') !== undefined ? 3 : 2;
}

/** The operation, or the properties of the resource. */
export function operationOf({ key, made }: Method, { kind }: Notation, editor: Editor): MapNode | undefined {
  if (made !== 'written') return undefined;
  const value = editor.pairAt(key)?.value;
  return plainMap(kind === 'openapi' ? value : child(value, 'Properties'));
}

export function integrationOf(method: Method, notation: Notation, editor: Editor): MapNode | undefined {
  return plainMap(child(operationOf(method, notation, editor), notation.integration));
}

export function responseOf(
  { key, place }: IntegrationResponse,
  { kind }: Notation,
  editor: Editor,
): MapNode | undefined {
  return plainMap(kind === 'openapi' ? editor.pairAt(key)?.value : editor.nodeAt(place));
}

/** `$ref: '#/components/responses/Error'`, followed within the definition. */
export function deref(node: Node | undefined, { root }: Notation): Node | undefined {
  const ref = textOf(child(node, '$ref'));
  if (ref === undefined) return node;
  if (!ref.startsWith('#/')) return undefined;
  const keys = ref.slice(2).split('/');
  return keys.reduce<Node | undefined>((at, key) => child(at, key.replaceAll('~1', '/').replaceAll('~0', '~')), root);
}
