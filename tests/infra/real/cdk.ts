/** CDK code, compiled and synthesized with aws-cdk-lib. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '../../../src/infra.js';
import { differ, gatewayResponsesOf, type Resources } from './differ.js';
import { type Sample, samplesOf } from './samples.js';
import type { Tally } from './tally.js';
import { titleOf } from './templates.js';
import { ROOT, run, type Tools } from './tools.js';

/** @returns Templates of the REST APIs, for LocalStack. */
export async function checkCdk(tally: Tally, { npm }: Tools): Promise<readonly (readonly [Sample, string])[]> {
  // Where the compiler finds aws-cdk-lib.
  const folder = mkdtempSync(join(npm, 'cdk-'));
  try {
    const samples = samplesOf('cdk', 'cdk-http');
    for (const { target, name, text } of samples) {
      const app = join(folder, `${target}-${name}`);
      mkdirSync(app);
      writeFileSync(join(app, 'cors.ts'), text);
      writeFileSync(join(app, 'app.ts'), target === 'cdk' ? restApp(text) : HTTP_APP);
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    const compiled = await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);
    tally.check('cdk, cdk-http: the code compiles', compiled.ok ? [] : [compiled.stdout, compiled.stderr]);

    const templates: (readonly [Sample, string])[] = [];
    for (const sample of samples) {
      const app = join(folder, `${sample.target}-${sample.name}`);
      const { ok, stderr } = await run(process.execPath, [join(app, 'app.js')], { cwd: app });
      const stacks = ok
        ? ['Plain', 'Guarded'].map((stack) => readFileSync(join(app, `out/${stack}.template.json`), 'utf8'))
        : [];
      const faults = stacks.flatMap((stack) => faultsOf(sample, JSON.parse(stack).Resources));
      tally.check(`${titleOf(sample)}: aws-cdk-lib makes of it what the policy says`, ok ? faults : [stderr]);
      if (sample.target === 'cdk' && stacks[0] !== undefined) templates.push([sample, withoutVersionCheck(stacks[0])]);
    }
    return templates;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TSCONFIG = {
  compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', skipLibCheck: true, types: [] },
  include: ['.'],
};

/** An API as it comes, and one whose methods all want a key and IAM, and whose bodies are all binary. */
function restApp(code: string): string {
  const errors = code.includes('addCorsToErrors');
  return `import { App, Stack } from 'aws-cdk-lib';
import { AuthorizationType, MockIntegration, RestApi, type RestApiProps, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { addCors${errors ? ', addCorsToErrors' : ''} } from './cors.js';

const app = new App({ outdir: 'out', analyticsReporting: false });
function stackOf(stack: Stack, props: RestApiProps): void {
  const api = new RestApi(stack, 'Api', { cloudWatchRole: false, ...props });
  const notes = api.root.addResource('notes');
  notes.addMethod('GET', new MockIntegration());
  addCors(notes);
  ${errors ? 'addCorsToErrors(api);' : ''}
}
stackOf(new Stack(app, 'Plain'), {});
const guarded = new Stack(app, 'Guarded');
const handler = Function.fromFunctionArn(guarded, 'Handler', 'arn:aws:lambda:us-east-1:000000000000:function:guard');
const authorizer = new TokenAuthorizer(guarded, 'Guard', { handler });
stackOf(guarded, {
  binaryMediaTypes: ['*/*'],
  defaultMethodOptions: { apiKeyRequired: true, authorizer, authorizationType: AuthorizationType.CUSTOM },
});
app.synth();
`;
}

const HTTP_APP = `import { App, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { corsPreflight } from './cors.js';

const app = new App({ outdir: 'out', analyticsReporting: false });
for (const name of ['Plain', 'Guarded']) new HttpApi(new Stack(app, name), 'Api', { corsPreflight });
app.synth();
`;

/** Compares with what the same policy is in CloudFormation, where nothing is compiled. */
function faultsOf({ target, policy }: Sample, resources: Resources): readonly string[] {
  const all = Object.values(resources);
  if (target === 'cdk-http') {
    const { Globals } = JSON.parse(generate(policy, 'sam-http', { format: 'json' }).text);
    const api = all.find(({ Type }) => Type === 'AWS::ApiGatewayV2::Api');
    return differ('CorsConfiguration', api?.Properties.CorsConfiguration, Globals.HttpApi.CorsConfiguration);
  }
  const expected: Resources = JSON.parse(generate(policy, 'cloudformation', { format: 'json' }).text).Resources;
  const options = all.find(({ Properties }) => Properties?.HttpMethod === 'OPTIONS')?.Properties;
  const wanted = expected.NotesOptions?.Properties;
  const keys = ['AuthorizationType', 'AuthorizerId', 'ApiKeyRequired', 'Integration', 'MethodResponses'];
  return [
    ...keys.flatMap((key) => differ(key, trimmed(options?.[key]), trimmed(wanted?.[key]))),
    ...differ('gateway responses', gatewayResponsesOf(resources), gatewayResponsesOf(expected)),
  ];
}

/** Without the line break at the end of a template. */
function trimmed(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'string' ? each.trimEnd() : each));
}

/** CDK's parameter for a version of its bootstrap stack, which is not here, and a rule about it. */
function withoutVersionCheck(template: string): string {
  const { Parameters, Rules, Outputs, ...rest } = JSON.parse(template);
  return JSON.stringify(rest);
}
