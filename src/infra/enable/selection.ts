import type { Api, Route } from '../api.js';
import type { Method } from '../method.js';
import { listed } from '../rules/words.js';
import { EnableError } from './enable-error.js';

/** What of a document is enabled. */
export interface Selection {
  /** Paths; all where it is absent. */
  readonly resources?: readonly string[] | undefined;
  /** What is below these paths, too. */
  readonly recursive?: boolean | undefined;
  /** The methods whose responses get headers; all where it is absent. OPTIONS is added all the same. */
  readonly methods?: readonly string[] | undefined;
}

/** What is misspelt among them would count as everything. */
export const SELECTION_KEYS: readonly (keyof Selection)[] = ['resources', 'recursive', 'methods'];

export function isWhole({ resources }: Selection): boolean {
  return resources === undefined;
}

export function selectedRoutes({ routes }: Api, selection: Selection): readonly Route[] {
  return routes.filter(({ path }) => isSelected(path, selection));
}

export function isSelected(path: string, { resources, recursive = false }: Selection): boolean {
  if (resources === undefined) return true;
  return resources.map(trimmed).some((name) => path === name || (recursive && isBelow(path, name)));
}

function trimmed(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(above === '/' ? '/' : `${above}/`);
}

export function selectedMethods({ methods }: Route, selection: Selection): readonly Method[] {
  const names = selection.methods?.map((name) => name.toUpperCase());
  return methods.filter(({ method }) => method !== 'OPTIONS' && (names === undefined || names.includes(method)));
}

/** @throws {EnableError} For a resource or a method that is in none of the APIs. */
export function checkSelection(path: string, apis: readonly Api[], selection: Selection): void {
  const { resources, methods, recursive } = selection;
  for (const name of resources ?? []) {
    const found = apis.some((api) => selectedRoutes(api, { resources: [name], recursive }).length > 0);
    if (found) continue;
    const paths = [...new Set(apis.flatMap(({ routes }) => routes.map((route) => route.path)))];
    throw new EnableError(`${path}: there is no resource ${JSON.stringify(name)}; it has ${listed(paths) || 'none'}`);
  }
  const routes = apis.flatMap((api) => selectedRoutes(api, selection));
  for (const name of methods ?? []) {
    const found = routes.some((route) => route.methods.some(({ method }) => method === name.toUpperCase()));
    if (found) continue;
    const names = [...new Set(routes.flatMap((route) => route.methods.map(({ method }) => method)))];
    throw new EnableError(
      `${path}: there is no method ${JSON.stringify(name)} there; it has ${listed(names) || 'none'}`,
    );
  }
}
