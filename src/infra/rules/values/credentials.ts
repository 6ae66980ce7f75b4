import { worldsOf } from '../../value.js';
import { type Answer, answersOf, preflightsOf, type Site } from '../answers.js';
import { needsOf } from '../needs.js';
import type { Draft, Rule } from '../rule.js';
import { allowsCredentials, namesIn, spellingsOf, textsOf } from '../spellings.js';
import { browserSays, inConsole, listed, quoted, unique } from '../words.js';

export const LC105: Rule = {
  code: 'LC105',
  severity: 'error',
  title: 'Any origin with credentials',
  text:
    'A browser does not accept * for a request with credentials: cookies, HTTP authentication, client certificates. SAM refuses the ' +
    'quoted form "\'*\'" with AllowCredentials, CDK and CloudFormation take it.',
  says: inConsole('WildcardOriginNotAllowed'),
  guard:
    'The branches of Fn::If go together: an origin of one branch is never held against the credentials of the other.',
  remedy:
    'Name the origins, or do without AllowCredentials: a token in the Authorization header needs no credentials mode.',
  see: '`lambda-cors probe URL --origin https://app.example.com --credentials`',
  check: ({ api }) => answersOf(api).flatMap(wildcardDrafts),
};

function wildcardDrafts({ sites: { origin, credentials } }: Answer): Draft[] {
  if (origin === undefined || credentials === undefined) return [];
  for (const world of worldsOf([origin.value, credentials.value])) {
    if (!allowsCredentials(credentials, world)) continue;
    const text = textsOf(origin, world).find((each) => each.text === '*' && each.form !== 'expression');
    if (text === undefined) continue;
    const example = origin.syntax === 'mapping' ? `"'https://app.example.com'"` : 'https://app.example.com';
    return [
      {
        place: text.place,
        message: `${origin.name} is * and ${credentials.name} is true: ${browserSays('WildcardOriginNotAllowed')}`,
        remedy: `name the origin, as in ${origin.name}: ${origin.syntax === 'mapping' ? example : `[${example}]`}, or remove ${credentials.name}`,
      },
    ];
  }
  return [];
}

export const LC106: Rule = {
  code: 'LC106',
  severity: 'warning',
  title: 'A * that is a plain name, because of credentials',
  text:
    'For a request with credentials * in Access-Control-Allow-Methods, -Allow-Headers and -Expose-Headers is not a wildcard: it is a ' +
    'method or a header of that name.',
  says: inConsole('HeaderDisallowedByPreflightResponse', 'content-type'),
  guard: 'It is reported only where credentials are allowed for certain.',
  remedy: 'List the methods and headers by name.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT --header content-type:application/json --credentials`',
  check: ({ api }) =>
    answersOf(api)
      .filter(({ sites }) => allowsCredentials(sites.credentials))
      .flatMap(({ sites }) => [sites.methods, sites.headers, sites.expose].flatMap(literalDrafts)),
};

function literalDrafts(site: Site | undefined): Draft[] {
  return spellingsOf(site).flatMap((spelling) => {
    const star = namesIn(spelling).find(({ name }) => name === '*');
    if (star === undefined || site === undefined) return [];
    const message = `${site.name} is *, which is a plain name in requests with credentials, so ${consequenceOf(site)}`;
    return [{ place: star.place, message, remedy: `list the names in ${site.name}` }];
  });
}

function consequenceOf({ part }: Site): string {
  if (part === 'expose') return 'script can read no header that it could not read without it';
  if (part === 'methods') {
    return `every method but GET, HEAD and POST is refused: ${browserSays('MethodDisallowedByPreflightResponse', 'PUT')}`;
  }
  return `every header is refused: ${browserSays('HeaderDisallowedByPreflightResponse', 'content-type')}`;
}

export const LC107: Rule = {
  code: 'LC107',
  severity: 'error',
  title: 'AllowCredentials is not the boolean true',
  text:
    'SAM sends Access-Control-Allow-Credentials only for the boolean true. Text, with or without inner quotes, is dropped without a word, ' +
    'and every request with credentials is refused.',
  says: inConsole('InvalidAllowCredentials', ''),
  guard: 'Text that means false is what it seems to be.',
  remedy: 'AllowCredentials: true, without any quotes, together with an origin that is named.',
  see: '`lambda-cors probe URL --origin https://app.example.com --credentials`',
  check: ({ api }) =>
    answersOf(api)
      .filter(({ by }) => by === 'sam')
      .flatMap(({ sites: { origin, credentials: site } }) =>
        textsOf(site)
          .filter(({ raw, text }) => typeof raw === 'string' && !/^'?\s*(false|no|off)?\s*'?$/i.test(text))
          .map(({ text, place }) => {
            const any = textsOf(origin).some((each) => each.text === '*');
            return {
              place,
              message: `${site?.name} is the text ${quoted(text)}, which SAM drops: ${browserSays('InvalidAllowCredentials', '')}`,
              remedy: any
                ? `remove ${site?.name}, or write ${site?.name}: true and name the origin in ${origin?.name}: * is refused with credentials`
                : `write ${site?.name}: true`,
            };
          }),
      ),
};

export const LC108: Rule = {
  code: 'LC108',
  severity: 'warning',
  title: '* does not cover Authorization',
  text:
    'The Fetch Standard does not let * in Access-Control-Allow-Headers cover Authorization. Chromium 147, Firefox 153 and WebKitGTK 2.50 ' +
    'still let it pass; once a browser follows the Standard, every call with a token is refused.',
  says: `Once it follows the Standard: ${inConsole('HeaderDisallowedByPreflightResponse', 'authorization')}`,
  guard: 'It is reported only where a route of the API needs Authorization, or --policy names it.',
  remedy: 'Name Authorization beside it, or list the headers.',
  see: '`lambda-cors explain --policy FILE --origin https://app.example.com --header "Authorization: Bearer x"` follows the Standard.',
  check: (scope) => {
    const { api, policy } = scope;
    const named = policy !== undefined && policy.allowHeaders !== '*' && hasAuthorization(policy.allowHeaders);
    return preflightsOf(api).flatMap(({ sites, routes }) => {
      const needing = routes.filter((route) => needsOf(route, scope).some(({ header }) => header === 'authorization'));
      if (needing.length === 0 && !named) return [];
      if (allowsCredentials(sites.credentials)) return [];
      return spellingsOf(sites.headers).flatMap((spelling) => {
        const names = namesIn(spelling);
        const star = names.find(({ name }) => name === '*');
        if (star === undefined || hasAuthorization(names.map(({ name }) => name))) return [];
        const paths = unique(needing.map(({ path }) => path));
        const who =
          paths.length === 0
            ? 'which the policy names'
            : `which ${listed(paths)} ${paths.length === 1 ? 'needs' : 'need'}`;
        const message = `${sites.headers?.name} is *, which does not cover Authorization, ${who}: once it follows the Standard, ${browserSays('HeaderDisallowedByPreflightResponse', 'authorization')}`;
        const remedy =
          sites.headers?.syntax === 'mapping'
            ? `write ${sites.headers.name}: "'*,Authorization'"`
            : `add Authorization to ${sites.headers?.name}, or list the headers`;
        return [{ place: star.place, message, remedy }];
      });
    });
  },
};

function hasAuthorization(names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase() === 'authorization');
}
