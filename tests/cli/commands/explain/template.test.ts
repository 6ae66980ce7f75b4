import { beforeAll, describe, expect, it } from 'vitest';
import { useCommand } from '../../command.js';

const command = useCommand();

const BODY = `openapi: 3.0.1
paths:
  /notes:
    get: { x-amazon-apigateway-integration: { type: aws, uri: x, responses: { default: { statusCode: "200" } } }, responses: { "200": {} } }
`;

beforeAll(() => {
  command.write(
    'app/template.yaml',
    `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Cors: "'*'"
      Auth: { DefaultAuthorizer: T, Authorizers: { T: { FunctionArn: x } } }
  Notes:
    Type: AWS::Serverless::Function
    Properties: { Events: { Put: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /notes, Method: put } } } }
`,
  );
  command.write(
    'app/http.json',
    JSON.stringify({
      Resources: {
        Notes: { Type: 'AWS::Serverless::Function', Properties: { Events: { All: { Type: 'HttpApi' } } } },
      },
    }),
  );
  command.write(
    'app/include.yaml',
    'Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { BodyS3Location: ../openapi.yaml } } }\n',
  );
  command.write('openapi.yaml', BODY);
  command.write('nothing.yaml', 'Resources: { Table: { Type: AWS::DynamoDB::Table } }\n');
  command.write('broken.yaml', 'a: b: c\n');
  command.write('policy.json', '{ "allowOrigins": ["https://app.test"], "allowMethods": ["GET"] }');
});

const EXPLAIN = ['explain', '--origin', 'https://app.test', '--template'] as const;

describe('explain --template', () => {
  it('says of each route what CORS is needed for and what a page could read, and why not', async () => {
    const { status, stdout, stderr } = await command.run(...EXPLAIN, 'app/template.yaml');
    expect([status, stderr]).toEqual([1, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('REST API Api, app/template.yaml:2');
    const row = lines.find((line) => line.includes('/notes'));
    expect(row?.split('│').map((cell) => cell.trim())).toEqual([
      ...['', 'PUT', '/notes', 'preflight and response', 'no', 'unknown', 'no', 'no', ''],
    ]);
    expect(stdout).toContain(
      "no: the gateway itself answers 401 UNAUTHORIZED. Response to preflight request doesn't pass access control check",
    );
    expect(stdout).toContain('The page sends authorization to PUT /notes.\n');
    expect(stdout).toContain('withCors settles in Notes:\n  export const handler = withCors(handle, policy)');
  });

  it('says what the policy makes of what only the function knows', async () => {
    const { status, stdout } = await command.run(...EXPLAIN, 'app/http.json', '--policy', 'policy.json');
    expect(status).toBe(1);
    expect(stdout).toContain('HTTP API ServerlessHttpApi, app/http.json:1');
    expect(stdout).toContain(
      'with policy.json in withCors: no: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.',
    );
    expect(stdout).toMatch(/│ no, with the policy +│ yes, with the policy/);
  });

  it('follows what the template includes, below --root only', async () => {
    const below = await command.run(...EXPLAIN, 'app/include.yaml', '--root', '.', '--json');
    expect(below.status).toBe(1);
    expect(JSON.parse(below.stdout)).toMatchObject({
      origin: 'https://app.test',
      apis: [
        {
          api: 'Api',
          kind: 'rest',
          file: 'app/include.yaml',
          line: 1,
          gaps: [],
          routes: [
            {
              method: 'GET',
              path: '/notes',
              file: 'openapi.yaml',
              line: 4,
              needs: 'response',
              preflight: { outcome: 'not asked' },
              response: { outcome: 'no', reason: 'MissingAllowOriginHeader' },
            },
          ],
        },
      ],
    });
    const outside = await command.run(...EXPLAIN, 'app/include.yaml');
    expect(outside.status).toBe(0);
    expect(outside.stdout).toContain('Not read: "../openapi.yaml" is outside of the root');
  });

  it.each<readonly [args: readonly string[], says: string]>([
    [[...EXPLAIN, 'missing.yaml'], 'missing.yaml does not exist'],
    [[...EXPLAIN, 'app'], 'app is a folder'],
    [[...EXPLAIN, 'broken.yaml'], 'broken.yaml:1:'],
    [[...EXPLAIN, 'policy.json'], 'policy.json: neither a CloudFormation or SAM template'],
    [[...EXPLAIN, 'nothing.yaml'], 'nothing.yaml has no REST API, HTTP API or function URL'],
    [[...EXPLAIN, 'app/template.yaml', '--policy', 'missing.json'], 'missing.json does not exist'],
    [['explain', '--template', 'app/template.yaml'], '--origin is missing'],
  ])('%j is refused in one line, with exit status 2', async (args, says) => {
    const { status, stdout, stderr } = await command.run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('nothing in a template is obeyed by the terminal', async () => {
    command.write(
      'evil.yaml',
      'Resources: { "A\\e[31mpi": { Type: AWS::ApiGateway::RestApi, Properties: { Body: { openapi: 3.0.1, paths: { "/\\e]0;x\\a": { get: {} } } } } } }\n',
    );
    const { stdout } = await command.run(...EXPLAIN, 'evil.yaml');
    expect(stdout).toContain('\\u001b');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
