import type { CompiledPolicy } from '../../core/policy.js';
import type { Place } from '../node.js';
import { type Answer, mainPreflights, mayOverride, type Part, type Site } from './answers.js';
import type { Draft, Rule } from './rule.js';
import { allowsCredentials, namesIn, type Spelling, spellingsOf } from './texts.js';
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
  check: ({ api, policy }) =>
    policy === undefined ? [] : mainPreflights(api).flatMap((answer) => compare(answer, policy)),
};

function compare(answer: Answer, policy: CompiledPolicy): Draft[] {
  if (!answer.complete || answer.sites.origin === undefined) return [];
  return [
    ...compareOrigins(answer, policy),
    ...compareNames(answer, 'methods', policy.allowMethods),
    ...compareNames(answer, 'headers', policy.allowHeaders),
    // A preflight needs no Access-Control-Expose-Headers, and SAM has none.
    ...(answer.by === 'http' || answer.by === 'url' ? compareNames(answer, 'expose', policy.exposeHeaders) : []),
    ...compareCredentials(answer, policy),
    ...compareMaxAge(answer, policy),
  ];
}

function compareOrigins(answer: Answer, { allowOrigins }: CompiledPolicy): Draft[] {
  const { sites, response } = answer;
  if (typeof allowOrigins === 'function' || mayOverride(response, 'origin')) return [];
  const wanted = allowOrigins === '*' ? ['*'] : allowOrigins;
  // One static value for several origins is a finding of its own.
  if (answer.by !== 'http' && answer.by !== 'url' && wanted.length > 1) return [];
  return complete(sites.origin).flatMap((spelling) => {
    const given = spelling.texts.map(({ text }) => text);
    return differ(spelling.place, sites.origin?.name ?? 'AllowOrigins', given, wanted, (name) => name);
  });
}

/** SAM's default is the methods of the path, which a policy cannot contradict. */
function compareNames(
  answer: Answer,
  part: 'methods' | 'headers' | 'expose',
  wanted: '*' | readonly string[],
): Draft[] {
  const { sites, key, by, response } = answer;
  if (mayOverride(response, part) || (part === 'methods' && by === 'sam' && sites[part] === undefined)) return [];
  const fold = part === 'methods' ? (name: string) => name : (name: string) => name.toLowerCase();
  const names = wanted === '*' ? ['*'] : wanted.filter((name) => part !== 'methods' || name !== 'OPTIONS');
  const found = sites[part] === undefined ? [{ place: key, given: [] as readonly string[] }] : givenNames(sites[part]);
  return found.flatMap(({ place, given }) => {
    const counted = part === 'methods' ? given.filter((name) => name !== 'OPTIONS') : given;
    // The list of one path has the methods of that path: those that the policy has not are too many, no others too few.
    const expected = part === 'methods' && by === 'response' ? names.filter((name) => counted.includes(name)) : names;
    if (part === 'methods' && by === 'response' && wanted === '*') return [];
    return differ(place, sites[part]?.name ?? SETTINGS[part], counted, expected, fold);
  });
}

const SETTINGS = { methods: 'AllowMethods', headers: 'AllowHeaders', expose: 'ExposeHeaders' } as const;

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
  place: Place,
  name: string,
  given: readonly string[],
  wanted: readonly string[],
  fold: (name: string) => string,
): Draft[] {
  // * beside the header that it does not cover is the policy's *, spelled out.
  const ofGiven = new Set(given.map(fold));
  const ofWanted = new Set(wanted.map(fold));
  const starred = ofWanted.has('*') && ofGiven.has('*');
  const missing = starred ? [] : unique(wanted.filter((each) => !ofGiven.has(fold(each))));
  const surplus = starred ? [] : unique(given.filter((each) => !ofWanted.has(fold(each))));
  if (missing.length === 0 && surplus.length === 0) return [];
  const faults = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}, which the policy has`] : []),
    ...(surplus.length > 0 ? [`has ${listed(surplus)}, which the policy does not have`] : []),
  ];
  return [
    {
      place,
      message: `${name} ${faults.join(', and ')}`,
      remedy: `write ${wanted.length === 0 ? 'none' : wanted.join(', ')}, or change the policy`,
    },
  ];
}

function compareCredentials({ sites, key }: Answer, { allowCredentials }: CompiledPolicy): Draft[] {
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
      remedy: allowCredentials ? 'allow credentials, or change the policy' : 'remove it, or change the policy',
    },
  ];
}

function compareMaxAge({ sites, key }: Answer, { maxAge }: CompiledPolicy): Draft[] {
  if (sites.maxAge !== undefined && !isKnown(sites, 'maxAge')) return [];
  const [first] = spellingsOf(sites.maxAge);
  const given = first?.texts[0]?.text.replaceAll("'", '');
  if (given === String(maxAge)) return [];
  const message =
    given === undefined
      ? `there is no MaxAge, and the policy has ${maxAge}`
      : `${sites.maxAge?.name} is ${given}, and the policy has ${maxAge}`;
  return [
    { place: sites.maxAge?.key ?? key, severity: 'info', message, remedy: `write ${maxAge}, or change the policy` },
  ];
}

function isKnown(sites: Answer['sites'], part: Part): boolean {
  return complete(sites[part]).length === spellingsOf(sites[part]).length;
}
