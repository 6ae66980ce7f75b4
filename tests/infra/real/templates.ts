/** cfn-lint and SAM's own translator on all that they know. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { generate } from '../../../src/infra.js';
import { differ, type Properties, sorted } from './differ.js';
import { type Sample, samplesOf } from './samples.js';
import type { Tally } from './tally.js';
import { ROOT, run, type Tools } from './tools.js';

interface Written {
  readonly sample: Sample;
  readonly path: string;
  /** Whether SAM has to compile it before it is what CloudFormation gets. */
  readonly sam: boolean;
}

/** @returns What SAM's translator has made of the REST APIs: definitions, as JSON. */
export async function checkTemplates(tally: Tally, tools: Tools): Promise<readonly (readonly [Sample, string])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-templates-'));
  try {
    const templates = [
      ...samplesOf('sam', 'sam-http', 'function-url', 'cloudformation'),
      ...samplesOf('openapi', 'openapi-http'),
    ];
    const written = templates.map((sample) => write(folder, sample));
    const findings = await lint(tools, written);
    for (const { sample, path } of written) {
      tally.check(
        `${titleOf(sample)}: cfn-lint finds nothing`,
        findings.filter((each) => each.startsWith(path)),
      );
    }
    const compiled = await compile(
      tools,
      written.filter(({ sam }) => sam),
    );
    const definitions: (readonly [Sample, string])[] = [];
    for (const [{ sample, path }, template] of compiled) {
      tally.check(`${titleOf(sample)}: SAM's translator keeps what the policy says`, faultsOf(sample, template, path));
      const body = bodyOf(template);
      if (sample.target === 'sam' && body !== undefined) definitions.push([sample, withoutFunctions(body)]);
    }
    return definitions;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function titleOf({ target, name, format }: Sample): string {
  return `${target}, ${name}, ${format}`;
}

/** A definition is not a template: it becomes the body of an API. */
function write(folder: string, sample: Sample): Written {
  const { target, name, format, text } = sample;
  const path = join(folder, `${target}-${name}.${format}`);
  const definition = target.startsWith('openapi');
  const type = target === 'openapi' ? 'Api' : 'HttpApi';
  const template = {
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Api: {
        Type: `AWS::Serverless::${type}`,
        Properties: { StageName: 'prod', DefinitionBody: definition && parse(text) },
      },
    },
  };
  writeFileSync(path, definition ? JSON.stringify(template) : text);
  return { sample, path, sam: target !== 'cloudformation' };
}

async function lint({ cfnLint }: Tools, written: readonly Written[]): Promise<readonly string[]> {
  const args = ['--include-checks', 'I', '--format', 'parseable', '--', ...written.map(({ path }) => path)];
  const { ok, stdout, stderr } = await run(cfnLint, args);
  const lines = stdout.split('\n').filter(Boolean);
  // It fails with its findings, or without any of its own.
  if (!ok && lines.length === 0) throw new Error(stderr);
  return lines;
}

type Template = {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
};

async function compile(
  { python }: Tools,
  written: readonly Written[],
): Promise<readonly (readonly [Written, Template])[]> {
  const paths = written.map(({ path }) => path);
  const { ok, stdout, stderr } = await run(python, [join(ROOT, 'tests/templates/compile.py'), ...paths]);
  if (!ok) throw new Error(stderr);
  const lines = stdout.trim().split('\n');
  return written.map((each, at) => [each, JSON.parse(lines[at] as string) as Template]);
}

function resource(template: Template, type: string): Properties | undefined {
  return Object.values(template.Resources).find(({ Type }) => Type === type)?.Properties;
}

function bodyOf(template: Template): Properties | undefined {
  return (resource(template, 'AWS::ApiGateway::RestApi') ?? resource(template, 'AWS::ApiGatewayV2::Api'))?.Body;
}

/** Compares with what the same policy is in OpenAPI, where nothing is compiled. */
function faultsOf({ target, policy }: Sample, template: Template, path: string): readonly string[] {
  const http = target === 'sam-http' || target === 'openapi-http';
  const body = bodyOf(template);
  if (target === 'function-url') {
    const before = parse(generate(policy, target, { format: 'json' }).text).Resources.Notes.Properties.FunctionUrlConfig
      .Cors;
    return differ('Cors', resource(template, 'AWS::Lambda::Url')?.Cors, before);
  }
  if (body === undefined) return [`${path}: there is no API`];
  const expected = parse(generate(policy, http ? 'openapi-http' : 'openapi', { format: 'json' }).text);
  if (http) return differ('CORS', body['x-amazon-apigateway-cors'], expected['x-amazon-apigateway-cors']);
  const [options, wanted] = [body.paths['/notes'].options, expected.paths['/notes'].options];
  const integration = 'x-amazon-apigateway-integration';
  const responses = 'x-amazon-apigateway-gateway-responses';
  return [
    ...differ('OPTIONS', mapped(options[integration]), mapped(wanted[integration])),
    ...differ('security of OPTIONS', options.security ?? [], []),
    ...differ('gateway responses', parametersOf(body[responses]), parametersOf(expected[responses])),
  ];
}

function mapped(integration: Properties): unknown {
  return integration.responses.default.responseParameters;
}

function parametersOf(responses: Properties | undefined): unknown {
  const lines = Object.entries(responses ?? {});
  return lines.map(([type, { responseParameters }]) => `${type} ${JSON.stringify(sorted(responseParameters))}`).sort();
}

/** The definition as CloudFormation would give it to API Gateway: placeholders filled in. */
function withoutFunctions(body: Properties): string {
  return JSON.stringify(body, (_, value) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('Ref' in value) return 'notes';
    return 'Fn::Sub' in value ? INVOCATIONS : value;
  });
}

const INVOCATIONS =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:notes/invocations';
