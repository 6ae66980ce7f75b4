import type { FullClient, OfMethod, OfStatus, PatchOperation } from './client.js';
import { patiently } from './retry.js';
import type { Step } from './step.js';
import { gatewayStateOf, type JsonMap, mapIn, type PartOfMethod, type State, stateOf, type Thing } from './thing.js';

/** What is there now. */
export async function readThing(client: FullClient, restApiId: string, thing: Thing): Promise<State | undefined> {
  try {
    if (thing.kind === 'gateway response') {
      const responseType = thing.type as never;
      return gatewayStateOf(await patiently(() => client.getGatewayResponse({ restApiId, responseType })));
    }
    const { resourceId, method: httpMethod } = thing;
    return stateOf(await patiently(() => client.getMethod({ restApiId, resourceId, httpMethod })), thing);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  }
}

/** Whether a method has an integration or responses. */
export async function hasParts(
  client: FullClient,
  restApiId: string,
  { resourceId, method: httpMethod }: PartOfMethod,
): Promise<boolean> {
  const { methodIntegration, methodResponses = {} } = await patiently(() =>
    client.getMethod({ restApiId, resourceId, httpMethod }),
  );
  return methodIntegration !== undefined || Object.keys(methodResponses).length > 0;
}

/** Writes one thing, by one call. */
export async function writeThing(client: FullClient, restApiId: string, step: Step): Promise<void> {
  const { thing, before, after } = step;
  if (thing.kind === 'gateway response') {
    const target = { restApiId, responseType: thing.type as never };
    await patiently(() =>
      after === undefined
        ? client.deleteGatewayResponse(target)
        : client.putGatewayResponse({ ...copyOf(after), ...target }),
    );
    return;
  }
  const { resourceId, method: httpMethod } = thing;
  const call = callFor(client, { restApiId, resourceId, httpMethod }, thing, before, after);
  if (call !== undefined) await patiently(call);
}

type Call = () => Promise<unknown>;

function callFor(
  client: FullClient,
  target: OfMethod & { restApiId: string },
  thing: PartOfMethod,
  before: State | undefined,
  after: State | undefined,
): Call | undefined {
  const response = { ...target, statusCode: 'status' in thing ? thing.status : '' } satisfies OfStatus;
  switch (thing.kind) {
    case 'method': {
      if (after === undefined) return () => client.deleteMethod(target);
      if (before === undefined) {
        return () =>
          client.putMethod({ authorizationType: 'NONE', apiKeyRequired: false, ...copyOf(after), ...target });
      }
      const patchOperations = methodPatch(before, after);
      return patchOperations.length === 0 ? undefined : () => client.updateMethod({ ...target, patchOperations });
    }
    case 'integration': {
      if (after === undefined) return () => client.deleteIntegration(target);
      // The method of the backend is called `integrationHttpMethod` in this call alone.
      const { httpMethod: integrationHttpMethod, ...rest } = copyOf(after) as { httpMethod?: string };
      if (before === undefined) {
        const own = { ...rest, ...(integrationHttpMethod !== undefined && { integrationHttpMethod }) };
        return () => client.putIntegration({ ...(own as { type: never }), ...target });
      }
      // A put would take the integration responses away.
      const patchOperations = integrationPatch(before, after);
      return patchOperations.length === 0 ? undefined : () => client.updateIntegration({ ...target, patchOperations });
    }
    case 'method response': {
      if (after === undefined) return () => client.deleteMethodResponse(response);
      if (before === undefined) return () => client.putMethodResponse({ ...copyOf(after), ...response });
      // A put is refused where there is one.
      const patchOperations = mapPatch('responseParameters', before, after);
      return patchOperations.length === 0
        ? undefined
        : () => client.updateMethodResponse({ ...response, patchOperations });
    }
    case 'integration response':
      if (after === undefined) return () => client.deleteIntegrationResponse(response);
      return () => client.putIntegrationResponse({ ...copyOf(after), ...response });
  }
}

/** As the client's types want it: each call has types of its own for the same fields. */
function copyOf(state: State): Record<string, never> {
  return { ...state } as Record<string, never>;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
function methodPatch(before: State, after: State): PatchOperation[] {
  const changes: PatchOperation[] = [];
  for (const [key, otherwise] of [
    ['authorizationType', 'NONE'],
    ['authorizerId', undefined],
    ['apiKeyRequired', 'false'],
  ] as const) {
    const value = after[key] === undefined ? otherwise : String(after[key]);
    if (before[key] !== after[key] && value !== undefined) changes.push({ op: 'replace', path: `/${key}`, value });
  }
  const scopes = before.authorizationScopes === undefined ? after.authorizationScopes : undefined;
  for (const scope of Array.isArray(scopes) ? scopes : []) {
    changes.push({ op: 'add', path: '/authorizationScopes', value: String(scope) });
  }
  return changes;
}

function integrationPatch(before: State, after: State): PatchOperation[] {
  const changes = mapPatch('requestTemplates', before, after);
  if (before.contentHandling !== after.contentHandling) {
    changes.push({ op: 'replace', path: '/contentHandling', value: String(after.contentHandling ?? '') });
  }
  return changes;
}

function mapPatch(key: string, before: State, after: State): PatchOperation[] {
  const [from, to]: readonly JsonMap[] = [mapIn(before, key), mapIn(after, key)] as const;
  const changes: PatchOperation[] = [];
  for (const [name, value] of Object.entries(to ?? {})) {
    if (from?.[name] === value) continue;
    changes.push({
      op: from !== undefined && name in from ? 'replace' : 'add',
      path: pathOf(key, name),
      value: String(value),
    });
  }
  for (const name of Object.keys(from ?? {})) {
    if (to !== undefined && !(name in to)) changes.push({ op: 'remove', path: pathOf(key, name) });
  }
  return changes;
}

/** https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function pathOf(key: string, name: string): string {
  return `/${key}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
