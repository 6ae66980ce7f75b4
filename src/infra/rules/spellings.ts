import type { Place, Scalar } from '../node.js';
import {
  type Hole,
  inWorld,
  type Known,
  leaves,
  type Unknown,
  type Value,
  type World,
  type Written,
} from '../value.js';
import type { Site } from './answers.js';

/** A value as far as it is known. */
export interface Text {
  /** As it is written. */
  readonly raw: Scalar;
  /** What is sent; of a mapping expression without inner quotes, what was probably meant. */
  readonly text: string;
  /**
   * `static`: sent as it is. `bare`: a mapping value without its inner quotes, which API Gateway takes for an
   * expression. `expression`: one that API Gateway knows.
   */
  readonly form: 'static' | 'bare' | 'expression';
  /** Not a literal: what it is depends on the default value of a parameter, or the like. */
  readonly resolved: boolean;
  readonly place: Place;
}

/** One of the values that a site may have. */
export interface Spelling {
  readonly texts: readonly Text[];
  /** All of it is known. */
  readonly complete: boolean;
  /** `AWS::NoValue`: it is as if the header were not there. */
  readonly absent: boolean;
  readonly place: Place;
  /** What is known of a text with unknown parts. */
  readonly halves: readonly Half[];
}

/** A text of which the beginning, the end, or something between is not known. */
export interface Half {
  readonly parts: readonly (string | Hole)[];
  readonly place: Place;
}

/** The values that a site may have, one for each branch of the conditions in it. */
export function spellingsOf(site: Site | undefined, world: World = {}): readonly Spelling[] {
  if (site === undefined) return [];
  return leaves(inWorld(site.value, world)).map((leaf): Spelling => {
    const nothing = { texts: [], halves: [], absent: false, complete: false, place: leaf.place };
    if (leaf.kind === 'absent') return { ...nothing, absent: true, complete: true };
    if (leaf.kind === 'unknown') return { ...nothing, halves: halfOf(leaf) };
    const { value, place } = leaf;
    if (!isList(value)) return spellingOfItems(site, [{ ...leaf, value }], world, place);
    return spellingOfItems(site, value, world, place);
  });
}

function spellingOfItems(site: Site, items: readonly Value<Scalar>[], world: World, place: Place): Spelling {
  const values = items.flatMap((item) => leaves(inWorld(item, world)));
  const texts = values.flatMap((item) => (item.kind === 'known' ? [textOf(site, item)] : []));
  const unknown = values.filter((item) => item.kind === 'unknown');
  return {
    texts,
    halves: unknown.flatMap(halfOf),
    complete: unknown.length === 0 && texts.every(({ form }) => form !== 'expression'),
    absent: false,
    place,
  };
}

function isList(value: Written): value is readonly Value<Scalar>[] {
  return Array.isArray(value);
}

function halfOf({ parts, place }: Unknown): readonly Half[] {
  return parts === undefined ? [] : [{ parts, place }];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html */
export const EXPRESSION = /^(method|integration|context|stageVariables)\./;

function textOf({ syntax }: Site, { value: raw, place, node }: Known<Scalar>): Text {
  const text = raw === null ? '' : String(raw);
  const rest = { raw, resolved: node?.kind === 'map', place };
  if (syntax === 'text') return { ...rest, text, form: 'static' };
  if (isQuoted(text) && typeof raw === 'string') return { ...rest, text: text.slice(1, -1), form: 'static' };
  return { ...rest, text, form: EXPRESSION.test(text) ? 'expression' : 'bare' };
}

function isQuoted(text: string): boolean {
  return text.length >= 2 && text.startsWith("'") && text.endsWith("'");
}

/** Every text that a site may have, whatever the conditions. */
export function textsOf(site: Site | undefined, world: World = {}): readonly Text[] {
  return spellingsOf(site, world).flatMap(({ texts }) => texts);
}

/** A name in a list of methods or headers. */
export interface Name {
  readonly name: string;
  readonly place: Place;
}

/** The names in a value: those of a list, or those between the commas of a text. */
export function namesIn({ texts }: Spelling): readonly Name[] {
  return texts
    .filter(({ form }) => form !== 'expression')
    .flatMap(({ text, place }) => text.split(',').map((name) => ({ name: name.trim(), place })))
    .filter(({ name }) => name !== '');
}

/** Whether credentials are allowed for certain: `true`, or `'true'` as a mapping. */
export function allowsCredentials(site: Site | undefined, world: World = {}): boolean {
  const spellings = spellingsOf(site, world);
  return (
    spellings.length > 0 &&
    spellings.every(
      ({ texts: [first], complete }) => complete && (site?.syntax === 'text' ? isTrue(first) : first?.text === 'true'),
    )
  );
}

/** YAML 1.1 and CloudFormation take more than `true` for true. */
function isTrue(text: Text | undefined): boolean {
  return text !== undefined && String(text.raw).toLowerCase() === 'true';
}
