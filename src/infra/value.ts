import type { Node, Place, Scalar } from './node.js';

/**
 * What a template says about a value, before anything is deployed: known; one of two, as a condition has it; not
 * there; or unknown, which is never guessed about.
 */
export type Value<T> = Known<T> | Choice<T> | Absent | Unknown;

/** A value that is known before the deployment. */
export interface Known<T> {
  /** Tells it from the other forms. */
  readonly kind: 'known';
  /** The value. */
  readonly value: T;
  /** Where it is written, or where what made it is written. */
  readonly place: Place;
  /** @internal As it is written: a scalar, or the `Fn::Sub` or `Ref` that was resolved. Absent where nobody wrote it. */
  readonly node?: Node;
}

/** `Fn::If`. Choices on the same condition go together: `yes` with `yes`, never crossed. */
export interface Choice<T> {
  /** Tells it from the other forms. */
  readonly kind: 'choice';
  /** The name of the condition. */
  readonly condition: string;
  /** The value where the condition holds. */
  readonly yes: Value<T>;
  /** The value where it does not. */
  readonly no: Value<T>;
  /** Where the choice is written. */
  readonly place: Place;
}

/** `AWS::NoValue`, or a branch in which the value is not written. */
export interface Absent {
  /** Tells it from the other forms. */
  readonly kind: 'absent';
  /** Where it would be written. */
  readonly place: Place;
}

/** A value that nobody knows before the deployment. */
export interface Unknown {
  /** Tells it from the other forms. */
  readonly kind: 'unknown';
  /** Why, in a few words, such as `the parameter Origin has no Default`. */
  readonly why: string;
  /** Where it is written. */
  readonly place: Place;
  /** @internal As it is written. */
  readonly node?: Node;
  /** A text of which parts are known (`Fn::Sub`, `Fn::Join`), in order: `["'https://", { hole: 'Domain' }, "'"]`. */
  readonly parts?: readonly (string | Hole)[];
}

/** A part of a text that is not known. */
export interface Hole {
  /** What it refers to, such as `Domain` or `Function.Arn`. */
  readonly hole: string;
}

/** A scalar or a list, as a setting may be either. */
export type Written = Scalar | readonly Value<Scalar>[];

/** A consistent choice: which branch each condition takes. */
export type World = Readonly<Record<string, boolean>>;

/** The value in a world: without choices, unless the world says nothing about their condition. */
export function inWorld<T>(value: Value<T>, world: World): Value<T> {
  if (value.kind !== 'choice') return value;
  const taken = Object.hasOwn(world, value.condition) ? world[value.condition] : undefined;
  if (taken === undefined) return value;
  return inWorld(taken ? value.yes : value.no, world);
}

/**
 * Every world that the values tell apart; one, the empty one, where there is no choice. Beyond 16 only the first are
 * given: more conditions than four do not meet in one place in practice, and a template may be hostile.
 */
export function worldsOf(values: readonly Value<unknown>[]): readonly World[] {
  const conditions = new Set<string>();
  for (const value of values) collect(value, conditions);
  let worlds: readonly World[] = [{}];
  for (const condition of [...conditions].slice(0, 4)) {
    worlds = worlds.flatMap((world) => [
      { ...world, [condition]: true },
      { ...world, [condition]: false },
    ]);
  }
  return worlds;
}

function collect(value: Value<unknown>, into: Set<string>): void {
  if (value.kind !== 'choice') {
    if (value.kind === 'known' && Array.isArray(value.value)) {
      for (const item of value.value) if (isValue(item)) collect(item, into);
    }
    return;
  }
  into.add(value.condition);
  collect(value.yes, into);
  collect(value.no, into);
}

function isValue(item: unknown): item is Value<unknown> {
  return typeof item === 'object' && item !== null && 'kind' in item && 'place' in item;
}

/** Every value that it may have, choices taken apart. */
export function leaves<T>(value: Value<T>): readonly (Known<T> | Absent | Unknown)[] {
  return value.kind === 'choice' ? [...leaves(value.yes), ...leaves(value.no)] : [value];
}

/** The value where it is known and the same in every branch, else `undefined`. */
export function knownOf<T>(value: Value<T> | undefined): T | undefined {
  if (value === undefined) return undefined;
  const [first, ...others] = leaves(value);
  if (first?.kind !== 'known') return undefined;
  return others.every((other) => other.kind === 'known' && other.value === first.value) ? first.value : undefined;
}

export function mapValue<T, U>(value: Value<T>, change: (known: Known<T>) => Value<U>): Value<U> {
  if (value.kind === 'known') return change(value);
  if (value.kind !== 'choice') return value;
  return { ...value, yes: mapValue(value.yes, change), no: mapValue(value.no, change) };
}
