import type { Route } from '../../api.js';
import { type Answer, mainPreflights, mayOverride, type Part } from '../answers.js';
import { isLeftOut, type Need, needsOf, SIMPLE, spelled } from '../needs.js';
import { lineOf, nameOf } from '../remedies.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { allowsCredentials, namesIn, type Spelling, spellingsOf } from '../texts.js';
import { METHODS } from '../values/names.js';
import { browserSays, inConsole, listed, unique } from '../words.js';

/** The answers of which it is known what lists they have: a preflight without an origin is another rule's. */
function listing(answers: readonly Answer[], part: Part): readonly Answer[] {
  return answers.filter(
    ({ complete, sites, response }) =>
      complete && (sites.origin !== undefined || mayOverride(response, 'origin')) && !mayOverride(response, part),
  );
}

/** Whether a list allows a name: in a request with credentials * is a plain name. */
function allows({ sites }: Answer, spelling: Spelling, name: string): boolean {
  return namesIn(spelling).some(
    (each) =>
      each.name.toLowerCase() === name.toLowerCase() || (each.name === '*' && !allowsCredentials(sites.credentials)),
  );
}

/** Credentials with * are a finding of their own, and would be the cause of all the others. */
function hasLiteralStar({ sites }: Answer, spelling: Spelling): boolean {
  return allowsCredentials(sites.credentials) && namesIn(spelling).some(({ name }) => name === '*');
}

export const LC205: Rule = {
  code: 'LC205',
  severity: 'error',
  title: 'A method of the path is missing in Allow-Methods',
  text:
    'A browser sends PUT, PATCH, DELETE and any method but GET, HEAD and POST only if the preflight lists it. In an HTTP API and a ' +
    "function URL the list is the setting's, and in SAM's Cors it counts for every path.",
  says: inConsole('MethodDisallowedByPreflightResponse', 'PUT'),
  guard:
    'GET, HEAD and POST need not be listed. For ANY it is a note, since nobody knows which methods the function takes; so is a method ' +
    'that --policy does not have either.',
  remedy: 'Add the method to the list.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT`',
  check: ({ api, policy }) => {
    const looks = listing(mainPreflights(api), 'methods').flatMap((answer) => methodLooks(answer, policy));
    return [...looks.flatMap(({ missing }) => missing ?? []), ...anyDrafts(looks.flatMap(({ any }) => any ?? []))];
  },
};

/** What there is to say about a list of methods. */
interface Look {
  readonly missing?: readonly Draft[];
  readonly any?: Any | undefined;
}

function methodLooks(answer: Answer, policy: Scope['policy']): readonly Look[] {
  const { sites, by, key, routes } = answer;
  // SAM lists the methods of the path by itself.
  if (sites.methods === undefined && by === 'sam') return [];
  const spellings = sites.methods === undefined ? [nothingAt(key)] : spellingsOf(sites.methods);
  return spellings.flatMap((spelling): readonly Look[] => {
    if (!spelling.complete || hasLiteralStar(answer, spelling)) return [];
    const missing = routes.flatMap((route) => missingMethods(answer, spelling, route));
    if (missing.length > 0) {
      const isMeant = ({ method }: Missing): boolean => !isLeftOut(policy, method);
      const meant = missing.filter(isMeant);
      const others = missing.filter((each) => !isMeant(each));
      return [
        {
          missing: [
            ...(meant.length > 0 ? [missingDraft(answer, spelling, meant)] : []),
            ...(others.length > 0 ? [leftOutDraft(answer, spelling, others)] : []),
          ],
        },
      ];
    }
    return by === 'url' ? [] : [{ any: anyLook(answer, spelling) }];
  });
}

function nothingAt(place: Answer['key']): Spelling {
  return { texts: [], halves: [], complete: true, absent: true, place };
}

interface Missing {
  readonly method: string;
  readonly path: string;
}

function missingMethods(answer: Answer, spelling: Spelling, { path, methods }: Route): readonly Missing[] {
  return methods
    .map(({ method }) => method)
    .filter((method) => method !== 'ANY' && method !== 'OPTIONS' && !SIMPLE.has(method))
    .filter((method) => !allows(answer, spelling, method))
    .map((method) => ({ method, path }));
}

function missingDraft(answer: Answer, spelling: Spelling, missing: readonly Missing[]): Draft {
  const methods = unique(missing.map(({ method }) => method));
  const paths = unique(missing.map(({ path }) => path));
  const name = nameOf(answer, 'methods');
  const fault = spelling.absent ? `there is no ${name}, and` : `${name} lacks ${listed(methods)}, which`;
  const verb = spelling.absent
    ? `${listed(paths)} ${paths.length === 1 ? 'takes' : 'take'} ${listed(methods)}`
    : `${listed(paths)} ${paths.length === 1 ? 'takes' : 'take'}`;
  return {
    place: spelling.place,
    message: `${fault} ${verb}: ${browserSays('MethodDisallowedByPreflightResponse', methods[0])}`,
    remedy: `write ${written(answer, 'methods', spelling, methods)}`,
  };
}

/** The policy lacks them too: that may well be meant. */
function leftOutDraft({ sites, by }: Answer, { place }: Spelling, missing: readonly Missing[]): Draft {
  const methods = unique(missing.map(({ method }) => method));
  const paths = unique(missing.map(({ path }) => path));
  return {
    place,
    severity: 'info',
    message: `${listed(paths)} ${paths.length === 1 ? 'takes' : 'take'} ${listed(methods)}, which neither ${nameOf({ sites, by }, 'methods')} nor the policy has: no page of another origin can call ${methods.length === 1 ? 'it' : 'them'}`,
    remedy: `add ${listed(methods)} to allowMethods of the policy if pages of other origins call ${methods.length === 1 ? 'it' : 'them'}`,
  };
}

const REST_OF_METHODS = ['PUT', 'PATCH', 'DELETE'] as const;

/** A list for paths that have ANY, which may take methods that it lacks. */
interface Any {
  readonly place: Draft['place'];
  readonly fault: string;
  readonly paths: readonly string[];
  readonly remedy: string;
}

function anyLook(answer: Answer, spelling: Spelling): Any | undefined {
  const paths = answer.routes
    .filter(({ methods }) => methods.some(({ method }) => method === 'ANY'))
    .map(({ path }) => path);
  const lacking = REST_OF_METHODS.filter((method) => !allows(answer, spelling, method));
  if (paths.length === 0 || lacking.length === 0) return undefined;
  return {
    place: spelling.place,
    fault: `${nameOf(answer, 'methods')} lacks ${listed(lacking)}`,
    paths: unique(paths),
    remedy: `write ${written(answer, 'methods', spelling, lacking)} if the function takes them`,
  };
}

/** One note for all paths with the same list: each has a mock of its own in a REST API. */
function anyDrafts(looks: readonly Any[]): Draft[] {
  const groups = new Map<string, [Any, ...Any[]]>();
  for (const look of looks) {
    const key = `${look.fault} ${look.remedy}`;
    groups.set(key, [...(groups.get(key) ?? []), look] as [Any, ...Any[]]);
  }
  return [...groups.values()].map((group) => {
    const [{ place, fault, remedy }] = group;
    const paths = group.flatMap((each) => each.paths);
    const message = `${fault}, and ${listed(paths)} ${paths.length === 1 ? 'has' : 'have'} ANY: if the function takes them, no browser sends them`;
    return { place, severity: 'info', message, remedy };
  });
}

/** The setting as it should be written, with names added. */
function written(answer: Answer, part: 'methods' | 'headers', spelling: Spelling, added: readonly string[]): string {
  const given = namesIn(spelling).map(({ name }) => name);
  const names = unique([
    ...given.filter((name) => part === 'headers' || METHODS.has(name)),
    ...added.map((name) => (part === 'headers' ? spelled(name) : name)),
  ]);
  return lineOf(answer, part, names);
}

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
