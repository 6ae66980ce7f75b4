import type { Route } from '../../api.js';
import { type Answer, mainPreflights } from '../answers.js';
import { isLeftOut, SIMPLE } from '../needs.js';
import { nameOf } from '../remedies.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { type Spelling, spellingsOf } from '../spellings.js';
import { browserSays, inConsole, listed, unique } from '../words.js';
import { allows, hasLiteralStar, listing, nothingAt, written } from './lists.js';

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
function leftOutDraft(answer: Answer, { place }: Spelling, missing: readonly Missing[]): Draft {
  const methods = unique(missing.map(({ method }) => method));
  const paths = unique(missing.map(({ path }) => path));
  return {
    place,
    severity: 'info',
    message: `${listed(paths)} ${paths.length === 1 ? 'takes' : 'take'} ${listed(methods)}, which neither ${nameOf(answer, 'methods')} nor the policy has: no page of another origin can call ${methods.length === 1 ? 'it' : 'them'}`,
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
