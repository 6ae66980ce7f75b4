import type { Api, Route } from '../api.js';
import { child, type MapNode, type Node } from '../node.js';
import { optionsProperties } from '../write/options.js';
import { type DataMap, dataOf } from './edit.js';
import { type Editor, plainMap } from './editor.js';
import type { Wanted } from './wanted.js';

export function resourcesOf(root: Node): MapNode | undefined {
  return plainMap(child(root, 'Resources'));
}

/** A logical id that is not taken. */
export function freeName(name: string, resources: MapNode): string {
  let id = name;
  for (let number = 2; resources.byKey.has(id); number++) id = `${name}${number}`;
  return id;
}

/** OPTIONS as an `AWS::ApiGateway::Method`, beside a method that names the same resource. */
export function addOptionsResource(route: Route, wanted: Wanted, editor: Editor): void {
  const { methods, path } = route;
  const resources = resourcesOf(editor.document.root);
  const siblings = methods.filter(({ id }) => id !== undefined);
  const properties = child(siblings[0] && editor.pairAt(siblings[0].key)?.value, 'Properties');
  const [api, resource] = [child(properties, 'RestApiId'), child(properties, 'ResourceId')];
  if (resources === undefined || api === undefined || resource === undefined) {
    editor.note(`${path} gets no OPTIONS: its methods are written elsewhere. Add it there.`);
    return;
  }
  const condition = siblings[0]?.condition;
  const isConditional = condition !== undefined && siblings.every((each) => each.condition === condition);
  const references = { RestApiId: dataOf(api), ResourceId: dataOf(resource) };
  const whole = {
    Type: 'AWS::ApiGateway::Method',
    ...(isConditional && { Condition: condition }),
    Properties: optionsProperties(wanted.mock(route), references),
  } as DataMap;
  const id = freeName(`${pascal(path)}Options`, resources);
  editor.set(resources, [id], whole, { where: `OPTIONS ${path}`, what: 'method', after: id });
}

function pascal(path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.length === 0 ? 'Root' : words.map((word) => (word[0] as string).toUpperCase() + word.slice(1)).join('');
}

/** A deployment must come after what it is to have. */
export function editDeployments(api: Api, routes: readonly Route[], editor: Editor): void {
  if (api.definition !== 'methods') return;
  const options = routes.flatMap(({ methods }) => methods.filter(({ method }) => method === 'OPTIONS'));
  const ids = [
    ...options.flatMap(({ id }) => id ?? []),
    ...api.gatewayResponses.flatMap(({ where, id }) => (where === 'resource' && id !== undefined ? [id] : [])),
  ];
  for (const deployment of api.deployments) {
    const missing = ids.filter((id) => !deployment.reaches.has(id));
    const resource = plainMap(editor.pairAt(deployment.key)?.value);
    if (missing.length === 0 || resource === undefined) continue;
    const change = { where: deployment.id, what: 'DependsOn', after: missing.join(', ') };
    const written = child(resource, 'DependsOn');
    if (written?.kind === 'list') for (const id of missing) editor.push(written, id, { ...change, after: id });
    else if (written?.kind === 'scalar' && written.value !== null) {
      editor.replace(written, [written.value, ...missing], {
        ...change,
        after: [written.value, ...missing].join(', '),
      });
    } else editor.set(resource, ['DependsOn'], missing, change);
  }
}
