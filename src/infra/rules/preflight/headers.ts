import { type Answer, mainPreflights } from '../answers.js';
import { type Need, needsOf, spelled } from '../needs.js';
import { nameOf } from '../remedies.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { type Spelling, spellingsOf } from '../spellings.js';
import { browserSays, inConsole, listed, unique } from '../words.js';
import { allows, hasLiteralStar, listing, nothingAt, written } from './lists.js';

export const LC206: Rule = {
  code: 'LC206',
  severity: 'error',
  title: 'A header that a route needs is missing in Allow-Headers',
  text:
    'A browser sends Authorization, x-api-key, a JSON content type and every header of your own only if the preflight lists it. What a ' +
    'route needs is read from its authorizer, API key, parameters and request bodies. Where CloudFront signs the requests to a function URL, a page sends no signature, but the hash of a body.',
  says: inConsole('HeaderDisallowedByPreflightResponse', 'content-type'),
  guard:
    'Headers that need no permission are never asked for, nor those that gateways or browsers add. An optional parameter, and a JSON body ' +
    'that nobody declares, are warnings where nothing that is required is missing.',
  remedy: 'Add the header to the list.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method POST --header content-type:application/json`',
  check: (scope) =>
    listing(mainPreflights(scope.api), 'headers').flatMap((answer) =>
      spellingsOf(answer.sites.headers)
        .filter((spelling) => !spelling.absent && spelling.complete && !hasLiteralStar(answer, spelling))
        .flatMap((spelling) => {
          const missing = answer.routes
            .flatMap((route) => needsOf(route, scope))
            .filter(({ header }) => !allows(answer, spelling, header));
          return headerDrafts(answer, spelling, inOrder(missing));
        }),
    ),
};

/** What is required first; a header that one route requires is not asked for again because another one may have it. */
function inOrder(needs: readonly Need[]): readonly Need[] {
  const required = needs.filter((need) => need.required);
  const musts = new Set(required.map(({ header }) => header));
  return [...required, ...needs.filter(({ header }) => !musts.has(header))];
}

function headerDrafts(answer: Answer, spelling: Spelling, missing: readonly Need[]): Draft[] {
  const [first] = missing;
  if (first === undefined) return [];
  const headers = unique(missing.map(({ header }) => header));
  const routes = unique(
    missing.map(({ method, path }) => (method.method === 'ANY' ? path : `${method.method} ${path}`)),
  );
  const name = nameOf(answer, 'headers');
  return [
    {
      place: spelling.place,
      severity: first.required ? undefined : 'warning',
      message: `${name} lacks ${listed(headers.map(spelled))}, for ${listed(routes)} (${listed(reasons(missing))}): ${browserSays('HeaderDisallowedByPreflightResponse', first.header)}`,
      remedy: `write ${written(answer, 'headers', spelling, headers)}`,
    },
  ];
}

function reasons(needs: readonly Need[]): readonly string[] {
  return unique(needs.map(({ header, why }) => `${spelled(header)}: ${why}`));
}

export const LC207: Rule = {
  code: 'LC207',
  severity: 'error',
  title: 'No Allow-Headers, though a route needs one',
  text:
    'Without Access-Control-Allow-Headers a preflight allows only headers that need no permission: no Authorization, no x-api-key, no JSON. ' +
    "SAM's Cors as one text, as in Cors: \"'*'\", sends no such header.",
  says: inConsole('HeaderDisallowedByPreflightResponse', 'authorization'),
  guard: 'It is an error where a header is required, and a warning where only a JSON body is likely.',
  remedy: 'Name the headers. SAM: Cors: { AllowOrigin: "\'*\'", AllowHeaders: "\'Content-Type,Authorization\'" }.',
  see: '`lambda-cors probe URL --origin https://app.example.com --header "Authorization: Bearer x"`',
  check: (scope) =>
    listing(mainPreflights(scope.api), 'headers').flatMap((answer) => {
      const { sites, key } = answer;
      const absent =
        sites.headers === undefined ? [nothingAt(key)] : spellingsOf(sites.headers).filter((each) => each.absent);
      return absent.flatMap((spelling) => noHeaders(answer, spelling, scope));
    }),
};

function noHeaders(answer: Answer, spelling: Spelling, scope: Scope): Draft[] {
  const needs = inOrder(answer.routes.flatMap((route) => needsOf(route, scope)));
  const [first] = needs;
  if (first === undefined) return [];
  const headers = unique(needs.map(({ header }) => header));
  const name = nameOf(answer, 'headers');
  return [
    {
      place: spelling.place,
      severity: first.required ? undefined : 'warning',
      message: `there is no ${name}, and ${first.method.method === 'ANY' ? '' : `${first.method.method} `}${first.path} needs ${spelled(first.header)} (${first.why}): ${browserSays('HeaderDisallowedByPreflightResponse', first.header)}`,
      remedy: `add ${written(answer, 'headers', spelling, headers)}`,
    },
  ];
}
