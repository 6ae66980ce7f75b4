import type { Place } from '../node.js';
import { child, entries, type MapNode, type Node, type Pair, textOf } from '../node.js';
import { plainText } from './fields.js';
import { span } from './headers.js';
import { mapNode } from './json.js';
import { ignoresOf, intrinsicOf, namesIn, type Scope, typeOf } from './scope.js';
import { type Look, settle } from './settle.js';

/** A resource of a template. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly key: Place;
  readonly place: Place;
  readonly node: Node;
  /** With SAM's Globals in it. */
  readonly properties: Look;
  readonly condition?: string;
  readonly ignores: readonly string[];
}

/** A template as the readers of APIs see it. */
export interface Template {
  readonly root: Node;
  readonly scope: Scope;
  readonly resources: ReadonlyMap<string, Resource>;
  ofType(...types: readonly string[]): readonly Resource[];
  readonly globals: Node | undefined;
}

export function templateOf(root: Node, scope: Scope): Template {
  const globals = child(root, 'Globals');
  const resources = new Map<string, Resource>();
  const section = child(root, 'Resources');
  const settled = section === undefined ? undefined : settle(section, scope);
  if (settled?.kind === 'unknown') scope.gaps.push({ why: settled.why, place: settled.place });
  const byType = new Map<string, Resource[]>();
  for (const pair of entries(settled?.kind === 'known' ? settled.value : undefined)) {
    if (pair.key.startsWith('Fn::')) {
      scope.gaps.push({ why: `what ${pair.key} makes is known only when it is deployed`, place: pair.keyPlace });
      continue;
    }
    const resource = resourceOf(pair, globals, scope);
    resources.set(resource.id, resource);
    const same = byType.get(resource.type);
    if (same === undefined) byType.set(resource.type, [resource]);
    else same.push(resource);
  }
  return { root, scope, resources, globals, ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []) };
}

function resourceOf({ key, keyPlace, value }: Pair, globals: Node | undefined, scope: Scope): Resource {
  const type = typeOf(value);
  const condition = textOf(child(value, 'Condition'));
  return {
    id: key,
    type,
    key: keyPlace,
    place: span(keyPlace, value.place),
    node: value,
    properties: propertiesOf(value, type, globals, scope),
    ignores: ignoresOf(value),
    ...(condition !== undefined && { condition }),
  };
}

function propertiesOf(resource: Node, type: string, globals: Node | undefined, scope: Scope): Look {
  const own = child(resource, 'Properties');
  const section = type.startsWith(SAM) ? child(globals, type.slice(SAM.length)) : undefined;
  const shared = section === undefined ? undefined : withoutIgnored(section, child(resource, 'IgnoreGlobals'));
  if (own === undefined)
    return shared === undefined ? { kind: 'absent', place: resource.place } : settle(shared, scope);
  return settle(shared === undefined ? own : merged(shared, own), scope);
}

const SAM = 'AWS::Serverless::';

function withoutIgnored(section: Node, ignored: Node | undefined): Node | undefined {
  if (textOf(ignored) === '*') return undefined;
  if (ignored?.kind !== 'list' || section.kind !== 'map') return section;
  const names = ignored.items.map(textOf);
  return mapNode(
    section.place,
    section.pairs.filter(({ key }) => !names.includes(key)),
    false,
  );
}

/**
 * Globals under what a resource says itself: maps are merged, lists joined, anything else replaced.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
function merged(globals: Node, own: Node): Node {
  if (isPlainMap(globals) && isPlainMap(own)) {
    const pairs = own.pairs.map((pair) => {
      const shared = globals.byKey.get(pair.key);
      return shared === undefined ? pair : { ...pair, value: merged(shared.value, pair.value) };
    });
    const inherited = globals.pairs.filter(({ key }) => !own.byKey.has(key));
    return mapNode(own.place, [...inherited, ...pairs], false);
  }
  if (globals.kind === 'list' && own.kind === 'list') return { ...own, items: [...globals.items, ...own.items] };
  return own;
}

function isPlainMap(node: Node): node is MapNode {
  return node.kind === 'map' && intrinsicOf(node) === undefined;
}

export function isInGlobals(place: Place, { globals }: Template): boolean {
  if (globals === undefined) return false;
  const { source, start, end } = globals.place;
  return place.source === source && place.start >= start && place.end <= end;
}

/** `DependsOn`, with the place of each name. */
export function dependsOn(resource: Node): readonly { readonly id: string; readonly place: Place }[] {
  const written = child(resource, 'DependsOn');
  const list = written?.kind === 'list' ? written.items : written === undefined ? [] : [written];
  return list.flatMap((item) => {
    const id = textOf(item);
    return id === undefined ? [] : [{ id, place: item.place }];
  });
}

const NAMED = new WeakMap<Resource, ReadonlySet<string>>();

/** What a resource names: each waits for what it names. */
function namedBy(resource: Resource): ReadonlySet<string> {
  const known = NAMED.get(resource);
  if (known !== undefined) return known;
  const names = namesIn(child(resource.node, 'Properties'));
  for (const { id } of dependsOn(resource.node)) names.add(id);
  NAMED.set(resource, names);
  return names;
}

/** The logical ids that have to be there before a resource, however far. */
export function reachedFrom(resource: Resource, { resources }: Template): ReadonlySet<string> {
  const reached = new Set<string>();
  const open: Resource[] = [resource];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of namedBy(at)) {
      const next = resources.get(name);
      if (next === undefined || reached.has(name)) continue;
      reached.add(name);
      open.push(next);
    }
  }
  return reached;
}

export function isTrue(look: Look | undefined): boolean {
  return plainText(look) === 'true';
}
