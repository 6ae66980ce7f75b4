import { type HeaderLine, isForbiddenRequestHeader, requestFault } from '../../src/browser.js';
import type { ApiSettings, RequestSettings } from '../messages.js';
import { byId, el, meta } from './dom.js';
import type { FormValues } from './form-values.js';
import { readHeaders } from './header-lines.js';
import { readPolicy } from './policy-text.js';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const FIELDS = ['policy', 'method', 'path', 'headers', 'body'] as const;
type FieldName = (typeof FIELDS)[number];
type Faults = Readonly<Record<FieldName, readonly string[]>>;

const MAX_FAULTS = 20;

/** The order that the form describes, if it has no faults. */
export interface Wanted {
  readonly api: ApiSettings;
  readonly request: RequestSettings;
}

export function fill(values: FormValues): void {
  for (const name of [...FIELDS, 'credentials', 'source'] as const) field(name).value = values[name];
  field('wrapped').value = values.wrapped ? 'yes' : 'no';
  byId<HTMLInputElement>('own-cors').checked = values.ownCors;
  settle(values.source);
}

/** What the form holds, faults and all. */
export function written(): FormValues {
  return {
    policy: field('policy').value,
    source: field('source').value as FormValues['source'],
    wrapped: field('wrapped').value === 'yes',
    ownCors: byId<HTMLInputElement>('own-cors').checked,
    method: field('method').value,
    path: field('path').value,
    headers: field('headers').value,
    body: field('body').value,
    credentials: field('credentials').value as FormValues['credentials'],
  };
}

/** Shows the faults beside each field, and leaves the fields as they are. */
export function check(): Wanted | undefined {
  const { wanted, faults } = read();
  for (const name of FIELDS) {
    field(name).setAttribute('aria-invalid', String(faults[name].length > 0));
    const list = byId(`${name}-faults`);
    const more = faults[name].length - MAX_FAULTS;
    const told = [...faults[name].slice(0, MAX_FAULTS), ...(more > 0 ? [`and ${more} more`] : [])];
    const items = told.map((fault) => el('li', '', fault));
    // Only when it changes, because screen readers read the list out.
    if (list.textContent !== items.map((item) => item.textContent).join('')) list.replaceChildren(...items);
  }
  return FIELDS.every((name) => faults[name].length === 0) ? wanted : undefined;
}

export function focusFirstFault(): void {
  document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

/** A REST API has its stage in the path, and two sources have a CORS feature of their own. */
export function onSourceChange(): void {
  const source = field('source').value;
  const path = field('path');
  const bare = path.value.replace(/^\/prod(?=\/|$)/, '') || '/';
  path.value = source === 'rest' ? `/prod${bare}` : bare;
  settle(source);
}

function settle(source: string): void {
  const ownCors = byId<HTMLInputElement>('own-cors');
  ownCors.disabled = !source.startsWith('http') && source !== 'url';
  if (ownCors.disabled) ownCors.checked = false;
}

function read(): { readonly wanted: Wanted; readonly faults: Faults } {
  const { policy: policyText, method: methodText, path: pathText, headers, body, credentials, ...api } = written();
  const { policy, faults: policyFaults } = readPolicy(policyText);
  const { lines, faults: lineFaults } = readHeaders(headers);
  const [method, path] = [methodText.trim(), pathText.trim()];
  const withBody = body === '' ? {} : { body };
  const methodFaults = asked({ method });
  return {
    wanted: { api: { ...api, policy }, request: { method, path, headers: lines, credentials, ...withBody } },
    faults: {
      policy: policyFaults,
      method: methodFaults,
      path: pathFaults(path),
      headers: [...lineFaults, ...headerFaults(lines)],
      body: methodFaults.length > 0 ? [] : asked({ method, ...withBody }),
    },
  };
}

/** Faults for which `fetch()` would throw. */
function asked(part: { method?: string; body?: string; headers?: readonly HeaderLine[] }): readonly string[] {
  const fault = requestFault({ origin: location.origin, url: meta('api'), ...part });
  return fault === undefined ? [] : [fault];
}

function pathFaults(path: string): readonly string[] {
  const target = URL.canParse(path, meta('api')) ? new URL(path, meta('api')).origin : undefined;
  return path.startsWith('/') && target === meta('api') ? [] : ['it must begin with one slash, such as "/prod/notes"'];
}

function headerFaults(lines: readonly HeaderLine[]): readonly string[] {
  return lines.flatMap((line) => {
    const forbidden = isForbiddenRequestHeader(...line);
    return forbidden
      ? [`fetch() drops ${line[0]}, which only the browser may set; remove it`]
      : asked({ headers: [line] });
  });
}

function field(name: string): Field {
  return byId<Field>(name);
}
