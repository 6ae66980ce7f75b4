import type { Node, Place } from '../node.js';
import { entries } from '../node.js';
import { mapValue, type Value } from '../value.js';
import type { Scope } from './scope.js';
import { type Look, settle } from './settle.js';

/** A key with its value, in a map that may differ by condition. */
export interface Field {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Look;
}

export interface Fields {
  readonly entries: readonly Field[];
  /** False where a part of the map could not be read. */
  readonly complete: boolean;
}

const NOTHING: Fields = { entries: [], complete: true };

/** The value of a key: absent in the branches that do not have it, `undefined` where no branch has it. */
export function field(look: Look | undefined, key: string, scope: Scope): Look | undefined {
  return fieldPair(look, key, scope)?.value;
}

/** The same with the place of the key; of the first branch, where there are two. */
export function fieldPair(look: Look | undefined, key: string, scope: Scope): Field | undefined {
  if (look === undefined || look.kind === 'absent') return undefined;
  if (look.kind === 'unknown') return undefined;
  if (look.kind === 'known') {
    const pair = look.value.kind === 'map' ? look.value.byKey.get(key) : undefined;
    return pair === undefined ? undefined : { key, keyPlace: pair.keyPlace, value: settle(pair.value, scope) };
  }
  const [yes, no] = [fieldPair(look.yes, key, scope), fieldPair(look.no, key, scope)];
  const first = yes ?? no;
  if (first === undefined) return undefined;
  const missing = (branch: Look): Look =>
    branch.kind === 'unknown' ? branch : { kind: 'absent', place: branch.place };
  const value: Look = { ...look, yes: yes?.value ?? missing(look.yes), no: no?.value ?? missing(look.no) };
  return { key, keyPlace: first.keyPlace, value };
}

/** Follows keys. */
export function path(look: Look | undefined, scope: Scope, ...keys: readonly string[]): Look | undefined {
  return keys.reduce<Look | undefined>((at, key) => field(at, key, scope), look);
}

/** Every key of a map; of both branches, where there is a choice. */
export function fields(look: Look | undefined, scope: Scope): Fields {
  if (look === undefined || look.kind === 'absent') return NOTHING;
  if (look.kind === 'unknown') return { entries: [], complete: false };
  if (look.kind === 'known') {
    const own = entries(look.value).map(({ key, keyPlace, value }) => ({ key, keyPlace, value: settle(value, scope) }));
    return { entries: own.filter(({ value }) => value.kind !== 'absent'), complete: true };
  }
  const [yes, no] = [fields(look.yes, scope), fields(look.no, scope)];
  const names = new Set([...yes.entries, ...no.entries].map(({ key }) => key));
  return {
    entries: [...names].map((key) => fieldPair(look, key, scope)).filter((each) => each !== undefined),
    complete: yes.complete && no.complete,
  };
}

interface Items {
  readonly items: readonly Look[];
  readonly complete: boolean;
}

/** Every item of a list; of both branches, each absent in the other one, where there is a choice. */
export function items(look: Look | undefined, scope: Scope): Items {
  if (look === undefined || look.kind === 'absent') return { items: [], complete: true };
  if (look.kind === 'unknown') return { items: [], complete: false };
  if (look.kind === 'known') {
    const { value } = look;
    const list: readonly Node[] = value.kind === 'list' ? value.items : [value];
    const settled = list.map((item) => settle(item, scope));
    return { items: settled.filter(({ kind }) => kind !== 'absent'), complete: true };
  }
  const [yes, no] = [items(look.yes, scope), items(look.no, scope)];
  const absent: Look = { kind: 'absent', place: look.place };
  return {
    items: [
      ...yes.items.map((item): Look => ({ ...look, yes: item, no: absent, place: item.place })),
      ...no.items.map((item): Look => ({ ...look, yes: absent, no: item, place: item.place })),
    ],
    complete: yes.complete && no.complete,
  };
}

/** The text, where it is known and the same in every branch. */
export function plainText(look: Look | undefined): string | undefined {
  if (look === undefined) return undefined;
  if (look.kind === 'choice') {
    const [yes, no] = [plainText(look.yes), plainText(look.no)];
    return yes === no ? yes : undefined;
  }
  if (look.kind !== 'known' || look.value.kind !== 'scalar' || look.value.value === null) return undefined;
  return String(look.value.value);
}

export function truth(look: Look | undefined, otherwise: Value<boolean>): Value<boolean> {
  if (look === undefined) return otherwise;
  return mapValue(look, (value): Value<boolean> => {
    const { value: node } = value;
    const scalar = node.kind === 'scalar' ? node.value : undefined;
    if (scalar === true || scalar === 'true') return { ...value, value: true };
    if (scalar === false || scalar === 'false') return { ...value, value: false };
    return { kind: 'unknown', why: 'it is neither true nor false', place: value.place };
  });
}

export function yes(place: Place): Value<boolean> {
  return { kind: 'known', value: true, place };
}

export function no(place: Place): Value<boolean> {
  return { kind: 'known', value: false, place };
}
