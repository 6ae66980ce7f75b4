import type { HeaderLine, HeaderLines } from '../../browser/types.js';
import type { HeaderMapping, IntegrationResponse, Method } from '../method.js';
import { inWorld, knownOf, type World } from '../value.js';
import { copiedHeader, mappingOf } from './mapping.js';
import { originOverride } from './overrides.js';
import { type Played, response, unknownPlay } from './played.js';

/** A request, reduced to its headers. */
export interface Asked {
  readonly headers: HeaderLines;
}

type Mapped =
  | { readonly lines: HeaderLines; readonly unknown: ReadonlyMap<string, string> }
  | { readonly fault: string };

/** The headers that mappings send. */
export function mappedHeaders(mappings: readonly HeaderMapping[], asked: Asked, world: World): Mapped {
  const lines: HeaderLine[] = [];
  const unknown = new Map<string, string>();
  for (const { name, value } of mappings) {
    const settled = inWorld(value, world);
    if (settled.kind === 'absent') continue;
    if (settled.kind !== 'known') {
      unknown.set(name.toLowerCase(), settled.kind === 'unknown' ? settled.why : 'it depends on a condition');
      continue;
    }
    const mapping = mappingOf(settled.value);
    if (mapping.kind === 'invalid') return { fault: `Invalid mapping expression specified: ${String(settled.value)}` };
    if (mapping.kind === 'static') lines.push([name, mapping.text]);
    else {
      const header = copiedHeader(mapping.of);
      const sent = asked.headers.find(([given]) => given.toLowerCase() === header);
      if (sent !== undefined) lines.push([name, sent[1]]);
      else if (header === undefined) unknown.set(name.toLowerCase(), `it is taken from ${mapping.of}`);
    }
  }
  return { lines, unknown };
}

/** Whether the binary media types of an API take in everything. */
export type Binary = 'all' | 'not all' | 'unknown';

/** What a mock answers. */
export function playMock(method: Method, asked: Asked, binary: Binary, world: World): Played {
  const { integration } = method;
  const handling = String(knownOf(integration.contentHandling) ?? '').toUpperCase();
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
  if (handling !== 'CONVERT_TO_TEXT' && binary === 'all') return broken('a mock cannot answer with binary content');
  const played = playMockText(method, asked, world);
  if (handling === 'CONVERT_TO_TEXT' || binary === 'not all' || played.kind !== 'response') return played;
  return { ...played, unless: 'the API has the binary media type */*' };
}

/** What the integration makes the gateway answer. */
function broken(why: string): Played {
  return { ...response(500), by: `the gateway itself answers 500, since ${why}` };
}

function playMockText(method: Method, asked: Asked, world: World): Played {
  const { integration } = method;
  // A preflight has no content type, which counts as JSON.
  const template = integration.requestTemplates.find(({ contentType }) => contentType === 'application/json');
  if (template === undefined) {
    return integration.templatesKnown
      ? broken('the mock has no template for application/json')
      : unknownPlay('the request templates are not known');
  }
  const text = inWorld(template.text, world);
  if (text.kind !== 'known') return unknownPlay('the request template is not known');
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(String(text.value))?.[1];
  if (status === undefined) {
    return /[#$]/.test(String(text.value))
      ? unknownPlay('the request template makes the status')
      : broken('the template of the mock has no statusCode');
  }
  return playMapped(method, asked, status, world);
}

/** The response that an integration's answer of a status is mapped to. */
export function playMapped(method: Method, asked: Asked, status: string | undefined, world: World): Played {
  const { responses, responsesKnown } = method.integration;
  if (!responsesKnown) return unknownPlay('the integration responses are not known');
  const chosen = responses.find((each) => selects(each, status)) ?? responses.find(isDefault);
  return chosen === undefined
    ? broken('there is no integration response for it')
    : playResponse(method, chosen, asked, world);
}

function isDefault({ selection }: IntegrationResponse): boolean {
  const pattern = knownOf(selection);
  return selection === undefined || pattern === 'default' || pattern === '';
}

function selects(each: IntegrationResponse, status: string | undefined): boolean {
  if (status === undefined || isDefault(each)) return false;
  try {
    return new RegExp(`^(?:${String(knownOf(each.selection))})$`).test(status);
  } catch {
    return false;
  }
}

/** What one integration response sends. */
export function playResponse(method: Method, chosen: IntegrationResponse, asked: Asked, world: World): Played {
  const status = inWorld(chosen.statusCode, world);
  if (status.kind !== 'known') return unknownPlay('the status is not known');
  const mapped = mappedHeaders(chosen.headers, asked, world);
  if ('fault' in mapped) return { kind: 'undeployable', why: mapped.fault };
  const declared = method.responses.find((each) => {
    const given = knownOf(each.status);
    return String(given) === String(status.value) || given === 'default';
  });
  if (declared === undefined) {
    return { kind: 'undeployable', why: `No method response exists for the status ${status.value}` };
  }
  const names = new Set(declared.headers.map(({ name }) => name.toLowerCase()));
  const missing = chosen.headers.find(({ name }) => !names.has(name.toLowerCase()));
  if (missing !== undefined && declared.headersKnown) {
    const why = `Invalid mapping expression parameter specified: method.response.header.${missing.name}`;
    return { kind: 'undeployable', why };
  }
  const unknown = new Map(mapped.unknown);
  if (!chosen.headersKnown) unknown.set('access-control-allow-origin', 'the header mappings are not known');
  const lines = overridden(chosen, mapped.lines, asked, world, unknown);
  return response(Number(status.value), lines, unknown);
}

/** What the response template makes of Access-Control-Allow-Origin. */
function overridden(
  { templates }: IntegrationResponse,
  lines: HeaderLines,
  asked: Asked,
  world: World,
  unknown: Map<string, string>,
): HeaderLines {
  const template = templates.find(({ contentType }) => contentType === 'application/json') ?? templates[0];
  if (template === undefined) return lines;
  const text = inWorld(template.text, world);
  if (text.kind === 'unknown' && text.parts !== undefined && !text.parts.some(mayOverride)) return lines;
  const override = text.kind === 'known' ? originOverride(String(text.value)) : { kind: 'unknown' as const };
  if (override.kind === 'unknown') unknown.set(ALLOW_ORIGIN, 'the response template may set it');
  if (override.kind !== 'listed') return override.kind === 'unknown' ? without(lines) : lines;
  const origin = asked.headers.find(([name]) => name.toLowerCase() === 'origin')?.[1];
  if (origin === undefined || !override.allows(origin)) return lines;
  return [...without(lines), ['Access-Control-Allow-Origin', origin]];
}

const ALLOW_ORIGIN = 'access-control-allow-origin';

function mayOverride(part: unknown): boolean {
  return typeof part === 'string' && part.includes('responseOverride');
}

function without(lines: HeaderLines): HeaderLines {
  return lines.filter(([name]) => name.toLowerCase() !== ALLOW_ORIGIN);
}
