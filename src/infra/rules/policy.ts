import type { CompiledPolicy } from '../../core/policy.js';
import type { Place } from '../node.js';
import { type Answer, answersOf, mainPreflights, type Part, type Site } from './answers.js';
import { hasSeveral, lineOf, nameOf, withoutSetting } from './remedies.js';
import type { Draft, Rule } from './rule.js';
import { allowsCredentials, namesIn, type Spelling, spellingsOf } from './spellings.js';
import { mayOverride } from './template-headers.js';
import { listed, unique } from './words.js';

export const LC501: Rule = {
  code: 'LC501',
  severity: 'error',
  title: 'The template and the policy differ',
  text:
    'What the gateway answers and what the function answers should come from one policy. --policy FILE compares what the template says, ' +
    'header by header, with the policy in a .json, .js or .ts file.',
  says: 'A browser refuses what the policy allows, or allows what it refuses.',
  guard:
    'It needs --policy. What is not known before a deployment is not compared, and an origin function allows what it pleases.',
  remedy: '`lambda-cors generate TARGET --policy FILE` writes what the policy says.',
  see: '`lambda-cors explain --policy FILE --origin https://app.example.com`, and the same with `probe`.',
  check: ({ api, policy }) => {
    if (policy === undefined) return [];
    const preflights = mainPreflights(api);
    const others = answersOf(api).filter(({ preflight }) => !preflight);
    return [
      ...preflights.flatMap((answer) => compare(answer, policy)),
      ...others.flatMap((answer) => compareOrigins(answer, policy)),
    ];
  },
};

function compare(answer: Answer, policy: CompiledPolicy): Draft[] {
  if (!answer.complete || answer.sites.origin === undefined) return [];
  const origins = compareOrigins(answer, policy);
  // The whole setting has to go.
  if (takesList(answer) && patternsOf(policy).length > 0) return origins;
  return [
    ...origins,
    ...compareNames(answer, 'methods', policy.allowMethods),
    ...compareNames(answer, 'headers', policy.allowHeaders),
    // A preflight needs no Access-Control-Expose-Headers, and SAM has none.
    ...(takesList(answer) ? compareNames(answer, 'expose', policy.exposeHeaders) : []),
    ...compareCredentials(answer, policy),
    ...compareMaxAge(answer, policy),
  ];
}

function compareOrigins(answer: Answer, policy: CompiledPolicy): Draft[] {
  const { allowOrigins } = policy;
  const { sites, response, by } = answer;
  if (sites.origin === undefined || typeof allowOrigins === 'function' || mayOverride(response, 'origin')) return [];
  const { name, key } = sites.origin;
  const wanted = allowOrigins === '*' ? ['*'] : allowOrigins;
  if (by === 'http' || by === 'url') {
    const patterns = patternsOf(policy);
    if (patterns.length > 0) {
      const message = `the policy has the pattern ${listed(patterns)}, which ${by === 'http' ? 'an HTTP API' : 'a function URL'} cannot have: ${name} refuses its origins`;
      return [{ place: key, message, remedy: withoutSetting(by, name) }];
    }
  } else if (hasSeveral(policy)) return compareOneOrigin(answer, wanted);
  return complete(sites.origin).flatMap((spelling) => differ(spelling, answer, 'origin', originsIn(spelling), wanted));
}

function originsIn({ texts }: Spelling): readonly string[] {
  return texts.map(({ text }) => text);
}

/** One static value for several origins is a finding of its own, and gateway responses cannot choose. */
function compareOneOrigin(answer: Answer, wanted: readonly string[]): Draft[] {
  const { sites, by, routes } = answer;
  return complete(sites.origin).flatMap((spelling) => {
    const strange = originsIn(spelling).filter((origin) => !wanted.includes(origin));
    if (strange.length === 0 || (by !== 'gateway' && !strange.includes('*'))) return [];
    const remedy =
      by === 'gateway'
        ? 'remove it, since a gateway response cannot choose among origins, or change the policy'
        : `let ${answer.preflight ? `OPTIONS of ${listed(routes.map(({ path }) => path))}` : 'the request'} reach the function with withCors around it, or take what \`lambda-cors enable\` writes`;
    const message = `${nameOf(answer, 'origin')} has ${listed(strange)}, which the policy does not have`;
    return [{ place: spelling.place, message, remedy }];
  });
}

function takesList({ by }: Answer): boolean {
  return by === 'http' || by === 'url';
}

function patternsOf({ allowOrigins }: CompiledPolicy): readonly string[] {
  return typeof allowOrigins === 'object' ? allowOrigins.filter((origin) => origin.includes('*')) : [];
}

function compareNames(
  answer: Answer,
  part: 'methods' | 'headers' | 'expose',
  wanted: '*' | readonly string[],
): Draft[] {
  const { sites, key, by, response } = answer;
  // SAM's default is the methods of the path, which a policy cannot contradict.
  if (mayOverride(response, part) || (part === 'methods' && by === 'sam' && sites[part] === undefined)) return [];
  const names = wanted === '*' ? ['*'] : wanted.filter((name) => part !== 'methods' || name !== 'OPTIONS');
  const found = sites[part] === undefined ? [{ place: key, given: [] as readonly string[] }] : givenNames(sites[part]);
  return found.flatMap(({ place, given }) => {
    const counted = part === 'methods' ? given.filter((name) => name !== 'OPTIONS') : given;
    // The list of one path has the methods of that path: those that the policy does not have are too many, and none is too few.
    const expected = part === 'methods' && by === 'response' ? names.filter((name) => counted.includes(name)) : names;
    if (part === 'methods' && by === 'response' && wanted === '*') return [];
    return differ({ place }, answer, part, counted, expected);
  });
}

function givenNames(site: Site): readonly { readonly place: Place; readonly given: readonly string[] }[] {
  return complete(site).map((spelling) => ({
    place: spelling.place,
    given: namesIn(spelling).map(({ name }) => name),
  }));
}

function complete(site: Site | undefined): readonly Spelling[] {
  return spellingsOf(site).filter((spelling) => spelling.complete);
}

function differ(
  { place }: Pick<Spelling, 'place'>,
  answer: Answer,
  part: 'origin' | 'methods' | 'headers' | 'expose',
  given: readonly string[],
  wanted: readonly string[],
): Draft[] {
  const fold = (name: string): string => (part === 'headers' || part === 'expose' ? name.toLowerCase() : name);
  const ofGiven = new Set(given.map(fold));
  const ofWanted = new Set(wanted.map(fold));
  // Beside *, names add only what * does not cover.
  const starred = ofWanted.has('*') && ofGiven.has('*');
  const missing = starred ? [] : unique(wanted.filter((each) => !ofGiven.has(fold(each))));
  const surplus = starred ? [] : unique(given.filter((each) => !ofWanted.has(fold(each))));
  if (missing.length === 0 && surplus.length === 0) return [];
  const faults = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}, which the policy has`] : []),
    ...(surplus.length > 0 ? [`has ${listed(surplus)}, which the policy does not have`] : []),
  ];
  const verb = answer.sites[part] === undefined ? 'add' : 'write';
  return [
    {
      place,
      message: `${nameOf(answer, part)} ${faults.join(', and ')}`,
      remedy: `${wanted.length === 0 ? 'remove it' : `${verb} ${lineOf(answer, part, wanted)}`}, or change the policy`,
    },
  ];
}

function compareCredentials(answer: Answer, { allowCredentials }: CompiledPolicy): Draft[] {
  const { sites, key } = answer;
  const { credentials } = sites;
  if (credentials !== undefined && !isKnown(sites, 'credentials')) return [];
  if (allowsCredentials(credentials) === allowCredentials) return [];
  const place = credentials?.key ?? key;
  return [
    {
      place,
      message: allowCredentials
        ? 'credentials are not allowed, and the policy allows them'
        : 'credentials are allowed, and the policy does not allow them',
      remedy: `${allowCredentials ? `${credentials === undefined ? 'add' : 'write'} ${lineOf(answer, 'credentials', ['true'])}` : 'remove it'}, or change the policy`,
    },
  ];
}

function compareMaxAge(answer: Answer, { maxAge }: CompiledPolicy): Draft[] {
  const { sites, key } = answer;
  if (sites.maxAge !== undefined && !isKnown(sites, 'maxAge')) return [];
  const [first] = spellingsOf(sites.maxAge);
  const given = first?.texts[0]?.text.replaceAll("'", '');
  if (given === String(maxAge)) return [];
  const message =
    given === undefined
      ? `there is no ${nameOf(answer, 'maxAge')}, and the policy has ${maxAge}`
      : `${sites.maxAge?.name} is ${given}, and the policy has ${maxAge}`;
  return [
    {
      place: sites.maxAge?.key ?? key,
      severity: 'info',
      message,
      remedy: `${given === undefined ? 'add' : 'write'} ${lineOf(answer, 'maxAge', [String(maxAge)])}, or change the policy`,
    },
  ];
}

function isKnown(sites: Answer['sites'], part: Part): boolean {
  return complete(sites[part]).length === spellingsOf(sites[part]).length;
}
