import type { FullClient, RawDeployment } from './client.js';
import type { LiveApi } from './read-live.js';
import { patiently } from './retry.js';

/** What a stage serves, compared with an API. */
export interface StageState {
  readonly name: string;
  /** When what it serves was deployed. */
  readonly deployed?: Date;
  /** A deployment goes to the canary first. */
  readonly canary: boolean;
  /**
   * The methods that differ; absent where it is not known what is deployed. AWS keeps only their authorization to compare
   * with: a changed integration or response does not show.
   */
  readonly differences?: readonly Difference[];
}

interface Difference {
  readonly method: string;
  readonly path: string;
  /** Such as `is new`. */
  readonly what: string;
}

/**
 * @throws What the client throws: `NotFoundException` where there is no such stage.
 */
export async function readStage(client: FullClient, api: LiveApi, stageName: string): Promise<StageState> {
  const restApiId = api.id;
  const { deploymentId, canarySettings } = await patiently(() => client.getStage({ restApiId, stageName }));
  const deployment =
    deploymentId === undefined
      ? {}
      : await patiently(() => client.getDeployment({ restApiId, deploymentId, embed: ['apisummary'] }));
  const { createdDate } = deployment;
  const differences = differencesOf(api, deployment);
  return {
    name: stageName,
    ...(createdDate !== undefined && { deployed: createdDate }),
    canary: canarySettings !== undefined,
    ...(differences !== undefined && { differences }),
  };
}

function differencesOf({ resources }: LiveApi, { apiSummary }: RawDeployment): readonly Difference[] | undefined {
  if (apiSummary === undefined) return undefined;
  const differences: Difference[] = [];
  for (const { path, methods } of resources) {
    for (const [method, now] of methods) {
      const then = apiSummary[path]?.[method];
      if (then === undefined) differences.push({ method, path, what: 'is new' });
      else if (guardOf(then) !== guardOf(now)) {
        differences.push({ method, path, what: `now has ${guardOf(now)}, and is deployed with ${guardOf(then)}` });
      }
    }
  }
  for (const [path, methods] of Object.entries(apiSummary)) {
    const now = resources.find((resource) => resource.path === path);
    for (const method of Object.keys(methods)) {
      if (now?.methods.has(method) !== true) differences.push({ method, path, what: 'is gone' });
    }
  }
  return differences;
}

/** Who may call a method, for people. */
function guardOf({
  authorizationType = 'NONE',
  apiKeyRequired = false,
}: {
  readonly authorizationType?: string | undefined;
  readonly apiKeyRequired?: boolean | undefined;
}): string {
  const type = `authorization ${authorizationType}`;
  return apiKeyRequired ? `${type} and an API key` : type;
}

/** Deploys everything that is in the API, whoever changed it. */
export async function deployTo(client: FullClient, { id }: Pick<LiveApi, 'id'>, stageName: string): Promise<void> {
  const description = 'lambda-cors enable';
  await patiently(() => client.createDeployment({ restApiId: id, stageName, description }));
}
