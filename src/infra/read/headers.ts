import type { HeaderMapping, HeaderParameter, Template } from '../method.js';
import type { Place } from '../node.js';
import { field, fields, no, truth } from './fields.js';
import type { Scope } from './scope.js';
import { type Look, scalarOf } from './settle.js';

export interface Mappings {
  readonly headers: readonly HeaderMapping[];
  readonly headersKnown: boolean;
}

/** `{ "method.response.header.Vary": "'Origin'" }`, or the same without a prefix. */
export function mappingsOf(look: Look | undefined, prefix: string, scope: Scope): Mappings {
  const { entries, complete } = fields(look, scope);
  const headers = entries
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, keyPlace, value }) => ({ name: key.slice(prefix.length), key: keyPlace, value: scalarOf(value) }));
  return { headers, headersKnown: complete };
}

/** The headers that a method response declares, whatever it says about them. */
export function declaredHeaders(
  look: Look | undefined,
  prefix: string,
  scope: Scope,
): { readonly headers: readonly { readonly name: string; readonly key: Place }[]; readonly headersKnown: boolean } {
  const { entries, complete } = fields(look, scope);
  const headers = entries
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, keyPlace }) => ({ name: key.slice(prefix.length), key: keyPlace }));
  return { headers, headersKnown: complete };
}

/** `{ "application/json": "…" }` */
export function templatesOf(
  look: Look | undefined,
  scope: Scope,
): { readonly templates: readonly Template[]; readonly known: boolean } {
  const { entries, complete } = fields(look, scope);
  const templates = entries.map(({ key, keyPlace, value }) => ({
    contentType: key,
    key: keyPlace,
    text: scalarOf(value),
  }));
  return { templates, known: complete };
}

const REQUEST_HEADER = 'method.request.header.';

/** `{ "method.request.header.X": true }`, or `{ Required: true }` as SAM also has it. */
export function requestHeaders(look: Look | undefined, scope: Scope): readonly HeaderParameter[] {
  return fields(look, scope).entries.flatMap(({ key, keyPlace, value }) => {
    if (!key.startsWith(REQUEST_HEADER)) return [];
    const required = truth(field(value, 'Required', scope) ?? value, no(keyPlace));
    return [{ name: key.slice(REQUEST_HEADER.length), key: keyPlace, required }];
  });
}

/** Lower-case names of the headers in `method.request.header.Authorization, context.path` and the like. */
export function headersInSource(text: string): readonly string[] {
  return [...text.matchAll(/(?:method|route)?\.?request\.header\.([\w!#%&'*+.^`|~-]+)/g)].map(([, name]) =>
    (name as string).toLowerCase(),
  );
}

export function span(from: Place, to: Place): Place {
  return from.source === to.source ? { source: from.source, start: from.start, end: Math.max(from.end, to.end) } : from;
}
