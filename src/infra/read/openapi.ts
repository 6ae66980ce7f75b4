import type { GatewayResponse, Guard } from '../api.js';
import type { HeaderParameter, Method, MethodResponse } from '../method.js';
import { child, type Node, type Place, textOf } from '../node.js';
import { mapValue, type Value } from '../value.js';
import { corsSettingOf } from './cors-setting.js';
import type { Definition, RouteDraft } from './draft.js';
import { type Field, field, fieldPair, fields, items, no, path, plainText, truth } from './fields.js';
import { declaredHeaders, mappingsOf, span } from './headers.js';
import { functionOf, openApiIntegration } from './integration.js';
import type { Scope } from './scope.js';
import { authorizersOf, type Schemes, schemesOf, securityOf } from './security.js';
import { type Look, scalarOf, settle } from './settle.js';

const METHODS: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'x-amazon-apigateway-any-method',
]);

interface Context {
  readonly root: Look;
  readonly schemes: Schemes;
  readonly scope: Scope;
}

/**
 * An OpenAPI document with the extensions of API Gateway.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 *
 * @param more Authorizers that are not in the document, as SAM adds them.
 */
export function definitionOf(root: Look, scope: Scope, more: Schemes = new Map()): Definition {
  const schemes = new Map([...schemesOf(root, scope), ...more]);
  const context: Context = { root, schemes, scope };
  const paths = fields(field(root, 'paths', scope), scope);
  const cors = fieldPair(root, 'x-amazon-apigateway-cors', scope);
  const routes = paths.entries.filter(({ key }) => !key.startsWith('x-'));
  return {
    routes: routes.map((entry) => routeOf(entry, context)),
    security: securityOf(undefined, root, schemes, root.place, scope),
    complete: root.kind !== 'unknown' && paths.complete,
    gatewayResponses: gatewayResponsesOf(root, scope),
    binaryMediaTypes: binaryTypesOf(field(root, 'x-amazon-apigateway-binary-media-types', scope), scope),
    authorizers: authorizersOf(schemes),
    guards: guardsOf(root, scope),
    private: privateOf(root, scope),
    ...(cors !== undefined && { cors: corsSettingOf(cors, 'openapi', 'resource', scope) }),
  };
}

/** `$ref: '#/components/…'`, followed within the document. */
function deref(look: Look, { root, scope }: Context): Look {
  return mapValue(look, (value): Look => {
    const ref = textOf(child(value.value, '$ref'));
    if (ref === undefined || !ref.startsWith('#/') || root.kind !== 'known') return value;
    const keys = ref.slice(2).split('/');
    const target = keys.reduce<Node | undefined>(
      (at, key) => child(at, key.replaceAll('~1', '/').replaceAll('~0', '~')),
      root.value,
    );
    return target === undefined ? value : settle(target, scope);
  });
}

function routeOf({ key, keyPlace, value }: Field, context: Context): RouteDraft {
  const { scope } = context;
  const item = deref(value, context);
  const { entries } = fields(item, scope);
  const shared = field(item, 'parameters', scope);
  const methods = entries.filter((entry) => METHODS.has(entry.key.toLowerCase()));
  return {
    path: key,
    pathKnown: true,
    key: keyPlace,
    place: span(keyPlace, value.place),
    methods: methods.map((entry) => methodOf(entry, shared, context)),
  };
}

function methodOf({ key, keyPlace, value: written }: Field, shared: Look | undefined, context: Context): Method {
  const { root, schemes, scope } = context;
  const { value, condition } = conditional(written);
  const name = key.toLowerCase();
  const uri = path(value, scope, 'x-amazon-apigateway-integration', 'uri');
  const lambda = uri === undefined || !('node' in uri) ? undefined : functionOf(uri.node, scope);
  const validator = fieldPair(value, VALIDATOR, scope) ?? fieldPair(root, VALIDATOR, scope);
  return {
    method: name === 'x-amazon-apigateway-any-method' ? 'ANY' : name.toUpperCase(),
    key: keyPlace,
    place: span(keyPlace, value.place),
    made: 'written',
    ...securityOf(value, root, schemes, keyPlace, scope),
    parameters: parametersOf([shared, field(value, 'parameters', scope)], context),
    consumes: consumesOf(value, context),
    integration: openApiIntegration(value, keyPlace, scope, (look) => deref(look, context)),
    responses: responsesOf(field(value, 'responses', scope), context),
    ignores: [],
    ...(validator !== undefined && { validator: validator.keyPlace }),
    ...(lambda !== undefined && { function: lambda }),
    ...(condition !== undefined && { condition }),
  };
}

/** `Fn::If` with nothing in one branch, as SAM has it for a function that has a condition. */
function conditional(look: Look): { readonly value: Look; readonly condition?: string } {
  const conditions: string[] = [];
  let value = look;
  while (value.kind === 'choice' && (value.yes.kind === 'absent' || value.no.kind === 'absent')) {
    const taken = value.no.kind === 'absent';
    conditions.push(taken ? value.condition : `not ${value.condition}`);
    value = taken ? value.yes : value.no;
  }
  return { value, ...(conditions.length > 0 && { condition: [...new Set(conditions)].join(' and ') }) };
}

const VALIDATOR = 'x-amazon-apigateway-request-validator';

function parametersOf(lists: readonly (Look | undefined)[], context: Context): readonly HeaderParameter[] {
  const { scope } = context;
  return lists.flatMap((list) =>
    items(list, scope).items.flatMap((item) => {
      const parameter = deref(item, context);
      if (plainText(field(parameter, 'in', scope)) !== 'header') return [];
      const name = plainText(field(parameter, 'name', scope));
      const required = truth(field(parameter, 'required', scope), no(item.place));
      return name === undefined ? [] : [{ name, required, key: item.place }];
    }),
  );
}

/** OpenAPI 3 has them at the body, Swagger 2 beside it, where they count only with one. */
function consumesOf(operation: Look, context: Context): readonly string[] {
  const { root, scope } = context;
  const requestBody = field(operation, 'requestBody', scope);
  if (requestBody !== undefined) {
    return fields(field(deref(requestBody, context), 'content', scope), scope).entries.map(({ key }) => key);
  }
  const body = items(field(operation, 'parameters', scope), scope).items.some(
    (item) => plainText(field(deref(item, context), 'in', scope)) === 'body',
  );
  if (!body) return [];
  const list = field(operation, 'consumes', scope) ?? field(root, 'consumes', scope);
  return list === undefined ? ['application/json'] : items(list, scope).items.flatMap((item) => plainText(item) ?? []);
}

function responsesOf(look: Look | undefined, context: Context): readonly MethodResponse[] {
  const { scope } = context;
  return fields(look, scope)
    .entries.filter(({ key }) => !key.startsWith('x-'))
    .map(({ key, keyPlace, value }) => ({
      status: { kind: 'known', value: key, place: keyPlace },
      key: keyPlace,
      place: span(keyPlace, value.place),
      ...declaredHeaders(field(deref(value, context), 'headers', scope), '', scope),
    }));
}

function gatewayResponsesOf(root: Look, scope: Scope): readonly GatewayResponse[] {
  const { entries } = fields(field(root, 'x-amazon-apigateway-gateway-responses', scope), scope);
  return entries.map(({ key, keyPlace, value }) => {
    const status = field(value, 'statusCode', scope);
    return {
      type: { kind: 'known', value: key, place: keyPlace },
      key: keyPlace,
      place: span(keyPlace, value.place),
      where: 'body',
      ...mappingsOf(field(value, 'responseParameters', scope), 'gatewayresponse.header.', scope),
      ...(status !== undefined && { statusCode: scalarOf(status) }),
    };
  });
}

/** A slash may be written as `~1`. */
export function binaryTypesOf(look: Look | undefined, scope: Scope): readonly Value<string>[] {
  return items(look, scope).items.map((item) =>
    mapValue(scalarOf(item), (value) => ({ ...value, value: String(value.value).replaceAll('~1', '/') })),
  );
}

function guardsOf(root: Look, scope: Scope): readonly Guard[] {
  const policy = fieldPair(root, 'x-amazon-apigateway-policy', scope);
  return policy === undefined ? [] : [{ kind: 'resource policy', place: policy.keyPlace }];
}

function privateOf(root: Look, scope: Scope): Value<boolean> {
  const type = path(root, scope, 'x-amazon-apigateway-endpoint-configuration', 'types');
  return privateTypes(type, root.place, scope);
}

/** Whether the endpoint types are PRIVATE. */
export function privateTypes(look: Look | undefined, place: Place, scope: Scope): Value<boolean> {
  if (look?.kind === 'unknown') return look;
  const list = items(look, scope);
  const unclear = list.items.find(({ kind }) => kind === 'unknown');
  if (unclear?.kind === 'unknown') return unclear;
  const types = list.items.map(plainText);
  return { kind: 'known', value: types.some((type) => type?.toUpperCase() === 'PRIVATE'), place: look?.place ?? place };
}
