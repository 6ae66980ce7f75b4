import { type Answer, answersOf, mainPreflights } from '../answers.js';
import { hasSeveral, withoutSetting } from '../remedies.js';
import type { Draft, Rule } from '../rule.js';
import { allowsCredentials, textsOf } from '../spellings.js';
import { mayOverride } from '../template-headers.js';
import { browserSays, inConsole, listed, quoted } from '../words.js';

export const LC304: Rule = {
  code: 'LC304',
  severity: 'warning',
  title: 'The preflight allows credentials, and the response does not',
  text:
    'Access-Control-Allow-Credentials is looked for twice: in the answer of the preflight, and in the response itself. Without the second ' +
    'the request is made and its response withheld.',
  says: inConsole('InvalidAllowCredentials', ''),
  guard: 'Proxy integrations are left alone: the function knows.',
  remedy: 'Map Access-Control-Allow-Credentials in the integration response too.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT --credentials`',
  check: ({ api }) => {
    const allowing = mainPreflights(api).filter(({ sites }) => allowsCredentials(sites.credentials));
    const routes = new Set(allowing.flatMap((answer) => answer.routes));
    return answersOf(api)
      .filter(
        ({ by, preflight, complete, sites }) =>
          by === 'response' && !preflight && complete && sites.origin !== undefined && sites.credentials === undefined,
      )
      .filter(
        ({ routes: [route], response }) =>
          route !== undefined && routes.has(route) && !mayOverride(response, 'credentials'),
      )
      .map(
        ({ routes: [route], method, key }): Draft => ({
          place: key,
          message: `the preflight of ${route?.path} allows credentials, and ${method?.method} answers without Access-Control-Allow-Credentials: ${browserSays('InvalidAllowCredentials', '')}`,
          remedy: `add responseParameters: method.response.header.Access-Control-Allow-Credentials: "'true'"`,
        }),
      );
  },
};

export const LC305: Rule = {
  code: 'LC305',
  severity: 'error',
  title: 'One static origin, where the policy has several',
  text:
    'A mapping is one static value. If the policy allows several origins, or a pattern, the pages of all but one are refused by a response ' +
    'that is mapped.',
  says: inConsole('AllowOriginMismatch', 'https://app.example.com'),
  guard: 'It needs --policy. A mapping template that sets the header may choose, and gateway responses cannot.',
  remedy: 'Make it a proxy integration with withCors around the function, or set the header in a mapping template.',
  see: '`lambda-cors probe URL --origin` with the second origin of the policy.',
  check: ({ api, policy }) => {
    if (typeof policy?.allowOrigins === 'function' || !hasSeveral(policy)) return [];
    return answersOf(api)
      .filter(({ by, response }) => (by === 'response' || by === 'sam') && !mayOverride(response, 'origin'))
      .flatMap(({ sites: { origin }, routes, method }) =>
        textsOf(origin)
          .filter(({ form, text }) => form !== 'expression' && text !== '*')
          .map(
            ({ text, place }): Draft => ({
              place,
              message: `${origin?.name} is ${quoted(text)} for every origin, and the policy has several: on the pages of the others ${browserSays('AllowOriginMismatch', text)}`,
              remedy:
                method === undefined || method.method === 'OPTIONS'
                  ? `let OPTIONS of ${listed(routes.map(({ path }) => path))} reach the function with withCors around it, or take the method that \`lambda-cors generate\` writes`
                  : 'make it a proxy integration with withCors around the function, or set the header in a mapping template',
            }),
          ),
      );
  },
};

export const LC306: Rule = {
  code: 'LC306',
  severity: 'info',
  title: "An HTTP API with CorsConfiguration removes the function's headers",
  text:
    'With CorsConfiguration an HTTP API sets the CORS headers itself and ignores those of the function. A policy in withCors, with its ' +
    'patterns, has no effect then.',
  says: 'A browser sees the headers of CorsConfiguration only.',
  guard: 'It is reported only where package.json has lambda-cors among its dependencies.',
  remedy:
    'Keep one of the two: remove CorsConfiguration and add a route for OPTIONS without authorizer, or do without withCors.',
  see: '`lambda-cors probe URL --origin` with an origin that only the policy allows.',
  check: ({ api, usesWrapper }) => {
    if (!usesWrapper || api.kind !== 'http') return [];
    return answersOf(api)
      .filter(({ by, sites }) => by === 'http' && sites.origin !== undefined)
      .map(({ key, sites }: Answer) => ({
        place: key,
        message: 'the HTTP API ignores the CORS headers of its functions, those of withCors too',
        remedy: `keep one of the two: for withCors, ${withoutSetting('http', sites.origin?.name)}`,
      }));
  },
};

export const LC307: Rule = {
  code: 'LC307',
  severity: 'info',
  title: 'A function URL with Cors, perhaps around a function that sets the headers too',
  text:
    'A function URL adds its CORS headers to those of the function, and does not replace them. The response has each header twice, and a ' +
    'browser refuses two origins.',
  says: inConsole('MultipleAllowOriginValues', 'https://app.example.com, https://app.example.com'),
  guard:
    'It is reported only where package.json has lambda-cors among its dependencies, and is a note: not every function there need have withCors.',
  remedy: 'Remove Cors from the function URL, or withCors from the function.',
  see: '`lambda-cors probe URL --origin https://app.example.com` shows the header twice.',
  check: ({ api, usesWrapper }) => {
    if (!usesWrapper || api.kind !== 'url') return [];
    return answersOf(api)
      .filter(({ by, sites }) => by === 'url' && sites.origin !== undefined)
      .map(({ key }) => ({
        place: key,
        message: `if withCors is around the function, the function URL adds Cors to the headers that it sets: ${browserSays('MultipleAllowOriginValues', '*, *')}`,
        remedy:
          'keep one of the two: remove Cors from the function URL, since withCors answers preflights too, or do without withCors',
      }));
  },
};
