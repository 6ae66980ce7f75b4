import { leaves } from '../../src/infra/value.js';
import type { Api, Method, Value } from '../../src/infra.js';
import { readApis } from '../../src/infra.js';

/** The only API of a template. */
export function apiOf(text: string, files: Readonly<Record<string, string>> = {}): Api {
  const apis = readApis([{ path: 'template.yaml', text }], { read: (path) => files[path] });
  if (apis.length !== 1) throw new Error(`${apis.length} APIs`);
  return apis[0] as Api;
}

/** A value as one text: `known`, `yes | no` for a choice, `?` for what is not known. */
export function shown(value: Value<unknown> | undefined): string {
  if (value === undefined) return '-';
  return leaves(value)
    .map((leaf) => {
      if (leaf.kind !== 'known') return leaf.kind === 'absent' ? '-' : '?';
      return Array.isArray(leaf.value) ? `[${leaf.value.map(shown)}]` : String(leaf.value);
    })
    .join(' | ');
}

/** `GET /notes` of an API. */
export function methodOf(api: Api, name: string): Method {
  const [method = '', path = ''] = name.split(' ');
  const found = api.routes.find((route) => route.path === path)?.methods.find((each) => each.method === method);
  if (found === undefined) throw new Error(`no ${name} among ${namesOf(api)}`);
  return found;
}

/** `GET /notes`, … in the order of the template. */
export function namesOf(api: Api): readonly string[] {
  return api.routes.flatMap(({ path, methods }) => methods.map(({ method }) => `${method} ${path}`));
}

/** What answers OPTIONS on each path, in words. */
export function optionsOf(api: Api): Readonly<Record<string, string>> {
  return Object.fromEntries(
    api.routes.map(({ path, options }) => {
      if (options.by !== 'method') return [path, options.by];
      const { method, made } = options.method;
      return [path, `${method} ${made}${options.covering === undefined ? '' : ` of ${options.covering}`}`];
    }),
  );
}

/** The headers that the answer of a method is mapped to, by name. */
export function mappedOf(method: Method): Readonly<Record<string, string>> {
  return Object.fromEntries(
    method.integration.responses.flatMap(({ headers }) =>
      headers.map(({ name, value }) => [name.replace('Access-Control-', ''), shown(value)]),
    ),
  );
}
