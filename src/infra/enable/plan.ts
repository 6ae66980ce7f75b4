import type { Api, Route } from '../api.js';
import type { Method } from '../method.js';
import { child } from '../node.js';
import { isMapped } from '../rules/answers.js';
import { type Editor, plainMap } from './editor.js';
import { EnableError } from './enable-error.js';
import { type ErrorPlace, editGatewayErrors } from './gateway-errors.js';
import { CLOUDFORMATION, type Notation, openApiNotation } from './notation.js';
import { addOptions, editOptions } from './options.js';
import { type Owner, owedNotes } from './owed.js';
import { addOptionsResource, editDeployments } from './resources.js';
import { editResponses } from './responses.js';
import {
  corsFaults,
  editSamCors,
  editSamSwitches,
  isGuardedByBody,
  isSam,
  policyFaults,
  type SamPlace,
  samPlaceOf,
} from './sam.js';
import { isWhole, type Selection, selectedMethods, selectedRoutes } from './selection.js';
import type { Wanted } from './wanted.js';

/** What has to be written in a document so that an API has CORS as it is wanted. */
export function planApi(api: Api, selection: Selection, wanted: Wanted, editor: Editor): void {
  const routes = selectedRoutes(api, selection);
  if (routes.length === 0 && api.routes.length > 0) return;
  const place = isSam(api) ? samPlaceOf(api, editor) : undefined;
  const byCors = place !== undefined && usesCors(api, selection, wanted);
  if (api.definition === 'uri' || isElsewhere(api, editor)) {
    editor.note(`The paths of ${api.id} are in another file: enable that one too.`);
  } else {
    const owners = routes.flatMap((route) => planRoute(api, route, byCors, selection, wanted, editor));
    for (const note of owedNotes(owners, wanted)) editor.note(note);
    for (const gap of api.gaps.slice(0, 3))
      editor.note(`Not everything of ${api.id || 'the API'} could be read: ${gap.why}.`);
  }
  if (api.cors?.where === 'openapi') editor.note('x-amazon-apigateway-cors has no effect in a REST API: remove it.');
  if (byCors) editSamCors(api, wanted, place, editor);
  if (place !== undefined) editSamSwitches(api, place, editor);
  editGatewayErrors(api, errorPlaceOf(api, byCors ? place : undefined, place, editor), wanted, editor);
  editDeployments(api, routes, editor);
}

/** Whether OPTIONS comes from `Cors` of SAM. */
function usesCors(api: Api, selection: Selection, wanted: Wanted): boolean {
  if (api.definition === 'uri') return false;
  const faults = policyFaults(wanted.policy);
  const others = corsFaults(api, isWhole(selection));
  if (api.definition === 'events') {
    const isAnswered = selectedRoutes(api, selection).every(({ methods }) =>
      methods.some(({ method, made }) => method === 'OPTIONS' && made !== 'sam-cors'),
    );
    if (isAnswered) return false;
    if (faults.length > 0) {
      throw new EnableError(
        `${api.key.source.path}: Cors of ${api.id} cannot express the policy; see what \`lambda-cors generate sam\` says:`,
        faults,
      );
    }
    if (others.length > 0) throw new EnableError(`${api.key.source.path}: ${api.id} cannot get Cors:`, others);
    return true;
  }
  const isThere = api.cors?.where === 'sam-rest' && api.cors.form !== 'false' && api.cors.form !== 'unknown';
  return isThere && api.cors.applied.length > 0 && faults.length + others.length === 0 && !isGuardedByBody(api);
}

/** A definition that an include brings. */
function isElsewhere({ routes, fragment }: Api, { document }: Editor): boolean {
  return !fragment && routes.length > 0 && routes.every(({ key }) => key.source !== document.source);
}

function planRoute(
  api: Api,
  route: Route,
  byCors: boolean,
  selection: Selection,
  wanted: Wanted,
  editor: Editor,
): readonly Owner[] {
  const { methods } = route;
  const written = methods.find(({ method, made }) => method === 'OPTIONS' && made !== 'sam-cors');
  const isResource = methods.some(({ id, made }) => id !== undefined && made === 'written');
  const definition = openApiNotation(definitionOf(api, editor));
  const notationOf = ({ id }: Method): Notation => (id === undefined ? definition : CLOUDFORMATION);
  if (written !== undefined) editOptions(api, route, written, notationOf(written), wanted, editor);
  else if (methods.length > 0 && !byCors) {
    if (isResource) addOptionsResource(route, wanted, editor);
    else addOptions(route, definition, wanted, editor);
  }
  noteUnlisted(route, wanted, editor);
  const chosen = selectedMethods(route, selection);
  for (const method of chosen) {
    if (method.made === 'sam-event' && method.integration.kind === 'aws') {
      editor.note(`${method.method} ${route.path} starts a state machine, and SAM maps no header in its responses.`);
    } else if (isMapped(method)) {
      const carried = { headers: wanted.response, template: wanted.template, owned: false, joined: false };
      editResponses(method, route, carried, notationOf(method), editor);
    } else if (method.integration.kind === 'unknown') {
      editor.note(`${method.method} ${route.path} is left: it is not known what its integration is.`);
    }
  }
  return chosen.map((method) => ({ route, method }));
}

/** A policy is followed, even where it does not have a method of the API. */
function noteUnlisted({ path, methods }: Route, { policy, console }: Wanted, editor: Editor): void {
  if (console || policy.allowMethods === '*') return;
  const simple = ['ANY', 'OPTIONS', 'GET', 'HEAD', 'POST'];
  for (const { method } of methods) {
    if (simple.includes(method) || policy.allowMethods.includes(method)) continue;
    editor.note(`${method} ${path} is not among allowMethods of the policy, so no page of another origin can call it.`);
  }
}

/** The definition that has the paths, as it is written here. */
function definitionOf({ fragment, definitionPlace }: Api, editor: Editor): ReturnType<typeof plainMap> {
  if (fragment) return plainMap(editor.document.root);
  return definitionPlace === undefined ? undefined : plainMap(editor.pairAt(definitionPlace)?.value);
}

function errorPlaceOf(api: Api, byCors: SamPlace | undefined, place: SamPlace | undefined, editor: Editor): ErrorPlace {
  const isOfSam = api.gatewayResponses.some(({ where }) => where === 'sam');
  const ofSam = byCors ?? (isOfSam || api.definition === 'events' ? place : undefined);
  if (ofSam !== undefined) return { in: 'sam', ...ofSam };
  if (api.external || api.definition === 'uri') return { in: 'nowhere' };
  const root = definitionOf(api, editor);
  if (root !== undefined && child(root, 'paths') !== undefined) return { in: 'body', root };
  return api.definition === 'methods' || api.definition === 'none' ? { in: 'resources' } : { in: 'nowhere' };
}
