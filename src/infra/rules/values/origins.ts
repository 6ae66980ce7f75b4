import { parseUrl } from '../../../browser/url.js';
import { isPublicSuffix } from '../../../diagnosis/public-suffix.js';
import { leaves } from '../../value.js';
import { answersOf, type Site } from '../answers.js';
import { withoutSetting } from '../remedies.js';
import type { Draft, Rule } from '../rule.js';
import { allowsCredentials, type Half, spellingsOf, type Text } from '../spellings.js';
import { browserSays, inConsole, quoted } from '../words.js';
import { sitesOf } from './mapping.js';
import { type Misspelling, misspellingOf } from './misspelling.js';

const SEPARATOR = /\s*[,;|]\s*|\s+/;

export const LC102: Rule = {
  code: 'LC102',
  severity: 'error',
  title: 'Several origins in one value',
  text:
    'Access-Control-Allow-Origin has one origin or *; a list in it matches nobody, not even those that it names. A REST API has one ' +
    'static value to map, so several origins need a mapping template or the function. An HTTP API and a function URL take a list, ' +
    'with one origin in each item.',
  says: inConsole('MultipleAllowOriginValues', 'https://a.example, https://b.example'),
  guard: 'It is reported when every part looks like an origin, and never for a parameter without a default value.',
  remedy:
    'REST API: `lambda-cors generate sam --policy FILE` writes an OPTIONS method that answers each origin exactly, or let OPTIONS reach ' +
    'the function and put withCors around it. HTTP API and function URL: one origin in each item of the list.',
  see: '`lambda-cors probe URL --origin https://a.example` shows the value that arrives.',
  check: ({ api }) =>
    sitesOf({ api })
      .filter((site) => site.part === 'origin' && !isWrongForm(site))
      .flatMap((site) =>
        spellingsOf(site).flatMap(({ texts }) =>
          texts.filter(({ text, form }) => form !== 'expression' && isSeveral(text)).map((text) => several(site, text)),
        ),
      ),
};

/** Text where a list is needed is a fault of its own, and one list puts both right. */
function isWrongForm({ syntax, value }: Site): boolean {
  return syntax === 'text' && leaves(value).some((leaf) => leaf.kind === 'known' && !Array.isArray(leaf.value));
}

function isSeveral(text: string): boolean {
  const parts = text.trim().split(SEPARATOR);
  return parts.length > 1 && parts.every((part) => part === '*' || part.includes('://') || part === '');
}

function several({ name, syntax }: Site, { text, place }: Text): Draft {
  const origins = text
    .trim()
    .split(SEPARATOR)
    .filter((part) => part !== '');
  return {
    place,
    message: `${name} has ${origins.length} origins in one value: ${browserSays('MultipleAllowOriginValues', text)}`,
    remedy:
      syntax === 'mapping'
        ? 'a mapping is one static value: let OPTIONS reach the function with withCors around it, or take the OPTIONS method that `lambda-cors generate` writes for several origins'
        : `make each an item of its own: ${JSON.stringify(origins)}`,
  };
}

export const LC103: Rule = {
  code: 'LC103',
  severity: 'error',
  title: 'An origin that no browser sends',
  text:
    'A browser compares Access-Control-Allow-Origin with its own spelling of the origin: scheme, host in lower case, and the port where ' +
    'it is not the default one; no path and no trailing slash. A wildcard within a host means nothing to it. An HTTP API and a function URL compare ' +
    'in the same way, and send no header to an origin that is not in their list. Any sandboxed or local ' +
    'page can have the origin null.',
  says: `${inConsole('AllowOriginMismatch', 'https://app.example.com/')} Of an HTTP API and a function URL, which send no header then: ${inConsole('MissingAllowOriginHeader')}`,
  guard:
    'https://* and http://* are legal in an HTTP API. What a parameter without a default value or another stack decides is not judged, ' +
    'except for the parts of it that are written.',
  remedy:
    'Write it as the browser does: https://app.example.com. For subdomains let OPTIONS reach the function and put withCors around it; ' +
    'an HTTP API and a function URL take a list of origins, and patterns once their setting is removed and withCors answers.',
  see: '`lambda-cors probe URL --origin https://app.example.com` shows both spellings.',
  check: ({ api }) =>
    sitesOf({ api })
      .filter(({ part }) => part === 'origin')
      .flatMap((site) =>
        spellingsOf(site).flatMap(({ texts, halves }) => [
          ...texts
            .filter(({ text, form }) => form !== 'expression' && !isSeveral(text))
            .flatMap((text) => originDrafts(site, text, api.kind)),
          ...halves.flatMap((half) => halfDrafts(site, half, api.kind)),
        ]),
      ),
};

function originDrafts(
  { name, syntax }: Site,
  { text, place, resolved, form }: Text,
  kind: 'rest' | 'http' | 'url',
): Draft[] {
  const write = (origin: string): string => (syntax === 'mapping' ? `"'${origin}'"` : origin);
  // A default value of nothing waits for one to be given.
  if (resolved && /^$|:\/\/$/.test(text)) return [];
  if (text === 'null') {
    const message = `${name} is null, the origin of every sandboxed frame and local file: any page can have it`;
    return [
      {
        place,
        severity: 'warning',
        message,
        remedy: `name the origins of your pages, such as ${write('https://app.example.com')}`,
      },
    ];
  }
  const meantText = text.replace(/^['"]+|['"]+$/g, '');
  const isPadded = meantText !== text && misspellingOf(meantText, kind) === undefined;
  // Quotes of another kind instead of inner quotes are another rule's.
  if (isPadded && form === 'bare') return [];
  const fault: Misspelling | undefined = isPadded ? ['has quotes of its own', meantText] : misspellingOf(text, kind);
  if (fault === undefined) return [];
  const [why, meant] = fault;
  return [
    {
      place,
      message: `${name} ${quoted(text)} ${why}, so no origin equals it: ${refusal(kind, text)}`,
      remedy:
        meant === undefined
          ? inFull(kind, name, `such as ${write('https://app.example.com')}`)
          : `write ${write(meant)}`,
    },
  ];
}

/** A mapping is sent as it is; a setting with a list sends nothing to an origin that is not in it. */
function refusal(kind: 'rest' | 'http' | 'url', text: string): string {
  return kind === 'rest' ? browserSays('AllowOriginMismatch', text) : browserSays('MissingAllowOriginHeader');
}

function inFull(kind: 'rest' | 'http' | 'url', name: string, example: string): string {
  if (kind !== 'rest') return `name the origins in full, ${example}; for patterns ${withoutSetting(kind, name)}`;
  return `name one origin in full, ${example}; for more than one let OPTIONS reach the function with withCors around it`;
}

/** What the known parts of a text already show. */
function halfDrafts({ name, syntax }: Site, { parts, place }: Half, kind: 'rest' | 'http' | 'url'): Draft[] {
  const text = parts.map((part) => (typeof part === 'string' ? part : `\${${part.hole}}`)).join('');
  const shown = syntax === 'mapping' ? text.replace(/^'|'$/g, '') : text;
  const written = parts.filter((part) => typeof part === 'string').join('');
  const mismatch = refusal(kind, shown);
  if (written.includes('*')) {
    const message = `${name} ${quoted(shown)} has a wildcard, which means nothing in a header, so no origin equals it: ${mismatch}`;
    return [
      {
        place,
        message,
        remedy: inFull(
          kind,
          name,
          `such as ${syntax === 'mapping' ? `"'https://app.example.com'"` : 'https://app.example.com'}`,
        ),
      },
    ];
  }
  if (!/^[a-z][a-z\d+.-]*:\/\/./.test(shown) || !shown.endsWith('/') || shown.endsWith('://')) return [];
  const message = `${name} ${quoted(shown)} ends with a slash, so no origin equals it: ${mismatch}`;
  const meant = shown.slice(0, -1);
  return [{ place, message, remedy: `write !Sub ${syntax === 'mapping' ? `"'${meant}'"` : meant}` }];
}

export const LC113: Rule = {
  code: 'LC113',
  severity: 'warning',
  title: 'Credentials for a public suffix',
  text:
    'Anybody can have a page below a public suffix such as github.io, and https://* in an HTTP API is any page with https. Together with ' +
    'credentials, every such page can act as your user and read the answers.',
  says: 'A browser says nothing: it does what it was told, for everybody.',
  guard: 'Without credentials it is not reported.',
  remedy: 'Name the origins of your own pages.',
  see: '`lambda-cors probe URL --origin https://evil.example --credentials` shows that a stranger is let in.',
  check: ({ api }) =>
    answersOf(api)
      .filter(({ sites }) => allowsCredentials(sites.credentials))
      .flatMap(({ sites: { origin: site } }) =>
        spellingsOf(site).flatMap(({ texts }) =>
          texts.flatMap(({ text, place, form }) => {
            const why = form === 'expression' ? undefined : publicly(text, api.kind);
            if (why === undefined) return [];
            const message = `${site?.name} ${quoted(text)} allows credentials to ${why}`;
            return [{ place, message, remedy: 'name the origins of your own pages, such as https://app.example.com' }];
          }),
        ),
      ),
};

function publicly(text: string, kind: 'rest' | 'http' | 'url'): string | undefined {
  if (kind === 'http' && /^https?:\/\/\*$/.test(text)) return 'every page there is';
  const url = parseUrl(text);
  if (url === undefined) return undefined;
  // A suffix of one label, such as localhost, is not one that anybody can register below.
  const host = url.hostname.replace(/^\*\./, '');
  if (!host.includes('.') || !isPublicSuffix(host)) return undefined;
  return `a public suffix, below which anybody can have a page`;
}
