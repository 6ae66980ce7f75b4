/**
 * API Gateway as far as `enable` uses it, in memory, with what AWS is strict about and LocalStack is not: a put does not
 * replace a method or a method response, a mapping needs its declaration, an integration loses its responses when it is
 * put, lists come in pages, and what is set by default comes back.
 */
import * as sdk from '@aws-sdk/client-api-gateway';
import { mockClient } from 'aws-sdk-client-mock';

export type Raw = Record<string, unknown>;
interface Input {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly statusCode: string;
  readonly responseType: string;
  readonly position?: string;
  readonly patchOperations: readonly { readonly op: string; readonly path: string; readonly value?: string }[];
}
export interface Method extends Raw {
  methodResponses: Record<string, Raw>;
  methodIntegration?: Raw & { integrationResponses: Record<string, Raw> };
}

export interface FakeApi {
  readonly client: sdk.APIGateway;
  /** Methods by path, then by name. */
  readonly paths: Map<string, Record<string, Method>>;
  readonly gatewayResponses: Map<string, Raw>;
  /** The names of all calls. */
  readonly calls: string[];
  /** False: `getResources` leaves the methods empty. */
  embeds: boolean;
  tags: Record<string, string>;
  authorizers: readonly Raw[];
  binaryMediaTypes: string[];
  /** The methods that the stage `prod` has, by path. */
  summary: Record<string, Record<string, Raw>>;
  /** Called before each command; it may throw, or change what is there. */
  before: (command: string, input: Input) => void;
  /** Called after each command. */
  after: (command: string, input: Input) => void;
  add(path: string, method: string, integration: Raw, responses?: readonly Raw[], own?: Raw): void;
  /** Everything that can be changed. */
  state(): unknown;
}

export const ID = 'a1b2c3d4e5';
const PAGE = 2;
const TYPES = ['DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED', 'THROTTLED', 'WAF_FILTERED'];

export function failure(name: string, message = name, more: Raw = {}): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: {}, ...more });
}

export function fakeApi(): FakeApi {
  const client = new sdk.APIGateway({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const fake: FakeApi = {
    client,
    paths: new Map([['/', {}]]),
    gatewayResponses: new Map(),
    calls: [],
    embeds: true,
    tags: {},
    authorizers: [],
    binaryMediaTypes: [],
    summary: {},
    before: () => undefined,
    after: () => undefined,
    add(path, method, integration, responses = [], own = {}) {
      const methods = fake.paths.get(path) ?? {};
      fake.paths.set(path, methods);
      const declared = ({ statusCode, responseParameters = {} }: Raw) => ({
        statusCode,
        responseParameters: Object.fromEntries(Object.keys(responseParameters as Raw).map((name) => [name, false])),
      });
      methods[method] = {
        httpMethod: method,
        authorizationType: 'NONE',
        apiKeyRequired: false,
        ...own,
        methodResponses: Object.fromEntries(responses.map((each) => [String(each.statusCode), declared(each)])),
        methodIntegration: {
          ...integrationDefaults(path),
          ...integration,
          integrationResponses: Object.fromEntries(responses.map((each) => [String(each.statusCode), { ...each }])),
        },
      };
    },
    state: () => structuredClone({ paths: fake.paths, gatewayResponses: fake.gatewayResponses }),
  };
  const mock = mockClient(client);
  for (const [name, handle] of Object.entries(handlersOf(fake))) {
    const command = (sdk as unknown as Record<string, never>)[`${name[0]?.toUpperCase()}${name.slice(1)}Command`];
    mock.on(command as never).callsFake(async (given: object) => {
      const input = structuredClone(given) as Input;
      fake.calls.push(name);
      fake.before(name, input);
      const output = structuredClone(handle(input));
      fake.after(name, input);
      return output;
    });
  }
  return fake;
}

function integrationDefaults(path: string): Raw {
  return {
    passthroughBehavior: 'WHEN_NO_MATCH',
    timeoutInMillis: 29000,
    cacheNamespace: idOf(path),
    cacheKeyParameters: [],
  };
}

export function idOf(path: string): string {
  return `r${Buffer.from(path).toString('hex')}`;
}

function handlersOf(fake: FakeApi): Record<string, (input: Input) => unknown> {
  const pathOf = (id: string) => [...fake.paths.keys()].find((path) => idOf(path) === id) ?? notFound('Resource');
  const methodsOf = ({ resourceId }: Input) => fake.paths.get(pathOf(resourceId)) as Record<string, Method>;
  const methodOf = (input: Input) => methodsOf(input)[input.httpMethod] ?? notFound('Method');
  const integrationOf = (input: Input) => methodOf(input).methodIntegration ?? notFound('Integration');
  const responseOf = (input: Input) => methodOf(input).methodResponses[input.statusCode] ?? notFound('Response');
  const without = (input: Input, ...names: readonly string[]): Raw => {
    const own = Object.entries(input).filter(
      ([key]) => !['restApiId', 'resourceId', 'httpMethod', ...names].includes(key),
    );
    return Object.fromEntries(own);
  };
  const paged = (all: readonly unknown[], { position = '0' }: Input): Raw => {
    const next = Number(position) + PAGE;
    return { items: all.slice(Number(position), next), ...(next < all.length && { position: String(next) }) };
  };
  const errorOf = (responseType: string): Raw =>
    fake.gatewayResponses.get(responseType) ?? { responseType, defaultResponse: true };
  return {
    getRestApi: () => ({ id: ID, name: 'pets', tags: fake.tags, binaryMediaTypes: fake.binaryMediaTypes }),
    getResources: (input) =>
      paged(
        [...fake.paths].map(([path, methods]) => ({
          id: idOf(path),
          path,
          resourceMethods: fake.embeds ? methods : Object.fromEntries(Object.keys(methods).map((name) => [name, {}])),
        })),
        input,
      ),
    getAuthorizers: (input) => paged(fake.authorizers, input),
    getGatewayResponses: (input) => paged(TYPES.map(errorOf), input),
    getGatewayResponse: ({ responseType }) => errorOf(responseType),
    getMethod: methodOf,
    getStage: () => ({ stageName: 'prod', deploymentId: 'd1' }),
    getDeployment: () => ({ id: 'd1', createdDate: new Date(0), apiSummary: fake.summary }),
    putMethod(input) {
      if (methodsOf(input)[input.httpMethod]) throw failure('ConflictException', 'Method already exists');
      methodsOf(input)[input.httpMethod] = { ...without(input), httpMethod: input.httpMethod, methodResponses: {} };
    },
    updateMethod(input) {
      const method = methodOf(input);
      for (const { op, path, value } of input.patchOperations) {
        const key = path.slice(1);
        if (path === '/authorizationScopes') method[key] = [...((method[key] as string[]) ?? []), value];
        else if (op === 'replace') method[key] = key === 'apiKeyRequired' ? value === 'true' : value;
        else throw failure('BadRequestException', path);
      }
      if (method.authorizationType === 'NONE') {
        delete method.authorizerId;
        delete method.authorizationScopes;
      }
    },
    deleteMethod(input) {
      methodOf(input);
      delete methodsOf(input)[input.httpMethod];
    },
    putMethodResponse(input) {
      const { methodResponses } = methodOf(input);
      if (methodResponses[input.statusCode]) throw failure('ConflictException', 'Response already exists');
      methodResponses[input.statusCode] = without(input);
    },
    updateMethodResponse: (input) => patch(responseOf(input), input, (value) => value === 'true'),
    deleteMethodResponse(input) {
      responseOf(input);
      delete methodOf(input).methodResponses[input.statusCode];
    },
    putIntegration(input) {
      const { integrationHttpMethod, ...own } = without(input);
      methodOf(input).methodIntegration = {
        ...integrationDefaults(pathOf(input.resourceId)),
        ...own,
        ...(integrationHttpMethod !== undefined && { httpMethod: integrationHttpMethod }),
        integrationResponses: {},
      };
    },
    updateIntegration: (input) => patch(integrationOf(input), input, String),
    deleteIntegration(input) {
      integrationOf(input);
      delete methodOf(input).methodIntegration;
    },
    putIntegrationResponse(input) {
      const declared = responseOf(input).responseParameters ?? {};
      const response = without(input);
      for (const name of Object.keys(response.responseParameters ?? {})) {
        if (!(name in (declared as Raw))) throw failure('BadRequestException', `Invalid mapping parameter ${name}`);
      }
      const templates = Object.entries((response.responseTemplates ?? {}) as Raw);
      // The client would not send it.
      if (templates.some(([, text]) => text === null)) throw failure('BadRequestException', 'null');
      if (templates.length > 0) {
        response.responseTemplates = Object.fromEntries(
          templates.map(([type, text]) => [type, text === '' ? null : text]),
        );
      }
      integrationOf(input).integrationResponses[input.statusCode] = response;
    },
    deleteIntegrationResponse(input) {
      delete integrationOf(input).integrationResponses[input.statusCode];
    },
    putGatewayResponse(input) {
      const templates = { 'application/json': '{"message":$context.error.messageString}' };
      fake.gatewayResponses.set(input.responseType, {
        responseTemplates: templates,
        ...without(input),
        defaultResponse: false,
      });
    },
    deleteGatewayResponse({ responseType }) {
      if (!fake.gatewayResponses.delete(responseType)) notFound('GatewayResponse');
    },
    createDeployment: () => ({ id: 'd2' }),
  };
}

function notFound(what: string): never {
  throw failure('NotFoundException', `Invalid ${what} identifier specified`);
}

/** https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
function patch(target: Raw, { patchOperations }: Input, read: (value: string) => unknown): void {
  for (const { op, path, value = '' } of patchOperations) {
    const [key = '', name] = path.slice(1).split('/');
    if (name === undefined) {
      if (op !== 'replace') throw failure('BadRequestException', path);
      if (value === '') delete target[key];
      else target[key] = value;
      continue;
    }
    const map = { ...((target[key] as Raw) ?? {}) };
    const field = name.replaceAll('~1', '/').replaceAll('~0', '~');
    if (op !== 'add' && !(field in map)) throw failure('NotFoundException', 'Invalid parameter name specified');
    if (op === 'remove') delete map[field];
    else map[field] = read(value);
    target[key] = map;
  }
}
