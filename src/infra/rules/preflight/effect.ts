import type { Api } from '../../api.js';
import { isReplaced, misspelledOrigins } from '../answers.js';
import type { Draft, Rule, Scope } from '../rule.js';
import { browserSays, inConsole, listed, plural, quoted } from '../words.js';

export const LC213: Rule = {
  code: 'LC213',
  severity: 'error',
  title: 'A CORS setting without effect',
  text:
    'x-amazon-apigateway-cors works in HTTP APIs only. Cors of SAM works for an inline definition, not with DefinitionUri, and not for ' +
    'paths that have an OPTIONS of their own. Events without RestApiId or ApiId belong to an API that SAM makes by itself, whatever ' +
    'other API the template has: that one, and one with the reserved name ServerlessRestApi or ServerlessHttpApi, is not used. ' +
    'A name that the setting does not know, such as AllowOrigins in the Cors of a REST API, is refused when the stack is deployed.',
  says: inConsole('MissingAllowOriginHeader'),
  guard:
    'Where every path has an OPTIONS of its own, it is a note. Globals for a kind of API that the template does not have are left alone.',
  remedy: 'Write the setting where it has an effect: at the API that the events name, or as an OPTIONS method.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT`',
  check: (scope) =>
    isReplaced(scope.api)
      ? [replaced(scope.api)]
      : [...ignored(scope.api), ...unused(scope), ...unknownNames(scope.api)],
};

function ignored(api: Api): Draft[] {
  const { cors, kind, routes, origin } = api;
  if (cors === undefined || cors.form === 'false' || kind === 'url') return [];
  const place = cors.key;
  const isSam = cors.where === 'sam-rest' || (cors.where === 'http' && origin === 'sam');
  // What stands in Globals is there for other APIs too.
  if (isSam && isElsewhere(api) && cors.from === 'resource') {
    const name = kind === 'http' ? 'CorsConfiguration' : 'Cors';
    return [
      {
        place,
        message: `${name} works with an inline definition only: SAM refuses it beside DefinitionUri`,
        remedy:
          "write DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: … } } } instead of DefinitionUri",
      },
    ];
  }
  if (kind !== 'rest') return [];
  if (cors.where !== 'sam-rest') {
    return [
      {
        place,
        message: `x-amazon-apigateway-cors has no effect in a REST API: ${browserSays('PreflightMissingAllowOriginHeader')}`,
        remedy: 'remove it, and add options methods: `lambda-cors generate openapi --policy FILE` writes them',
      },
    ];
  }
  if (cors.applied.length > 0) return [];
  if (routes.length === 0 || !routes.every(({ methods }) => methods.some(({ method }) => method === 'OPTIONS')))
    return [];
  if (cors.from === 'globals') return [];
  return [
    {
      place,
      severity: 'info',
      message: 'Cors has no effect: every path has an OPTIONS of its own, and SAM leaves those alone',
      remedy: 'remove Cors, or the options methods',
    },
  ];
}

/** The definition is in a file that SAM does not look into, whether it was read here or not. */
function isElsewhere({ definition, definitionPlace }: Api): boolean {
  if (definition === 'uri' || definitionPlace === undefined) return definition === 'uri';
  const { source, start, end } = definitionPlace;
  return source.text.slice(start, end).includes('DefinitionUri');
}

function replaced({ id, key, cors, kind }: Api): Draft {
  const property = kind === 'http' ? 'ApiId' : 'RestApiId';
  return {
    place: cors?.key ?? key,
    message: `${id} is the name that SAM reserves for the API of events without ${property}: it replaces this resource, CORS and all, and ${browserSays('MissingAllowOriginHeader')}`,
    remedy: `give the API another name, and add ${property} to its events; or move the setting to Globals`,
  };
}

/** An API with CORS to which nothing leads, while events make another one without. */
function unused({ api, apis }: Scope): Draft[] {
  const { cors, id, kind, routes, origin } = api;
  if (origin !== 'sam' || cors === undefined || cors.from === 'globals' || cors.form === 'false' || routes.length > 0)
    return [];
  if (!api.complete || (api.definition !== 'events' && api.definition !== 'none')) return [];
  const implicit = apis.find(
    (each) =>
      each.kind === kind &&
      each.origin === 'sam-implicit' &&
      each.place.source === api.place.source &&
      each.routes.length > 0 &&
      each.cors === undefined,
  );
  if (implicit === undefined) return [];
  const property = kind === 'http' ? 'ApiId' : 'RestApiId';
  const paths = implicit.routes.map(({ path }) => path);
  return [
    {
      place: cors.key,
      message: `no event names ${id}, so its CORS setting has no effect: ${listed(paths)} ${plural(paths.length, 'belongs', 'belong')} to ${implicit.id}, which SAM makes by itself, and ${browserSays('MissingAllowOriginHeader')}`,
      remedy: `add ${property}: !Ref ${id} to the events, or move the setting to Globals`,
    },
  ];
}

const REST_NAMES = ['AllowOrigin', 'AllowMethods', 'AllowHeaders', 'MaxAge', 'AllowCredentials'] as const;
const NAMES = ['AllowOrigins', 'AllowMethods', 'AllowHeaders', 'ExposeHeaders', 'MaxAge', 'AllowCredentials'] as const;

/** Names that SAM and CloudFormation refuse. What an OpenAPI document has besides is not judged. */
function unknownNames({ cors, kind }: Api): Draft[] {
  if (cors === undefined || cors.where === 'openapi') return [];
  const name = kind === 'http' ? 'CorsConfiguration' : 'Cors';
  const names: readonly string[] = kind === 'rest' ? REST_NAMES : NAMES;
  return cors.others
    .filter((other) => !other.name.startsWith('Fn::') && other !== misspelledOrigins(cors))
    .map(({ name: unknown, key }): Draft => {
      const meant = names.find((each) => simplified(each) === simplified(unknown));
      return {
        place: key,
        message: `${name} ${kind === 'rest' ? 'of a REST API ' : ''}has no ${quoted(unknown)}: the deployment fails`,
        remedy: meant === undefined ? `remove it; ${name} takes ${listed(names)}` : `write ${meant} for ${unknown}`,
      };
    });
}

/** `allow-origins` and `AllowOrigin` are the same to whoever writes them. */
function simplified(name: string): string {
  return name.toLowerCase().replace(/[^a-z]|s$/g, '');
}
