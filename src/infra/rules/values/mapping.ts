import { answersOf, type Site } from '../answers.js';
import { LC206 } from '../preflight/headers.js';
import { LC205 } from '../preflight/methods.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { EXPRESSION, type Half, spellingsOf, type Text } from '../spellings.js';
import { deploymentSays, quoted } from '../words.js';
import { spelledRight } from './misspelling.js';

/** Every site of an API, each once: paths share the settings of a `Cors`. */
export function sitesOf({ api }: Pick<Scope, 'api'>): readonly Site[] {
  return answersOf(api).flatMap(({ sites }) => Object.values(sites));
}

export const LC101: Rule = {
  code: 'LC101',
  severity: 'error',
  title: 'A mapping value without inner quotes',
  text:
    'In a REST API the values of response headers are mapping expressions. Static text needs single quotes inside the value, ' +
    "as in \"'*'\"; without them API Gateway reads the text as the name of a request or context variable. SAM's Cors, " +
    'integration responses and gateway responses are all of this kind, and neither SAM nor cfn-lint complains.',
  says: 'The deployment fails: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: *]',
  guard:
    'Values that begin with method., integration., context. or stageVariables. are expressions. A Cors that has no effect is not ' +
    'looked at, and a parameter without a default value may well have the quotes.',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is CloudFormation's.
  remedy: 'Put single quotes inside the double quotes: AllowOrigin: "\'*\'"; with Fn::Sub, !Sub "\'${Origin}\'".',
  see: 'There is nothing to probe: the stack is not deployed, or the deployment of the API fails.',
  check: (scope) => {
    const lists = rewritten(scope);
    return sitesOf(scope)
      .filter(({ syntax, part }) => syntax === 'mapping' && part !== 'maxAge')
      .flatMap((site) =>
        spellingsOf(site).flatMap(({ texts, halves }) => [
          ...texts
            .filter(({ form, text, resolved }) => form === 'bare' && !(resolved && text === ''))
            .map((text) => bare(site, text, lists.get(text.place))),
          ...halves.filter(isBare).map((half) => bareHalf(site, half)),
        ]),
      );
  },
};

/** What is to be written for lists that lack a name, which are told twice: both say the same. */
function rewritten(scope: Scope): ReadonlyMap<Draft['place'], string> {
  const drafts = [LC205, LC206].flatMap(({ check }) => check(scope));
  return new Map(drafts.flatMap(({ place, severity, remedy }) => (severity === 'info' ? [] : [[place, remedy]])));
}

function bare({ name, part }: Site, { text, place }: Text, whole: string | undefined): Draft {
  const unquoted = text.replace(/^['"]+|['"]+$/g, '');
  // What is wrong with an origin besides is a finding of its own.
  const meant = part === 'origin' ? spelledRight(unquoted, 'rest') : unquoted;
  return {
    place,
    message: `${name} is ${quoted(text)} without inner quotes: ${deploymentSays(text)}`,
    remedy: whole ?? `write ${name}: "'${meant}'"`,
  };
}

/** Whether what is known of a text shows that it cannot be quoted. */
function isBare({ parts }: Half): boolean {
  const [first, last] = [parts[0], parts.at(-1)];
  if (typeof first === 'string' && first !== '' && !first.startsWith("'")) return !EXPRESSION.test(first);
  return typeof first === 'string' && first.startsWith("'") && typeof last === 'string' && !last.endsWith("'");
}

function bareHalf({ name }: Site, { parts, place }: Half): Draft {
  const text = parts.map((part) => (typeof part === 'string' ? part : `\${${part.hole}}`)).join('');
  return {
    place,
    message: `${name} is ${quoted(text)} without inner quotes: ${deploymentSays(text)}`,
    remedy: `write ${name}: !Sub "'${text.replace(/^'|'$/g, '')}'"`,
  };
}

export const LC104: Rule = {
  code: 'LC104',
  severity: 'error',
  title: 'A MaxAge that its target does not take',
  text:
    "SAM's MaxAge of a REST API is a mapping expression and must be text in inner quotes: a plain number becomes an expression that " +
    'API Gateway does not know. An HTTP API takes -1 to 86400, a function URL 0 to 86400. Browsers keep the answer of a preflight for ' +
    'as long as they please: Chromium for two hours at most, WebKit for ten minutes.',
  says: 'The deployment fails, or the browser ignores the header and asks again before every request.',
  guard: 'A number that is only known when the stack is deployed is not judged.',
  remedy: 'REST API: MaxAge: "\'600\'". HTTP API and function URL: MaxAge: 600.',
  see: '`lambda-cors probe` shows the Access-Control-Max-Age that arrives, and for how long each browser keeps it.',
  check: ({ api }) =>
    sitesOf({ api })
      .filter(({ part }) => part === 'maxAge')
      .flatMap((site) =>
        spellingsOf(site).flatMap(({ texts }) => texts.flatMap((text) => maxAge(site, text, api.kind))),
      ),
};

const MAX_AGE = 86400;
/** What Chromium keeps: https://source.chromium.org/chromium/chromium/src/+/main:services/network/public/cpp/cors/preflight_result.cc */
const CHROMIUM = 7200;

function maxAge({ name, syntax }: Site, { raw, text, form, place }: Text, kind: 'rest' | 'http' | 'url'): Draft[] {
  if (form === 'expression') return [];
  const digits = text.replaceAll("'", '').trim();
  const seconds = /^-?\d+$/.test(digits) ? Number(digits) : undefined;
  if (syntax === 'mapping' && form === 'bare') {
    const kindOfValue = typeof raw === 'string' ? 'text without inner quotes' : `a ${typeof raw}`;
    return [
      {
        place,
        message: `${name} is ${quoted(text)}, ${kindOfValue}: ${deploymentSays(text)}`,
        remedy: `write ${name}: "'${seconds ?? 600}'"`,
      },
    ];
  }
  const example = syntax === 'mapping' ? `"'600'"` : '600';
  if (seconds === undefined || text.trim() !== digits) {
    const consequence =
      kind === 'rest' ? 'browsers ignore it and keep an answer for 5 seconds' : 'the deployment fails';
    const severity = kind === 'rest' ? 'warning' : 'error';
    const message = `${name} is ${quoted(text)}, not a number of seconds: ${consequence}`;
    return [{ place, severity, message, remedy: `write ${name}: ${example}` }];
  }
  const least = kind === 'http' ? -1 : 0;
  if (kind !== 'rest' && (seconds < least || seconds > MAX_AGE)) {
    const message = `${name} is ${seconds}, and ${kind === 'http' ? 'an HTTP API' : 'a function URL'} takes ${least} to ${MAX_AGE}: the deployment fails`;
    return [{ place, message, remedy: `write ${name}: ${seconds < least ? least : CHROMIUM}` }];
  }
  if (seconds <= CHROMIUM) return [];
  const message = `${name} is ${seconds}: Chromium keeps the answer of a preflight for ${CHROMIUM} seconds at most, WebKit for 600`;
  const written = syntax === 'mapping' ? `"'${CHROMIUM}'"` : String(CHROMIUM);
  return [{ place, severity: 'info', message, remedy: `write ${name}: ${written}, which is what is kept` }];
}
