import type { CorsSetting, Setting } from '../../api.js';
import { leaves } from '../../value.js';
import { misspelledOrigins } from '../answers.js';
import type { Draft, Rule } from '../rule.js';
import { browserSays, inConsole, quoted } from '../words.js';
import { spelledRight } from './misspelling.js';

export const LC110: Rule = {
  code: 'LC110',
  severity: 'error',
  title: 'A CORS setting that allows nobody',
  text:
    'An HTTP API with a CorsConfiguration takes over CORS: it answers preflights itself and removes the CORS headers of the function. An ' +
    'empty one, and one without AllowOrigins, does so too, and allows nothing. Cors of a function URL without AllowOrigins allows nobody either.',
  says: inConsole('MissingAllowOriginHeader'),
  guard: 'CorsConfiguration: true is not empty: SAM makes it any origin.',
  remedy: 'Name the origins, or remove the setting and put withCors around the function.',
  see: '`lambda-cors probe URL --origin https://app.example.com`',
  check: ({ api: { cors, kind } }) => {
    if (cors === undefined || kind === 'rest' || !allowsNobody(cors)) return [];
    const { key, form, where } = cors;
    const name = where === 'openapi' ? 'allowOrigins' : 'AllowOrigins';
    const misspelled = misspelledOrigins(cors);
    const what = form === 'empty' ? 'an empty CORS setting' : `a CORS setting without ${name}`;
    return [
      {
        place: misspelled?.key ?? key,
        message: `${what} allows nobody: ${browserSays('MissingAllowOriginHeader')}`,
        remedy:
          misspelled === undefined
            ? `add ${name}: [https://app.example.com], or remove the setting and put withCors around the function`
            : `write ${name} for ${misspelled.name}`,
      },
    ];
  },
};

function allowsNobody({ form, allowOrigins }: CorsSetting): boolean {
  if (form === 'empty') return true;
  if (form !== 'map') return false;
  if (allowOrigins === undefined) return true;
  const { value } = allowOrigins;
  return value.kind === 'absent' || (value.kind === 'known' && Array.isArray(value.value) && value.value.length === 0);
}

export const LC111: Rule = {
  code: 'LC111',
  severity: 'error',
  title: 'Text where a list is needed, or a list where text is',
  text:
    'CorsConfiguration of an HTTP API and Cors of a function URL take lists. Cors of a REST API in SAM takes texts in inner quotes, with ' +
    'commas between the names.',
  says: 'The deployment fails, or the setting is ignored and a browser finds no header.',
  guard: 'A parameter of the type CommaDelimitedList is a list.',
  remedy: "HTTP API and function URL: AllowOrigins: ['*']. REST API: AllowMethods: \"'GET,PUT'\".",
  see: '`lambda-cors probe URL --origin https://app.example.com`',
  check: ({ api: { cors, kind } }) => {
    if (cors === undefined) return [];
    const { allowOrigins, allowMethods, allowHeaders, exposeHeaders } = cors;
    const lists = [allowOrigins, allowMethods, allowHeaders, exposeHeaders].filter((each) => each !== undefined);
    if (cors.where === 'sam-rest') return cors.applied.length === 0 ? [] : lists.flatMap(textDrafts);
    if (kind === 'rest') return [];
    return [...formDrafts(cors), ...(cors.form === 'map' ? lists.flatMap((list) => listDrafts(list, kind)) : [])];
  },
};

function formDrafts({ form, key, where, allowOrigins }: CorsSetting): Draft[] {
  const written = allowOrigins?.value;
  // What a parameter stands for may be another value when the stack is deployed.
  if (form !== 'string' || (written?.kind === 'known' && written.node?.kind === 'map')) return [];
  const name = where === 'url' ? 'Cors' : 'CorsConfiguration';
  const message = `${name} is text, and takes a map or, in an HTTP API of SAM, true: the deployment fails`;
  return [{ place: key, message, remedy: `write ${name}: { AllowOrigins: ['*'] }` }];
}

/** The remedy puts the origins right too: what is wrong with them is a finding of its own. */
function listDrafts({ name, value }: Setting, kind: 'http' | 'url'): Draft[] {
  return leaves(value).flatMap((leaf): Draft[] => {
    if (leaf.kind !== 'known' || Array.isArray(leaf.value) || leaf.value === null) return [];
    const text = String(leaf.value);
    const given = text.split(',').map((item) => item.trim().replace(/^'|'$/g, ''));
    const items = name === 'AllowOrigins' ? given.map((item) => spelledRight(item, kind)) : given;
    const message = `${name} is the text ${quoted(text)}, and a list is needed: the deployment fails`;
    return [{ place: leaf.place, message, remedy: `write ${name}: ${JSON.stringify(items).replaceAll('"', "'")}` }];
  });
}

function textDrafts({ name, value }: Setting): Draft[] {
  return leaves(value).flatMap((leaf): Draft[] => {
    if (leaf.kind !== 'known' || !Array.isArray(leaf.value)) return [];
    const items = leaf.value.flatMap((item) => (item.kind === 'known' ? [String(item.value).replaceAll("'", '')] : []));
    const message = `${name} is a list, and SAM needs text in inner quotes for a REST API: the deployment fails`;
    return [{ place: leaf.place, message, remedy: `write ${name}: "'${items.join(',')}'"` }];
  });
}
