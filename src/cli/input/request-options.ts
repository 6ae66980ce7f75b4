import { type Command, InvalidArgumentError } from 'commander';
import { normalizeValue } from '../../browser/header-lines.js';
import { parseUrl } from '../../browser/url.js';
import { type HeaderLine, type PageRequest, requestFault } from '../../browser.js';
import { originFault, withScheme } from '../../core/origins.js';
import { quote } from '../../core/printable.js';
import { misuse } from './misuse.js';

/** The request of a page, as options of the command. */
export interface RequestOptions {
  readonly origin?: string;
  readonly method: string;
  readonly header?: readonly HeaderLine[];
  readonly credentials?: true;
  readonly body?: string;
  readonly json?: true;
}

export function addRequestOptions(command: Command): Command {
  return command
    .option('--origin <origin>', 'required: the origin of the page, such as https://app.example.com')
    .option('-X, --method <method>', 'the method of the request', 'GET')
    .option('-H, --header <line>', 'a header that the page sets, "Name: value"; may be repeated', collectHeader)
    .option('--body <text>', 'the body; text/plain unless the headers have a content-type')
    .option('--credentials', 'the page fetches with credentials: "include", so it sends cookies')
    .option('--json', 'print JSON instead of text');
}

function collectHeader(text: string, before: readonly HeaderLine[] = []): readonly HeaderLine[] {
  // A header without a value, as curl and "Copy as cURL" write it.
  if (/^[^:]+;$/.test(text)) return [...before, [text.slice(0, -1).trim(), '']];
  const colon = text.indexOf(':');
  if (colon < 1) throw new InvalidArgumentError('write it as "Name: value".');
  const [name, value] = [text.slice(0, colon).trim(), normalizeValue(text.slice(colon + 1))];
  if (value === '') throw new InvalidArgumentError(`curl leaves it out; do so too, or write "${name};" for no value.`);
  return [...before, [name, value]];
}

/** The request that the options describe. Throws if no page can make it. */
export function toPageRequest(url: string, options: RequestOptions): PageRequest {
  const { method, header = [], credentials, body } = options;
  const origin = required(options.origin, '--origin', 'https://app.example.com');
  const request: PageRequest = {
    origin,
    url,
    method,
    headers: header,
    ...(credentials === true && { credentials: 'include' }),
    ...(body !== undefined && { body }),
  };
  const meant = meantOrigin(origin) ?? meantUrl(url);
  if (meant !== undefined) throw misuse(meant);
  const fault = requestFault(request);
  if (fault === undefined) return request;
  const [, remedy] = REMEDIES.find(([about]) => about.test(fault)) ?? [];
  throw misuse(`${fault}; ${remedy ?? 'no page can send this request'}`);
}

/** Not a required option of commander, which would report `--policy` missing instead of `--polic` misspelt. */
export function required(value: string | undefined, option: string, example: string): string {
  if (value !== undefined) return value;
  throw misuse(`${option} is missing; add it, for example ${option} ${example}`);
}

/** What is wrong with an origin that is plainly meant as another. */
function meantOrigin(origin: string): string | undefined {
  const fault = originFault(origin, false, true) ?? '';
  const [, reason = '', meant = ''] = /^(?!is not an origin)(.+); write "(https?:[^*"]+)"$/.exec(fault) ?? [];
  if (reason === '' || /^https?[/.]/.test(origin)) return undefined;
  return `--origin ${quote(origin)} ${reason}; did you mean ${meant}?`;
}

/** The same for a URL without a scheme. */
function meantUrl(url: string): string | undefined {
  const [host] = /^(\/\/)?[^/?#]*/.exec(url) as RegExpExecArray;
  const isHost = /^(\/\/[\w-].*|(localhost|([\w-]+\.)+[\w-]+)(:\d+)?)$/i.test(host);
  const meant = isHost ? parseUrl(withScheme(host) + url.slice(host.length)) : undefined;
  return meant && `url ${quote(url)} has no scheme; did you mean ${meant.href}?`;
}

const REMEDIES: readonly (readonly [about: RegExp, remedy: string])[] = [
  [/^origin/, 'write only scheme, host and port, as the browser sends it'],
  [/user name or password$/, 'leave them out: fetch() does not accept such a URL'],
  [/^url/, 'write it in full, such as https://api.example.com/notes'],
  [/is forbidden to pages$/, 'use a method that pages can send'],
];
