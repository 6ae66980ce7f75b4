import { isToken } from '../core/tokens.js';
import type { Engine } from './engine.js';
import { normalizeValue } from './header-lines.js';
import type { HeaderLine, HeaderLines, PreflightReason } from './types.js';

/**
 * Why request headers need a preflight, sorted by name; empty if they do not. Access-Control-Request-Headers lists these
 * names. Expects combined lines.
 * https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function unsafeRequestHeaders(headers: HeaderLines, engine: Engine): readonly PreflightReason[] {
  const unsafe: PreflightReason[] = [];
  const safe: PreflightReason[] = [];
  let length = 0;
  for (const header of headers) {
    const broken = brokenRule(header, engine);
    if (broken !== undefined) unsafe.push(reason(header, ...broken));
    else {
      length += header[1].length;
      safe.push(
        reason(header, 'total-length', 'belongs to safelisted headers that are together longer than 1024 bytes'),
      );
    }
  }
  const all = length > 1024 ? [...unsafe, ...safe] : unsafe;
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function reason([name]: HeaderLine, rule: PreflightReason['rule'], why: string): PreflightReason {
  return { kind: 'header', name: name.toLowerCase(), rule, why: `the header ${name.toLowerCase()} ${why}` };
}

type Broken = readonly [rule: PreflightReason['rule'], why: string];

/**
 * The rule that keeps a header from being safelisted; `undefined` for a safelisted header.
 * https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
function brokenRule([name, value]: HeaderLine, engine: Engine): Broken | undefined {
  const lowerCase = name.toLowerCase();
  const broken = ruleFor(lowerCase, engine)?.(value, engine);
  if (broken === undefined) return ['name', 'is not one of the safelisted headers'];
  if (broken[0] === 'name') return broken;
  if (value.length > 128) return ['length', 'has a value longer than 128 bytes'];
  return broken[0] === 'ok' ? undefined : (broken as Broken);
}

type Rule = (value: string, engine: Engine) => Broken | readonly ['ok'];

function ruleFor(name: string, engine: Engine): Rule | undefined {
  if (Object.hasOwn(RULES, name)) return RULES[name];
  return engine.safelistsClientHints && Object.hasOwn(HINTS, name) ? hint(HINTS[name] as RegExp) : undefined;
}

const OK = ['ok'] as const;

const RULES: Readonly<Record<string, Rule>> = {
  accept: (value, engine) => unsafeByte(value, engine) ?? OK,
  'accept-language': language,
  'content-language': language,
  'content-type': (value, engine) => unsafeByte(value, engine) ?? contentType(value),
  range: (value, engine) =>
    (engine.signedNumbers ? isSignedRange(value) : isSimpleRange(value)) && !hasLargeNumber(value, engine)
      ? OK
      : ['range', 'has a value other than one range with a start, such as bytes=0-99'],
};

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function unsafeByte(value: string, engine: Engine): Broken | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about control characters.
  const byte = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/.exec(value)?.[0] ?? nonAscii(value, engine);
  if (byte === undefined) return undefined;
  const shown = byte < ' ' || byte === '\x7f' ? `0x${byte.charCodeAt(0).toString(16).padStart(2, '0')}` : byte;
  return ['unsafe-byte', `has ${shown} in its value`];
}

function nonAscii(value: string, { nonAsciiIsUnsafe }: Engine): string | undefined {
  return nonAsciiIsUnsafe ? /[\x80-\xff]/.exec(value)?.[0] : undefined;
}

function language(value: string): Broken | typeof OK {
  return /^[\dA-Za-z *,\-.;=]*$/.test(value) ? OK : ['language', 'has a character that language ranges cannot have'];
}

function contentType(value: string): Broken | typeof OK {
  const essence = mimeEssence(value);
  return essence !== undefined && FORM_TYPES.has(essence)
    ? OK
    : ['content-type', `is not one of ${[...FORM_TYPES].join(', ')}`];
}

const FORM_TYPES: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** Type and subtype without parameters: https://mimesniff.spec.whatwg.org/#parse-a-mime-type */
export function mimeEssence(value: string): string | undefined {
  const essence = normalizeValue(value.split(';', 1)[0] as string);
  const [type = '', subtype = '', ...more] = essence.split('/');
  return isToken(type) && isToken(subtype) && more.length === 0 ? essence.toLowerCase() : undefined;
}

/** https://fetch.spec.whatwg.org/#simple-range-header-value, with a start. */
function isSimpleRange(value: string): boolean {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return start !== undefined && (end === '' || BigInt(start) <= BigInt(end as string));
}

/** As Chromium and WebKit read it: an end of -1 means no end, and the unit's case does not matter. */
function isSignedRange(value: string): boolean {
  const [, first, last] = /^bytes=(\+?\d+)-([+-]?\d+)?$/i.exec(value) ?? [];
  if (first === undefined) return false;
  const start = BigInt(first.replace('+', ''));
  const end = BigInt(last?.replace('+', '') ?? -1);
  return end === -1n || start <= end;
}

function hasLargeNumber(value: string, { rangeLimit }: Engine): boolean {
  return rangeLimit !== undefined && (value.match(/\d+/g) ?? []).some((digits) => BigInt(digits) >= rangeLimit);
}

/** Chromium's, from before their names began with `sec-ch-`: https://wicg.github.io/client-hints-infrastructure/ */
const HINTS: Readonly<Record<string, RegExp>> = {
  'device-memory': /^\d+(\.\d+)?$/,
  dpr: /^\d+(\.\d+)?$/,
  downlink: /^\d+(\.\d+)?$/,
  ect: /^(slow-2g|2g|3g|4g)$/,
  intervention: /^/,
  rtt: /^\d+$/,
  'save-data': /^on$/i,
  'viewport-width': /^\d+$/,
  width: /^\d+$/,
};

function hint(values: RegExp): Rule {
  return (value) => (values.test(value) ? OK : ['name', 'is not one of the safelisted headers']);
}
