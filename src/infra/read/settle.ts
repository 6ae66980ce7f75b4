import type { MapNode, Node, Place, Scalar, ScalarNode } from '../node.js';
import { child, descend, textOf } from '../node.js';
import { type Hole, inWorld, mapValue, type Unknown, type Value, type Written, worldsOf } from '../value.js';
import { mapNode } from './json.js';
import { intrinsicOf, rootCondition, type Scope } from './scope.js';

/** A node of which the intrinsic functions at its top are resolved, as far as they can be. */
export type Look = Value<Node>;

/** Resolves what stands at the top of a node, not what is inside. */
export function settle(node: Node, scope: Scope): Look {
  if (node.kind === 'map' && node.byKey.has('Fn::Transform')) return included(node, scope);
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined) {
    const text = textOf(node);
    return text?.includes('{{resolve:') ? unknown(node, 'it is resolved when it is deployed') : known(node, node);
  }
  return (INTRINSICS[intrinsic.key] ?? unresolved)(intrinsic.value, node, scope);
}

type Resolve = (argument: Node, node: Node, scope: Scope) => Look;

const INTRINSICS: Readonly<Record<string, Resolve>> = {
  Ref: reference,
  'Fn::If': choice,
  'Fn::Sub': substitution,
  'Fn::Join': join,
  'Fn::FindInMap': findInMap,
  'Fn::Select': select,
  'Fn::Split': split,
};

function unresolved(_argument: Node, node: Node): Look {
  return unknown(node, `${intrinsicOf(node)?.key} is known only when it is deployed`);
}

function known(value: Node, node: Node): Look {
  return { kind: 'known', value, place: node.place, node };
}

function unknown(node: Node, why: string, parts?: readonly (string | Hole)[]): Unknown {
  return { kind: 'unknown', why, place: node.place, node, ...(parts !== undefined && { parts }) };
}

function text(value: string, place: Place): ScalarNode {
  return { kind: 'scalar', value, place };
}

function reference(argument: Node, node: Node, scope: Scope): Look {
  const name = textOf(argument) ?? '';
  if (name === 'AWS::NoValue') return { kind: 'absent', place: node.place };
  const parameter = scope.parameters.get(name);
  if (parameter !== undefined) return placed(parameter, name, node);
  return unknown(node, `${name} is known only when it is deployed`, [{ hole: name }]);
}

/** What a parameter stands for, where it is used. */
function placed(parameter: Look, name: string, node: Node): Look {
  if (parameter.kind === 'known') return { ...parameter, place: node.place, node };
  if (parameter.kind === 'choice') {
    return { ...parameter, yes: placed(parameter.yes, name, node), no: placed(parameter.no, name, node) };
  }
  return parameter.kind === 'absent' ? parameter : unknown(node, parameter.why, parameter.parts ?? [{ hole: name }]);
}

function choice(argument: Node, node: Node, scope: Scope): Look {
  const [condition, yes, no] = argument.kind === 'list' ? argument.items : [];
  const name = textOf(condition);
  if (name === undefined || yes === undefined || no === undefined) return unknown(node, 'Fn::If is not complete');
  const { name: root, negated } = rootCondition(name, scope);
  const [one, other] = [settle(yes, scope), settle(no, scope)];
  const branches = negated ? { yes: other, no: one } : { yes: one, no: other };
  return { kind: 'choice', condition: root, ...branches, place: node.place };
}

function substitution(argument: Node, node: Node, scope: Scope): Look {
  const list = argument.kind === 'list' ? argument.items : [argument];
  const template = textOf(list[0]);
  if (template === undefined) return unknown(node, 'Fn::Sub is not a text');
  // Each once: a variable may be a Fn::Sub that names one twice, and so on.
  const variables = new Map<string, Look>();
  const variable = (name: string): Look => {
    const before = variables.get(name);
    if (before !== undefined) return before;
    const own = child(list[1], name);
    const parameter = own === undefined ? scope.parameters.get(name) : settle(own, scope);
    const look = parameter ?? unknown(node, `${name} is known only when it is deployed`, [{ hole: name }]);
    variables.set(name, named(look, name));
    return named(look, name);
  };
  const parts = [...template.matchAll(/\$\{!([^}]*)\}|\$\{([^}]*)\}|[^$]+|\$/g)].map((match): Look => {
    const [whole, literal, name] = match;
    if (literal !== undefined) return known(text(`\${${literal}}`, node.place), node);
    return name === undefined ? known(text(whole, node.place), node) : variable(name.trim());
  });
  return concatenated(parts, '', node);
}

/** A part of which nothing is known is called by its name. */
function named(look: Look, name: string): Look {
  return look.kind === 'unknown' && look.parts === undefined ? { ...look, parts: [{ hole: name.trim() }] } : look;
}

function join(argument: Node, node: Node, scope: Scope): Look {
  const [delimiter, list] = argument.kind === 'list' ? argument.items : [];
  const between = textOf(delimiter);
  if (between === undefined || list === undefined) return unknown(node, 'Fn::Join is not complete');
  return mapValue(settle(list, scope), ({ value }) =>
    value.kind === 'list'
      ? concatenated(
          value.items.map((item) => settle(item, scope)),
          between,
          node,
        )
      : unknown(node, 'Fn::Join has no list'),
  );
}

/** Longer than any value that CORS has to do with. */
const MAX_TEXT = 100_000;
const MAX_PARTS = 1000;

/** The texts as one, for every world that their choices make. */
function concatenated(looks: readonly Look[], between: string, node: Node): Look {
  const worlds = worldsOf(looks);
  if (worlds.length > 8) return unknown(node, 'it depends on too many conditions');
  const [condition] = Object.keys(worlds[0] ?? {});
  if (condition !== undefined) {
    const branch = (taken: boolean) =>
      concatenated(
        looks.map((look) => inWorld(look, { [condition]: taken })),
        between,
        node,
      );
    return { kind: 'choice', condition, yes: branch(true), no: branch(false), place: node.place };
  }
  const parts: (string | Hole)[] = [];
  let first = true;
  let why: string | undefined;
  for (const look of looks) {
    if (look.kind === 'absent') continue;
    if (!first && between !== '') append(parts, between);
    first = false;
    if (parts.length > MAX_PARTS) return unknown(node, 'it has too many parts');
    if (look.kind === 'known' && look.value.kind === 'scalar') append(parts, String(look.value.value ?? ''));
    else if (look.kind === 'unknown') {
      why ??= look.why;
      for (const part of look.parts ?? [{ hole: '' }]) append(parts, part);
    } else return unknown(node, 'it is not a text');
  }
  if (why !== undefined) return unknown(node, why, parts);
  if (parts.join('').length > MAX_TEXT) return unknown(node, 'it is too long');
  return known(text(parts.join(''), node.place), node);
}

function append(parts: (string | Hole)[], part: string | Hole): void {
  const last = parts.at(-1);
  if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
  else if (part !== '') parts.push(part);
}

function findInMap(argument: Node, node: Node, scope: Scope): Look {
  const keys = argument.kind === 'list' ? argument.items.map((item) => settle(item, scope)) : [];
  const names = keys.map((key) => (key.kind === 'known' ? textOf(key.value) : undefined));
  if (names.length < 3 || names.slice(0, 3).includes(undefined))
    return unknown(node, 'Fn::FindInMap has an unknown key');
  const found = descend(scope.mappings, ...(names.slice(0, 3) as string[]));
  return found === undefined ? unknown(node, 'Fn::FindInMap finds nothing') : known(found, node);
}

function select(argument: Node, node: Node, scope: Scope): Look {
  const [index, list] = argument.kind === 'list' ? argument.items : [];
  if (index === undefined || list === undefined) return unknown(node, 'Fn::Select is not complete');
  const at = settle(index, scope);
  const number = at.kind === 'known' && at.value.kind === 'scalar' ? Number(at.value.value) : Number.NaN;
  return mapValue(settle(list, scope), ({ value }) => {
    const item = value.kind === 'list' ? value.items[number] : undefined;
    return item === undefined ? unknown(node, 'Fn::Select finds nothing') : settle(item, scope);
  });
}

function split(argument: Node, node: Node, scope: Scope): Look {
  const [delimiter, source] = argument.kind === 'list' ? argument.items : [];
  const between = textOf(delimiter);
  if (between === undefined || source === undefined) return unknown(node, 'Fn::Split is not complete');
  return mapValue(settle(source, scope), ({ value }) => {
    const whole = textOf(value);
    if (whole === undefined || between === '') return unknown(node, 'Fn::Split has no text');
    const items = whole.split(between).map((item) => text(item, node.place));
    return known({ kind: 'list', items, place: node.place }, node);
  });
}

/** `Fn::Transform: { Name: AWS::Include, Parameters: { Location } }`, whose content joins what stands beside it. */
function included(node: MapNode, scope: Scope): Look {
  const transform = child(node, 'Fn::Transform') as Node;
  const others = node.pairs.filter(({ key }) => key !== 'Fn::Transform');
  const content = includedContent(transform, scope);
  if (typeof content === 'string') {
    if (others.length === 0) return unknown(node, content);
    scope.gaps.push({ why: content, place: transform.place });
    return known(mapNode(node.place, others, false), node);
  }
  if (content.kind !== 'map') return others.length === 0 ? known(content, node) : unknown(node, 'it includes no map');
  return known(mapNode(content.place, [...content.pairs, ...others], false), node);
}

function includedContent(transform: Node, scope: Scope): Node | string {
  const name = textOf(child(transform, 'Name'));
  if (name !== 'AWS::Include') return `the macro ${name ?? ''} is known only when it is deployed`;
  const location = descend(transform, 'Parameters', 'Location');
  const settled = location === undefined ? undefined : settle(location, scope);
  const path = settled?.kind === 'known' ? textOf(settled.value) : undefined;
  if (path === undefined) return 'the Location of an AWS::Include is not known';
  return scope.include(path, transform);
}

export function scalarOf(look: Look): Value<Scalar> {
  return mapValue(look, (value) =>
    value.value.kind === 'scalar'
      ? { ...value, value: value.value.value }
      : { kind: 'unknown', why: `it is a ${value.value.kind}`, place: value.place, node: value.value },
  );
}

/** A scalar or a list of scalars. */
export function writtenOf(look: Look, scope: Scope): Value<Written> {
  return mapValue(look, (value): Value<Written> => {
    const { value: node } = value;
    if (node.kind === 'scalar') return { ...value, value: node.value };
    if (node.kind === 'list') return { ...value, value: node.items.map((item) => scalarOf(settle(item, scope))) };
    return { kind: 'unknown', why: 'it is a map', place: value.place, node };
  });
}
