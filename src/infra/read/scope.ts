import type { Gap } from '../api.js';
import { child, descend, entries, type MapNode, type Node, type ScalarNode, textOf } from '../node.js';
import type { Value } from '../value.js';

/** What names in a template stand for, and where what cannot be read is noted. */
export interface Scope {
  readonly parameters: ReadonlyMap<string, Value<Node>>;
  readonly mappings: Node | undefined;
  /** Conditions that are another one, or not another one. */
  readonly conditions: ReadonlyMap<string, { readonly of: string; readonly negated: boolean }>;
  readonly resources: ReadonlyMap<string, Node>;
  /** The content of a file that the template names, or why it is not at hand. */
  include(location: string, from: Node): Node | string;
  /** What could not be read; grows. */
  readonly gaps: Gap[];
}

/**
 * @param given Values of the parameters, where another template gives them.
 */
export function scopeOf(
  root: Node,
  include: Scope['include'],
  given: ReadonlyMap<string, Value<Node>> = new Map(),
): Scope {
  const parameters = entries(child(root, 'Parameters')).map(
    ({ key, value }) => [key, given.get(key) ?? parameterOf(key, value)] as const,
  );
  return {
    parameters: new Map(parameters),
    mappings: child(root, 'Mappings'),
    conditions: conditionsOf(child(root, 'Conditions')),
    resources: new Map(entries(child(root, 'Resources')).map(({ key, value }) => [key, value])),
    include,
    gaps: [],
  };
}

/** The scope for one more part, with gaps of its own. */
export function withOwnGaps(scope: Scope): Scope {
  return { ...scope, gaps: [] };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAX_PARAMETER = 4096;

/** Parameters are texts when they are used, whatever their `Default` is written as. */
function parameterOf(name: string, declaration: Node): Value<Node> {
  const { place } = declaration;
  const type = textOf(child(declaration, 'Type')) ?? 'String';
  const written = child(declaration, 'Default');
  if (type.startsWith('AWS::SSM::')) return { kind: 'unknown', why: `the parameter ${name} is read from SSM`, place };
  if (written?.kind !== 'scalar' || written.value === null) {
    return { kind: 'unknown', why: `the parameter ${name} has no Default`, place };
  }
  const text = String(written.value);
  if (text.length > MAX_PARAMETER) return { kind: 'unknown', why: `the parameter ${name} is too long`, place };
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) {
    return { kind: 'known', value: { ...written, value: text }, place: written.place, node: written };
  }
  const items = text.split(',').map((item): ScalarNode => ({ ...written, value: item.trim() }));
  return { kind: 'known', value: { kind: 'list', place: written.place, items }, place: written.place, node: written };
}

/** `{ "Fn::Not": [{ "Condition": "IsProd" }] }` pairs with IsProd, crosswise. */
function conditionsOf(conditions: Node | undefined): Scope['conditions'] {
  const found = new Map<string, { of: string; negated: boolean }>();
  for (const { key, value } of entries(conditions)) {
    const direct = textOf(child(value, 'Condition'));
    if (direct !== undefined) found.set(key, { of: direct, negated: false });
    const not = child(value, 'Fn::Not');
    const inner = not?.kind === 'list' ? textOf(child(not.items[0], 'Condition')) : undefined;
    if (inner !== undefined) found.set(key, { of: inner, negated: true });
  }
  return found;
}

/** The condition that another one comes down to. */
export function rootCondition(name: string, scope: Scope): { readonly name: string; readonly negated: boolean } {
  let at = name;
  let negated = false;
  for (let step = 0; step < 10; step++) {
    const known = scope.conditions.get(at);
    if (known === undefined) break;
    at = known.of;
    negated = negated !== known.negated;
  }
  return { name: at, negated };
}

/** The only pair of an intrinsic function, such as `{ "Fn::Sub": … }`. */
export function intrinsicOf(node: Node | undefined): MapNode['pairs'][number] | undefined {
  if (node?.kind !== 'map' || node.pairs.length !== 1) return undefined;
  const [pair] = node.pairs;
  return pair !== undefined && (pair.key === 'Ref' || pair.key.startsWith('Fn::')) ? pair : undefined;
}

/**
 * The logical id, parameter or export that a reference names: `Ref`, `Fn::GetAtt`, or a `Fn::Sub` or `Fn::ImportValue`
 * of nothing else.
 */
export function referenceOf(node: Node | undefined): string | undefined {
  const text = textOf(node);
  if (text !== undefined) return text;
  const intrinsic = intrinsicOf(node);
  if (intrinsic === undefined) return undefined;
  const { key, value } = intrinsic;
  if (key === 'Ref') return textOf(value);
  if (key === 'Fn::GetAtt') return value.kind === 'list' ? textOf(value.items[0]) : textOf(value)?.split('.', 1)[0];
  if (key === 'Fn::Sub') return /^\$\{([\w:]+)(?:\.[\w.]+)?\}$/.exec(textOf(value) ?? '')?.[1];
  if (key === 'Fn::ImportValue') return `import ${referenceText(value)}`;
  return undefined;
}

function referenceText(node: Node): string {
  const sub = intrinsicOf(node);
  return textOf(node) ?? textOf(sub?.value) ?? node.place.source.text.slice(node.place.start, node.place.end);
}

/** Every name that a node refers to, by `Ref`, `Fn::GetAtt` or `Fn::Sub`, however deep. */
export function namesIn(node: Node | undefined, into: Set<string> = new Set()): Set<string> {
  if (node?.kind === 'list') for (const item of node.items) namesIn(item, into);
  if (node?.kind === 'map') {
    for (const { key, value } of node.pairs) {
      const text = textOf(value) ?? (value.kind === 'list' ? textOf(value.items[0]) : undefined);
      if (text !== undefined && (key === 'Ref' || key === 'Fn::GetAtt')) into.add(text.split('.', 1)[0] as string);
      if (text !== undefined && key === 'Fn::Sub') {
        for (const [, name] of text.matchAll(/\$\{(\w+)/g)) into.add(name as string);
      }
      namesIn(value, into);
    }
  }
  return into;
}

export function typeOf(resource: Node | undefined): string {
  return textOf(child(resource, 'Type')) ?? '';
}

/** `Metadata: { lambda-cors: { ignore: [LC202] } }` of a template or a resource. */
export function ignoresOf(node: Node | undefined): readonly string[] {
  const ignore = descend(node, 'Metadata', 'lambda-cors', 'ignore');
  if (ignore?.kind === 'list') return ignore.items.flatMap((item) => textOf(item) ?? []);
  return textOf(ignore)?.split(/[\s,]+/) ?? [];
}
