import type { ApiGatewayClient, FullClient, RawApi, RawAuthorizer, RawMethod, RawResource } from './client.js';
import { type LivePart, partsOf } from './document.js';
import type { LiveResource } from './resource.js';
import { patiently } from './retry.js';
import { gatewayStateOf, type State, stateOf } from './thing.js';

/** A REST API as it is now, deployed or not. */
export interface LiveApi {
  /** Its id. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** The CloudFormation stack that it belongs to. */
  readonly stack?: string;
  /** Whether its endpoint is private. */
  readonly private: boolean;
  /** False where it is reached by a domain name of its own only. */
  readonly hasDefaultEndpoint: boolean;
  /** Every resource, in the order of the API. */
  readonly resources: readonly LiveResource[];
  /** @internal By type; those that somebody has changed. */
  readonly gatewayResponses: ReadonlyMap<string, State>;
  /** @internal The same as templates with a resource for each method, and the model of these; one, unless the API is large. */
  readonly parts: readonly LivePart[];
}

/**
 * Reads a REST API: every resource, method, response and gateway response.
 *
 * @param client `new APIGateway({ region })` of `@aws-sdk/client-api-gateway`.
 * @param id The id of the REST API, such as `a1b2c3d4e5`.
 * @throws What the client throws: `NotFoundException` where there is no such API in the region.
 * @example
 * // client: new APIGateway({ region: 'eu-central-1' })
 * const api = await readApi(client, 'a1b2c3d4e5')
 * console.log(api.resources.map(({ path }) => path))
 */
export async function readApi(client: ApiGatewayClient, id: string): Promise<LiveApi> {
  const restApiId = id;
  const full = client as FullClient;
  const raw = await patiently(() => full.getRestApi({ restApiId }));
  const found = await all((page) => full.getResources({ restApiId, embed: ['methods'], limit: 500, ...page }));
  const authorizers = await all((page) => full.getAuthorizers({ restApiId, limit: 500, ...page }));
  const errors = await all((page) => full.getGatewayResponses({ restApiId, limit: 500, ...page }));
  const resources: LiveResource[] = [];
  for (const resource of found) resources.push(await resourceOf(full, restApiId, resource));
  const gatewayResponses = new Map<string, State>();
  for (const error of errors) {
    const state = gatewayStateOf(error);
    if (state !== undefined && error.responseType !== undefined) gatewayResponses.set(error.responseType, state);
  }
  return liveApi(id, raw, resources, authorizers, gatewayResponses);
}

function liveApi(
  id: string,
  raw: RawApi,
  resources: readonly LiveResource[],
  authorizers: readonly RawAuthorizer[],
  gatewayResponses: ReadonlyMap<string, State>,
): LiveApi {
  const stack = raw.tags?.['aws:cloudformation:stack-name'];
  return {
    id,
    name: raw.name ?? '',
    ...(stack !== undefined && { stack }),
    private: raw.endpointConfiguration?.types?.includes('PRIVATE') === true,
    hasDefaultEndpoint: raw.disableExecuteApiEndpoint !== true,
    resources,
    gatewayResponses,
    parts: partsOf(id, raw, resources, authorizers, gatewayResponses),
  };
}

async function all<Item>(
  read: (page: { position?: string }) => Promise<{
    readonly items?: readonly Item[] | undefined;
    readonly position?: string | undefined;
  }>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let position: string | undefined;
  do {
    const page = await patiently(() => read(position === undefined ? {} : { position }));
    items.push(...(page.items ?? []));
    position = page.position === '' ? undefined : page.position;
  } while (position !== undefined);
  return items;
}

async function resourceOf(
  client: FullClient,
  restApiId: string,
  { id = '', path = '/', resourceMethods = {} }: RawResource,
): Promise<LiveResource> {
  const methods = new Map<string, RawMethod>();
  for (const [name, embedded] of Object.entries(resourceMethods)) {
    // Whatever is between here and AWS may leave the embedded methods empty.
    const isWhole = embedded?.httpMethod !== undefined;
    const method = isWhole
      ? embedded
      : await patiently(() => client.getMethod({ restApiId, resourceId: id, httpMethod: name }));
    methods.set(name, method);
  }
  return { id, path, methods };
}

/** What is there now of a part of a method. */
export function partOf({ resources }: LiveApi, thing: Parameters<typeof stateOf>[1]): State | undefined {
  const resource = resources.find(({ id }) => id === thing.resourceId);
  return stateOf(resource?.methods.get(thing.method), thing);
}
