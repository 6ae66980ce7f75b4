import type { IntegrationResponse } from '../../method.js';
import type { Place } from '../../node.js';
import { type Answer, answersOf } from '../answers.js';
import type { Draft, Rule } from '../rule.js';
import { EXPRESSION, textsOf } from '../spellings.js';
import { overridden, templateTexts } from '../template-headers.js';

interface Doubt {
  readonly found: (template: string, answer: Answer) => boolean;
  readonly severity: Draft['severity'];
  readonly message: string;
  readonly remedy: string;
}

const GET_ORIGIN = '$input.params().header.get("origin") and .get("Origin")';

const DOUBTS: readonly Doubt[] = [
  {
    found: (template) => patternsIn(template).some(hasBareDot),
    severity: 'warning',
    message:
      '.matches takes a regular expression, in which a dot is any character: https://wwwxexample.com passes for https://www.example.com',
    remedy: 'compare with ==, one origin at a time',
  },
  {
    found: (template, answer) => readsQuery(template) && !allowsAny(template, answer),
    severity: 'warning',
    message: `$input.params("origin") finds a query parameter of that name before the header, so ?origin= in the URL decides`,
    remedy: `read ${GET_ORIGIN}`,
  },
  {
    found: (template) => /["']null["']/.test(template) && overridden(template).has('origin'),
    severity: 'warning',
    message: '"null" is an origin: every sandboxed frame and local file has it',
    remedy: 'set no Access-Control-Allow-Origin for an origin that is not listed',
  },
  {
    found: (template) => /==\s*["']\*["']|["']\*["']\s*==/.test(template),
    severity: 'warning',
    message: 'no origin is "*", so the comparison with it is never true',
    remedy: 'compare with the origins of your pages',
  },
  {
    found: (template, answer) => overridden(template).has('origin') && hasStaticOrigin(answer),
    severity: 'info',
    message:
      'an origin that the template does not know gets the static Access-Control-Allow-Origin, that of another origin',
    remedy: 'remove the static mapping: the template alone can set the header',
  },
  {
    found: (template, answer) =>
      overridden(template).has('origin') && !answer.preflight && !setsVary(template, answer.response),
    severity: 'warning',
    message:
      'Access-Control-Allow-Origin depends on the request and there is no Vary: Origin, so a cache gives one origin the answer for another',
    remedy: `map method.response.header.Vary: "'Origin'"`,
  },
];

/** The regular expressions of a template, as far as they are literals. */
function patternsIn(template: string): readonly string[] {
  return [...template.matchAll(/\.matches\s*\(\s*(["'])(.*?)\1\s*\)/g)].map(([, , pattern = '']) => pattern);
}

/** A dot that is any one character: neither escaped, nor in a class, nor the beginning of `.*`. */
function hasBareDot(pattern: string): boolean {
  return /\.(?![*+])/.test(pattern.replace(/\\+.|\[[^\]]*\]/g, ''));
}

function readsQuery(template: string): boolean {
  return /\$input\.params\(\s*["']origin["']\s*\)/i.test(template);
}

/** Serverless writes it so for any origin: whatever it reads, nobody is to be refused. */
function allowsAny(template: string, { sites: { origin } }: Answer): boolean {
  const patterns = patternsIn(template);
  const any = textsOf(origin).some(({ text }) => text === '*');
  return any && patterns.length > 0 && patterns.every((pattern) => /^\^?\.[*+]\$?$/.test(pattern));
}

export const LC214: Rule = {
  code: 'LC214',
  severity: 'warning',
  title: 'A mapping template that chooses the origin wrongly',
  text:
    'A mapping template can answer several origins, by $context.responseOverride.header. Easy mistakes: .matches, where dots are ' +
    "wildcards; $input.params('origin'), which a query parameter of that name wins; the value null, which is an origin; a static " +
    'mapping beside it, which strangers get; a missing Vary.',
  says: 'A browser refuses your page, or lets in a stranger.',
  guard:
    'Templates that do not set Access-Control-Allow-Origin, and those that are not known, are not judged. A pattern that escapes its dots, ' +
    'and .*, say what they mean.',
  remedy: '`lambda-cors generate cloudformation --policy FILE` writes a template that answers each origin exactly.',
  see: '`lambda-cors probe URL --origin https://wwwxexample.com`, and the same with ?origin= in the URL.',
  check: ({ api }) =>
    answersOf(api).flatMap((answer) => {
      const { response } = answer;
      const texts = templateTexts(response?.templates).filter((text) => overridden(text).has('origin'));
      return DOUBTS.filter(({ found }) => texts.some((text) => found(text, answer))).map(
        ({ severity, message, remedy }): Draft => ({ place: placeOf(response, answer.key), severity, message, remedy }),
      );
    }),
};

/** The first mapping template that sets the header. */
function placeOf(response: IntegrationResponse | undefined, otherwise: Place): Place {
  const setting = response?.templates.find((template) =>
    templateTexts([template]).some((text) => overridden(text).has('origin')),
  );
  return setting?.key ?? otherwise;
}

function hasStaticOrigin({ sites: { origin } }: Answer): boolean {
  return textsOf(origin).some(
    ({ form, text }) => form === 'static' && text !== '' && text !== '*' && !EXPRESSION.test(text),
  );
}

function setsVary(template: string, response: IntegrationResponse | undefined): boolean {
  const mapped = (response?.headers ?? []).some(({ name }) => name.toLowerCase() === 'vary');
  return mapped || /responseOverride\.header(\.|\[["'])vary/i.test(template);
}
