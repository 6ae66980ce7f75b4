import type { IntegrationResponse, Template } from '../method.js';
import type { MapNode } from '../node.js';
import { knownOf } from '../value.js';
import type { Editor } from './editor.js';
import type { Notation } from './notation.js';
import { withOverride } from './override.js';

export const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';

/** What the responses of a method are to carry. */
export interface Carried {
  readonly headers: Readonly<Record<string, string>>;
  /** Velocity that chooses the origin. */
  readonly template: string | undefined;
  /** The method is a preflight's mock: nobody reads its body, so its templates may be made and replaced. */
  readonly owned: boolean;
  /** The lists are those of a resource: where resources share them by an alias, they have what each needs. */
  readonly joined: boolean;
}

/** False where an origin has to be chosen, and there is nothing that could choose it. */
export function editTemplates(
  response: IntegrationResponse,
  map: MapNode,
  where: string,
  { template: wanted, owned }: Carried,
  notation: Notation,
  editor: Editor,
): boolean {
  const { templates } = response;
  if (templates.length === 0 && wanted === undefined) return true;
  // An empty template passes through too: with more in it, the body would be lost.
  const passes = !owned && templates.some(({ text }) => knownOf(text) === '');
  if (templates.length === 0 || (passes && wanted !== undefined)) {
    const path = [notation.responseTemplates, 'application/json'];
    if (owned && editor.set(map, path, wanted as string, { where, what: 'response template' })) return true;
    editor.note(
      `${where} is left: it passes through without a response template, which could choose among the origins. Give it one, or make it a proxy integration with withCors around the function.`,
    );
    return false;
  }
  const planned = templates.map((template) => ({ template, text: plannedText(template, wanted, owned) }));
  const left = planned.find(({ template, text }) => text === undefined && (wanted !== undefined || sets(template)));
  if (left !== undefined) {
    editor.note(
      `${where} is left: its response template for ${left.template.contentType} sets ${ALLOW_ORIGIN} itself, or is not a plain text. Edit it by hand.`,
    );
    return false;
  }
  for (const { template, text } of planned) if (text !== undefined) editTemplate(template, text, where, editor);
  return true;
}

function plannedText({ text }: Template, wanted: string | undefined, owned: boolean): string | undefined {
  const known = knownOf(text);
  if (known === undefined) return undefined;
  const planned = withOverride(String(known), wanted);
  return planned ?? (owned ? (wanted ?? '{}') : undefined);
}

function sets({ text }: Template): boolean {
  const parts = text.kind === 'unknown' ? (text.parts ?? []) : [knownOf(text)];
  return parts.some((part) => typeof part === 'string' && /responseOverride\.header/i.test(part));
}

function editTemplate({ key, text, contentType }: Template, planned: string, where: string, editor: Editor): void {
  const before = String(knownOf(text));
  if (before === planned) return;
  const node = editor.pairAt(key)?.value;
  const change = { where, what: `response template for ${contentType}` };
  if (node?.kind !== 'scalar' || String(node.value ?? '') !== before) {
    editor.note(`${where}: add what chooses the origin to the response template for ${contentType} by hand.`);
  } else if (before !== '' && planned.startsWith(before)) {
    editor.append(node, planned.slice(before.length).replace(/^\n/, ''), change);
  } else editor.replace(node, planned, change);
}
