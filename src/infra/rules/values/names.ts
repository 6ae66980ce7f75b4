import { isForbiddenRequestHeader } from '../../../browser/forbidden-headers.js';
import { answersOf, type Site } from '../answers.js';
import { METHODS, SIMPLE } from '../needs.js';
import type { Draft, Rule } from '../rule.js';
import { type Name, namesIn, spellingsOf } from '../spellings.js';
import { browserSays, inConsole, listed, quoted, unique } from '../words.js';

export const LC109: Rule = {
  code: 'LC109',
  severity: 'error',
  title: 'A name in the methods that is not a method',
  text:
    'Browsers compare methods letter by letter: UPDATE is not a method that API Gateway has, and put is not PUT. A function URL answers ' +
    'preflights itself and takes no OPTIONS in its list.',
  says: inConsole('MethodDisallowedByPreflightResponse', 'PUT'),
  guard:
    'OPTIONS does no harm except in a function URL. GET, HEAD and POST are allowed without being listed, however they are written.',
  remedy: 'List the methods as HTTP has them: GET, HEAD, POST, PUT, PATCH, DELETE.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT`',
  check: ({ api }) =>
    answersOf(api).flatMap(({ sites: { methods: site }, by }) =>
      spellingsOf(site).flatMap((spelling) =>
        namesIn(spelling).flatMap((each) => (site === undefined ? [] : methodDrafts(site, each, by === 'url'))),
      ),
    ),
};

function methodDrafts({ name: setting, syntax }: Site, { name, place }: Name, isUrl: boolean): Draft[] {
  if (isUrl && name.toUpperCase() === 'OPTIONS') {
    const message = `${setting} has OPTIONS, which a function URL does not take: the deployment fails`;
    return [{ place, message, remedy: `remove OPTIONS from ${setting}: a function URL answers preflights itself` }];
  }
  if (name === '*' || METHODS.has(name)) return [];
  const upper = name.toUpperCase();
  if (METHODS.has(upper)) {
    if (syntax === 'mapping' && (SIMPLE.has(upper) || upper === 'OPTIONS')) return [];
    const message = `${setting} has ${quoted(name)} in lower case, which is not ${upper}: ${browserSays('MethodDisallowedByPreflightResponse', upper)}`;
    return [{ place, message, remedy: `write ${upper}` }];
  }
  const meant = upper === 'UPDATE' ? 'PUT or PATCH' : upper === 'ANY' || upper === 'ALL' ? '*' : undefined;
  const message = `${setting} has ${quoted(name)}, which is not a method: it allows nothing`;
  return [{ place, message, remedy: meant === undefined ? `remove it from ${setting}` : `write ${meant}` }];
}

export const LC112: Rule = {
  code: 'LC112',
  severity: 'info',
  title: 'Headers that need no permission',
  text:
    'Access-Control-* headers are sent by the server, and Origin, Host, Cookie, Sec-* and others only by the browser itself: script cannot ' +
    'set them, so a preflight never asks for them.',
  says: 'A browser says nothing: the names have no effect.',
  guard: 'It is a note: they do no harm.',
  remedy: 'Remove them from the list.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header origin:x` says that script may not set the header.',
  check: ({ api }) =>
    answersOf(api).flatMap(({ sites: { headers: site } }) =>
      spellingsOf(site).flatMap((spelling) => {
        const names = unique(
          namesIn(spelling)
            .map(({ name }) => name)
            .filter(isPointless),
        );
        if (names.length === 0) return [];
        const message = `${site?.name} has ${listed(names)}, which script cannot set: no preflight asks for ${names.length === 1 ? 'it' : 'them'}`;
        return [
          { place: spelling.place, message, remedy: `remove ${names.length === 1 ? 'it' : 'them'} from ${site?.name}` },
        ];
      }),
    ),
};

function isPointless(name: string): boolean {
  return /^access-control-/i.test(name) || isForbiddenRequestHeader(name, '');
}
