import type { CompiledPolicy } from '../../core/policy.js';
import type { Api, CorsSetting, Route } from '../api.js';
import { child, type MapNode } from '../node.js';
import { mappingOf } from '../play/mapping.js';
import { knownOf, type Value, type Written } from '../value.js';
import { quoted } from '../write/mock.js';
import { sam } from '../write/sam.js';
import type { Data } from './edit.js';
import { type Editor, plainMap } from './editor.js';
import { takesEverything } from './responses.js';
import type { Wanted } from './wanted.js';

/** Where the properties of an API of SAM are written: of its resource, or Globals for the implicit one. */
export interface SamPlace {
  readonly base: MapNode;
  readonly path: readonly string[];
}

export function samPlaceOf(api: Api, editor: Editor): SamPlace | undefined {
  if (api.origin === 'sam-implicit') {
    const root = plainMap(editor.document.root);
    return root === undefined ? undefined : { base: root, path: ['Globals', 'Api'] };
  }
  const resource = plainMap(editor.pairAt(api.key)?.value);
  return resource === undefined ? undefined : { base: resource, path: ['Properties'] };
}

export function isSam({ origin, kind }: Api): boolean {
  return kind === 'rest' && (origin === 'sam' || origin === 'sam-implicit');
}

/** What SAM's `Cors` cannot say of a policy; none where it can. */
export function policyFaults(policy: CompiledPolicy): readonly string[] {
  return sam.checks
    .flatMap((check) => check(policy) ?? [])
    .map(({ path, value, reason }) => `${path}: ${JSON.stringify(value) ?? 'a function'} ${reason}`);
}

const INSTEAD = 'put what `lambda-cors generate openapi` prints into DefinitionBody';

/** Why `Cors` does not do, whatever the policy, and what does. */
export function corsFaults(api: Api, isWhole: boolean): readonly string[] {
  return [
    ...(isWhole
      ? []
      : [`Cors counts for every path of the API, and only some are to be enabled: enable all, or ${INSTEAD}`]),
    ...(takesEverything(api)
      ? [
          `with */* among BinaryMediaTypes the OPTIONS that SAM makes of Cors answers 500: write the binary types, such as image/*, or ${INSTEAD}`,
        ]
      : []),
  ];
}

/** Whether what is asked for by the definition as a whole counts for the OPTIONS that SAM makes, where no switch helps. */
export function isGuardedByBody({ routes, defaultAuthorizer }: Api): boolean {
  return routes.some(({ methods }) =>
    methods.some(
      ({ made, auth, apiKey }) =>
        made === 'sam-cors' &&
        ((auth.kind !== 'none' && defaultAuthorizer === undefined) ||
          (knownOf(apiKey.value) === true && apiKey.from === 'method')),
    ),
  );
}

/** `Cors` of an API, with the switches that keep its OPTIONS open. */
export function editSamCors(api: Api, wanted: Wanted, place: SamPlace, editor: Editor): void {
  const where = `Cors of ${api.id}`;
  const settings = settingsOf(api, wanted);
  const { cors } = api;
  const isThere = cors !== undefined && cors.form === 'map';
  if (isThere) editCors(cors, settings, where, wanted, api, editor);
  else {
    const after = JSON.stringify(settings);
    if (cors !== undefined && cors.form !== 'false') {
      const pair = editor.pairAt(cors.key);
      if (pair !== undefined) editor.replace(pair.value, settings, { where: api.id, what: 'Cors', after });
    } else editor.set(place.base, [...place.path, 'Cors'], settings, { where: api.id, what: 'Cors', after });
  }
}

function settingsOf({ routes }: Api, wanted: Wanted): Record<string, Data> {
  const headers = wanted.mock(asOne(routes)).headers;
  const value = (name: string) => quoted(headers[`Access-Control-${name}`] as string);
  return {
    AllowOrigin: value('Allow-Origin'),
    // By default SAM names the methods of each path.
    ...(!wanted.console && { AllowMethods: value('Allow-Methods') }),
    ...(headers['Access-Control-Allow-Headers'] !== undefined && { AllowHeaders: value('Allow-Headers') }),
    ...(!wanted.console && { MaxAge: value('Max-Age') }),
    ...(wanted.policy.allowCredentials && { AllowCredentials: true }),
  };
}

/** All routes as one: `Cors` is the same for all. */
function asOne(routes: readonly Route[]): Route {
  const [first] = routes;
  return { ...(first as Route), methods: routes.flatMap(({ methods }) => methods) };
}

function editCors(
  cors: CorsSetting,
  settings: Readonly<Record<string, Data>>,
  where: string,
  wanted: Wanted,
  api: Api,
  editor: Editor,
): void {
  const map = plainMap(editor.pairAt(cors.key)?.value);
  if (map === undefined) {
    editor.note(`${where} is left: it is written elsewhere, or with a function of CloudFormation.`);
    return;
  }
  const written = [cors.allowOrigins, cors.allowMethods, cors.allowHeaders, cors.maxAge, cors.allowCredentials];
  for (const [name, value] of Object.entries(settings)) {
    const before = written.find((setting) => setting?.name === name);
    const change = { where, what: name, after: String(value) };
    if (before === undefined) editor.set(map, [name], value, change);
    else if (!isSame(before.value, value, wanted)) {
      const pair = editor.pairAt(before.key);
      if (pair !== undefined) editor.replace(pair.value, value, change);
    }
  }
  for (const setting of written) {
    if (setting === undefined || settings[setting.name] !== undefined) continue;
    const isWrong =
      setting.name === 'AllowCredentials'
        ? knownOf(setting.value) !== false
        : setting.name === 'AllowMethods' && lacksMethods(setting.value, api);
    const parent = isWrong ? parentOf(setting.key, map, api, editor) : undefined;
    const pair = editor.pairAt(setting.key);
    if (parent !== undefined && pair !== undefined) editor.remove(parent, pair, { where, what: setting.name });
    else if (setting.name === 'MaxAge') quoteMaxAge(setting, where, editor);
  }
}

/** A setting may be of the resource or of Globals. */
function parentOf(key: CorsSetting['key'], map: MapNode, { origin }: Api, editor: Editor): MapNode | undefined {
  const pair = editor.pairAt(key);
  if (pair === undefined) return undefined;
  if (map.byKey.get(pair.key) === pair) return map;
  const root = editor.document.root;
  const globals = child(child(child(root, 'Globals'), 'Api'), 'Cors');
  return origin !== 'openapi' && globals?.kind === 'map' && globals.byKey.get(pair.key) === pair ? globals : undefined;
}

function isSame(before: Value<Written>, value: Data, wanted: Wanted): boolean {
  const known = knownOf(before);
  if (known === value) return true;
  if (typeof known !== 'string' || typeof value !== 'string') return false;
  const [one, other] = [textOf(known), textOf(value)];
  if (one === undefined || other === undefined) return false;
  const items = (text: string) =>
    text
      .toLowerCase()
      .split(',')
      .map((item) => item.trim());
  // Without a policy what is allowed already stays.
  if (wanted.console && value.includes(',')) return items(other).every((item) => items(one).includes(item));
  return items(one).sort().join() === items(other).sort().join();
}

function textOf(value: string): string | undefined {
  const mapping = mappingOf(value);
  return mapping.kind === 'static' ? mapping.text : undefined;
}

function lacksMethods(value: Value<Written>, { routes, cors }: Api): boolean {
  const known = knownOf(value);
  const text = typeof known === 'string' ? textOf(known) : undefined;
  if (text === '*') return false;
  if (text === undefined) return true;
  const names = text.split(',').map((name) => name.trim());
  const used = routes
    .filter(({ path }) => cors?.applied.includes(path))
    .flatMap(({ methods }) => methods.map(({ method }) => method));
  return names.some((name) => !METHODS.has(name)) || used.some((name) => name !== 'ANY' && !names.includes(name));
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A number is not a mapping, and the deployment fails. */
function quoteMaxAge({ key, value }: NonNullable<CorsSetting['maxAge']>, where: string, editor: Editor): void {
  const known = knownOf(value);
  const pair = editor.pairAt(key);
  if (pair === undefined || Array.isArray(known) || !/^\d+$/.test(String(known))) return;
  const after = quoted(String(known));
  editor.replace(pair.value, after, { where, what: 'MaxAge', after });
}

/** Authorizer and API key land on every OPTIONS of SAM unless they are told not to. */
export function editSamSwitches(api: Api, place: SamPlace, editor: Editor): void {
  const options = api.routes.flatMap(({ methods }) =>
    methods.filter(({ method, made }) => method === 'OPTIONS' && made !== 'sam-event'),
  );
  const switches = [
    [
      'AddDefaultAuthorizerToCorsPreflight',
      api.defaultAuthorizer !== undefined &&
        options.some(({ auth }) => auth.kind !== 'none' && auth.from === 'default'),
    ],
    [
      'AddApiKeyRequiredToCorsPreflight',
      options.some(({ apiKey }) => knownOf(apiKey.value) === true && apiKey.from === 'default'),
    ],
  ] as const;
  for (const [name, isNeeded] of switches) {
    if (!isNeeded) continue;
    const change = { where: `Auth of ${api.id}`, what: name, after: 'false' };
    editor.set(place.base, [...place.path, 'Auth', name], false, change);
  }
}
