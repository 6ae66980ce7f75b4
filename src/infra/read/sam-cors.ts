import type { HeaderMapping, Method } from '../method.js';
import type { Place, Scalar } from '../node.js';
import { mapValue, type Value } from '../value.js';
import type { RouteDraft } from './draft.js';
import { type Field, fieldPair, no } from './fields.js';
import { span } from './headers.js';
import type { Scope } from './scope.js';
import type { Security } from './security.js';
import { type Look, scalarOf } from './settle.js';

/** What SAM allows where a path has `ANY`. */
const EVERY_METHOD = 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT';

/** What `AllowMethods` is where nobody wrote it: the methods of the path, and OPTIONS. */
function defaultMethods({ methods }: RouteDraft): string {
  if (methods.some(({ method }) => method === 'ANY')) return EVERY_METHOD;
  return [...new Set([...methods.map(({ method }) => method), 'OPTIONS'])].sort().join(',');
}

/**
 * The OPTIONS method that SAM makes of `Cors` on each path that has none, as its translator writes it: no list of
 * headers unless there is one, no `Vary`, credentials only for the literal `true`.
 */
export function corsMethod(
  { keyPlace: key, value }: Field,
  route: RouteDraft,
  security: Security | undefined,
  scope: Scope,
): Method {
  const place = span(key, value.place);
  const headers = mappings(key, value, route, scope);
  const known = (scalar: Scalar) => ({ kind: 'known', value: scalar, place: key }) as const;
  return {
    method: 'OPTIONS',
    key,
    place,
    made: 'sam-cors',
    // What the document asks for as a whole counts here too.
    auth: security?.auth ?? { kind: 'none', place: key, from: 'default', headers: [] },
    apiKey: security?.apiKey ?? { value: no(key), from: 'default' },
    parameters: [],
    consumes: [],
    integration: {
      kind: 'mock',
      key,
      place,
      requestTemplates: [{ contentType: 'application/json', key, text: known('{\n  "statusCode" : 200\n}\n') }],
      templatesKnown: true,
      responses: [
        {
          statusCode: known('200'),
          selection: known('default'),
          key,
          place,
          headers,
          headersKnown: true,
          templates: [{ contentType: 'application/json', key, text: known('{}\n') }],
        },
      ],
      responsesKnown: true,
    },
    responses: [
      {
        status: known('200'),
        key,
        place,
        headers: headers.map(({ name, key: at }) => ({ name, key: at })),
        headersKnown: true,
      },
    ],
    ignores: [],
  };
}

function mappings(key: Place, cors: Look, route: RouteDraft, scope: Scope): readonly HeaderMapping[] {
  // SAM takes a text for the origin, and an intrinsic function too.
  const isText = (cors.kind === 'known' && cors.value.kind === 'scalar') || cors.kind === 'choice';
  const setting = (name: string) => (isText ? undefined : settingOf(cors, name, scope));
  const origin = isText ? { key, value: scalarOf(cors) } : setting('AllowOrigin');
  const credentials = setting('AllowCredentials');
  const methods = { kind: 'known', value: `'${defaultMethods(route)}'`, place: key } as const;
  const any = { kind: 'known', value: "'*'", place: key } as const;
  return [
    named('Access-Control-Allow-Origin', origin ?? { key, value: any }),
    named('Access-Control-Allow-Headers', setting('AllowHeaders')),
    named('Access-Control-Allow-Methods', setting('AllowMethods') ?? { key, value: methods }),
    named('Access-Control-Max-Age', setting('MaxAge')),
    named('Access-Control-Allow-Credentials', credentials && { ...credentials, value: literalTrue(credentials.value) }),
  ].filter((mapping) => mapping !== undefined);
}

interface Written {
  readonly key: Place;
  readonly value: Value<Scalar>;
}

function named(name: string, written: Written | undefined): HeaderMapping | undefined {
  return written === undefined || written.value.kind === 'absent' ? undefined : { name, ...written };
}

function settingOf(cors: Look, name: string, scope: Scope): Written | undefined {
  if (cors.kind === 'unknown') {
    const unknown: Value<Scalar> = { kind: 'unknown', why: cors.why, place: cors.place };
    return name === 'AllowOrigin' ? { key: cors.place, value: unknown } : undefined;
  }
  const pair = fieldPair(cors, name, scope);
  return pair === undefined ? undefined : { key: pair.keyPlace, value: scalarOf(pair.value) };
}

/** SAM takes nothing but the literal for true: a text, or a parameter, is dropped. */
function literalTrue(value: Value<Scalar>): Value<Scalar> {
  return mapValue(
    value,
    (known): Value<Scalar> =>
      known.value === true
        ? { kind: 'known', value: "'true'", place: known.place }
        : { kind: 'absent', place: known.place },
  );
}
