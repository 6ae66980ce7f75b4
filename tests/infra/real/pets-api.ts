/** A REST API with one method of every integration type, and what is behind it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { LiveApi } from '../../../src/infra.js';

/** The one origin that the backend allows. */
export const ALLOWED = 'https://app.example.com';

export interface Backend {
  readonly url: string;
  /** The requests so far that are no preflights. */
  readonly methods: () => readonly string[];
  readonly close: () => Promise<unknown>;
}

/** What is behind the HTTP integrations: it sends the headers that a proxy's backend owes. */
export async function serveBackend(): Promise<Backend> {
  const seen: string[] = [];
  const server: Server = createServer(({ method = '', url = '', headers }, response) => {
    if (method !== 'OPTIONS') seen.push(`${method} ${url}`);
    const own = url.startsWith('/proxy') && headers.origin === ALLOWED;
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(own && { 'access-control-allow-origin': ALLOWED, 'access-control-allow-credentials': 'true' }),
    });
    response.end('{"from":"backend"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    methods: () => seen.splice(0),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** One method of every integration type, and what was there already. @returns The id. */
export async function makeApi(client: APIGateway, backend: string): Promise<string> {
  const { id: restApiId = '', rootResourceId: parentId = '' } = await client.createRestApi({
    name: 'pets',
    tags: { 'aws:cloudformation:stack-name': 'zoo' },
  });
  async function add(
    pathPart: string,
    httpMethod: string,
  ): Promise<{ restApiId: string; resourceId: string; httpMethod: string }> {
    const { items = [] } = await client.getResources({ restApiId, limit: 500 });
    const resource =
      items.find(({ path }) => path === `/${pathPart}`) ??
      (await client.createResource({ restApiId, parentId, pathPart }));
    const method = { restApiId, resourceId: resource.id ?? '', httpMethod };
    await client.putMethod({ ...method, authorizationType: 'NONE' });
    return method;
  }
  const json = { 'application/json': '{"statusCode": 200}' };
  const mapped = async (method: Awaited<ReturnType<typeof add>>, template: string | undefined): Promise<void> => {
    for (const [statusCode, selectionPattern] of [
      ['200', undefined],
      ['404', '404'],
    ] as const) {
      await client.putMethodResponse({ ...method, statusCode });
      await client.putIntegrationResponse({
        ...method,
        statusCode,
        ...(selectionPattern !== undefined && { selectionPattern }),
        ...(template !== undefined && { responseTemplates: { 'application/json': template } }),
      });
    }
  };
  const lambda =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:notes/invocations';

  const mock = await add('mock', 'GET');
  await client.putIntegration({ ...mock, type: 'MOCK', requestTemplates: json });
  await mapped(mock, '{"from":"mock"}');
  const any = await add('any', 'ANY');
  await client.putIntegration({ ...any, type: 'MOCK', requestTemplates: json });
  await mapped(any, '{"from":"any"}');
  const http = await add('http', 'GET');
  await client.putIntegration({ ...http, type: 'HTTP', integrationHttpMethod: 'GET', uri: `${backend}/custom` });
  await mapped(http, undefined);
  const proxy = await add('http-proxy', 'ANY');
  await client.putIntegration({ ...proxy, type: 'HTTP_PROXY', integrationHttpMethod: 'ANY', uri: `${backend}/proxy` });
  const custom = await add('lambda', 'POST');
  await client.putIntegration({ ...custom, type: 'AWS', integrationHttpMethod: 'POST', uri: lambda });
  await mapped(custom, undefined);
  const aws = await add('aws', 'GET');
  await client.putIntegration({
    ...aws,
    type: 'AWS',
    integrationHttpMethod: 'GET',
    uri: 'arn:aws:apigateway:us-east-1:s3:path/bucket/key',
    credentials: 'arn:aws:iam::000000000000:role/pets',
  });
  await mapped(aws, undefined);
  const lambdaProxy = await add('lambda-proxy', 'GET');
  await client.putIntegration({ ...lambdaProxy, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambda });
  // OPTIONS as somebody made it by hand, with an API key and another origin.
  const options = await add('mock-with-options', 'GET');
  await client.putIntegration({ ...options, type: 'MOCK', requestTemplates: json });
  await mapped(options, '{"from":"mock"}');
  const own = { ...options, httpMethod: 'OPTIONS' };
  await client.putMethod({ ...own, authorizationType: 'NONE', apiKeyRequired: true });
  await client.putIntegration({ ...own, type: 'MOCK', requestTemplates: { 'application/json': '{}' } });
  await client.putMethodResponse({
    ...own,
    statusCode: '200',
    responseParameters: { 'method.response.header.Access-Control-Allow-Origin': true },
  });
  await client.putIntegrationResponse({
    ...own,
    statusCode: '200',
    responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://old.example'" },
  });
  await client.putGatewayResponse({
    restApiId,
    responseType: 'DEFAULT_4XX',
    responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://old.example'" },
  });
  await client.createDeployment({ restApiId, stageName: 'prod' });
  return restApiId;
}

/** The lines that two readings of an API do not share. */
export function differences(one: LiveApi, other: LiveApi): readonly string[] {
  const [before, after] = [one, other].map(({ parts }) => parts.flatMap(({ document }) => document.split('\n')));
  return [
    ...(before ?? []).filter((line) => !after?.includes(line)).map((line) => `- ${line}`),
    ...(after ?? []).filter((line) => !before?.includes(line)).map((line) => `+ ${line}`),
  ];
}
