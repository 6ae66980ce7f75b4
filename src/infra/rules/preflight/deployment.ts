import type { Api } from '../../api.js';
import type { Value } from '../../value.js';
import { answersOf } from '../answers.js';
import type { Rule } from '../rule.js';
import { browserSays, inConsole, listed, plural } from '../words.js';

export const LC211: Rule = {
  code: 'LC211',
  severity: 'warning',
  title: 'A deployment that does not wait for OPTIONS',
  text:
    'AWS::ApiGateway::Deployment is a snapshot of the methods that exist when it is made. CloudFormation makes it as early as it can, so ' +
    'without DependsOn the stage may lack the OPTIONS methods, today or after the next change.',
  says: inConsole('PreflightMissingAllowOriginHeader'),
  guard: "Only methods of the deployment's own API count. APIs with a Body, and those of SAM, are deployed whole.",
  remedy: 'Add the OPTIONS methods to DependsOn of the deployment.',
  see: '`lambda-cors probe URL --origin https://app.example.com --method PUT` shows 403 Missing Authentication Token for the preflight.',
  check: ({ api }) => {
    if (api.definition !== 'methods') return [];
    const options = api.routes.flatMap(({ methods }) => methods.filter(({ method }) => method === 'OPTIONS'));
    const ids = options.flatMap(({ id }) => id ?? []);
    return api.deployments.flatMap((deployment) => {
      const missing = ids.filter((id) => !deployment.reaches.has(id));
      if (missing.length === 0) return [];
      return [
        {
          place: deployment.key,
          message: `${deployment.id} does not depend on ${listed(missing)}, so the stage may be made without ${plural(missing.length, 'it', 'them')}: ${browserSays('PreflightMissingAllowOriginHeader')}`,
          remedy: `add ${listed(missing)} to DependsOn of ${deployment.id}`,
        },
      ];
    });
  },
};

export const LC212: Rule = {
  code: 'LC212',
  severity: 'warning',
  title: 'CORS has changed, and the deployment has not',
  text:
    'CloudFormation makes a new AWS::ApiGateway::Deployment only when the resource itself changes. With the same logical id and the same ' +
    'properties the stage keeps the old snapshot, and the CORS change takes no effect.',
  says: 'Browsers say what they said before the change.',
  guard:
    'It needs --base with the version that is deployed. SAM, CDK and Serverless change the logical id by themselves.',
  remedy: 'Give the deployment another logical id with every change, or deploy the stage again after the update.',
  see: '`lambda-cors probe URL` still shows the old headers after the update.',
  check: ({ api, base }) => {
    // SAM names a deployment after what is in the API.
    if (base === undefined || api.kind !== 'rest' || api.origin !== 'cloudformation') return [];
    if (signatureOf(api) === signatureOf(base)) return [];
    const before = new Set(base.deployments.map(({ id }) => id));
    return api.deployments
      .filter(({ id }) => before.has(id))
      .map(({ id, key }) => ({
        place: key,
        message: `CORS of the API has changed and ${id} has not, so the stage keeps its old answers`,
        remedy: `rename ${id}, with a number or a date, so that CloudFormation makes a new deployment`,
      }));
  },
};

/** All that decides about CORS in an API, without places. */
function signatureOf(api: Api): string {
  const answers = answersOf(api).map(({ sites, routes, method, gateway }) => [
    routes.map(({ path }) => path),
    method?.method,
    gateway === undefined ? '' : plain(gateway.type),
    Object.values(sites).map(({ name, value }) => [name, plain(value)]),
  ]);
  const auth = api.routes.flatMap(({ path, methods }) =>
    methods
      .filter(({ method }) => method === 'OPTIONS')
      .map((method) => [path, method.auth.kind, plain(method.apiKey.value)]),
  );
  return JSON.stringify([...answers, ...auth].map((each) => JSON.stringify(each)).sort());
}

function plain(value: Value<unknown>): unknown {
  if (value.kind === 'choice') return [value.condition, plain(value.yes), plain(value.no)];
  if (value.kind === 'absent') return 'absent';
  if (value.kind === 'unknown') return [value.why, value.parts];
  return Array.isArray(value.value) ? value.value.map(plain) : value.value;
}
