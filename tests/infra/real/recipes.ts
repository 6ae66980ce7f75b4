/** The recipes for CDK and the Serverless Framework, and services to migrate: what these tools make of them, judged as a browser judges. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../docs/blocks.js';
import { apiPart, PACKAGED, packagedOf } from '../../docs/migrating/packaged.js';
import { policyOf, recipeFaults } from '../../docs/recipe-faults.js';
import { differ } from './differ.js';
import { packageService } from './serverless.js';
import type { Tally } from './tally.js';
import { ROOT, run, type Tools } from './tools.js';

const CDK = 'docs/recipes/cdk.md';
const MIGRATING = 'docs/migrating.md';
const SERVERLESS = 'docs/recipes/serverless.md';

export async function checkRecipes(tally: Tally, tools: Tools): Promise<void> {
  await checkCdkRecipes(tally, tools);
  await checkServerlessRecipes(tally, tools);
  await checkMigratedServices(tally, tools);
}

async function checkCdkRecipes(tally: Tally, { npm }: Tools): Promise<void> {
  // Where the compiler finds aws-cdk-lib.
  const folder = mkdtempSync(join(npm, 'recipes-'));
  try {
    for (const { file, text } of blocksOf(CDK)) {
      if (file?.endsWith('.ts')) writeFileSync(join(folder, file), text);
    }
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/notes.ts'), 'export const handler = async () => ({ statusCode: 200 });\n');
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    writeFileSync(join(folder, 'app.ts'), CDK_APP);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    const compiled = await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);
    tally.check(`${CDK}: the code compiles`, compiled.ok ? [] : [compiled.stdout, compiled.stderr]);
    const { ok, stderr } = await run(process.execPath, ['app.js'], { cwd: folder });
    for (const stack of ['Rest', 'Mock', 'Http', 'HttpCors', 'Url']) {
      const faults = ok ? recipeFaults(read(folder, `out/${stack}.template.json`), policyOf(CDK)) : [stderr];
      tally.check(`${CDK}: the page can read everything of ${stack}, others nothing`, faults);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const TSCONFIG = {
  compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', skipLibCheck: true, types: [] },
  files: ['app.ts'],
};

/** Without bundling, which needs the package itself. */
const CDK_APP = `import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { corsPreflight } from './cors-preflight.js';
import { HttpStack } from './http-stack.js';
import { MockStack } from './mock-stack.js';
import { RestStack } from './rest-stack.js';
import { UrlStack } from './url-stack.js';

const app = new App({ outdir: 'out', analyticsReporting: false, context: { 'aws:cdk:bundling-stacks': [] } });
const userPool = new UserPool(new Stack(app, 'Users'), 'Users');
new RestStack(app, 'Rest', { userPool });
new MockStack(app, 'Mock');
new HttpStack(app, 'Http', { userPool });
new UrlStack(app, 'Url');
const stack = new Stack(app, 'HttpCors');
const handler = Function.fromFunctionArn(stack, 'Notes', 'arn:aws:lambda:us-east-1:000000000000:function:notes');
new HttpApi(stack, 'Api', { corsPreflight }).addRoutes({
  path: '/notes',
  methods: [HttpMethod.GET],
  integration: new HttpLambdaIntegration('Integration', handler),
});
app.synth();
`;

async function checkServerlessRecipes(tally: Tally, { npm }: Tools): Promise<void> {
  const services = blocksOf(SERVERLESS).filter(({ file }) => file?.endsWith('.yml'));
  tally.check(`${SERVERLESS} has services`, services.length > 3 ? [] : ['there are too few']);
  for (const { file, text } of services) {
    const params = [...text.matchAll(/\$\{param:(\w+)\}/g)].map(([, name = '']) => `--param=${name}=${PARAMS[name]}`);
    const { faults, template } = await packageService(npm, text, params);
    tally.check(`${SERVERLESS}, ${file}: the page can read everything, others nothing`, [
      ...faults,
      ...(template === undefined ? [] : recipeFaults(template, policyOf(SERVERLESS))),
    ]);
  }
}

/** The files that stand for what the framework makes of the services there. */
async function checkMigratedServices(tally: Tally, { npm }: Tools): Promise<void> {
  const services = blocksOf(MIGRATING).filter(({ file }) => file?.endsWith('.yml'));
  tally.check(`${MIGRATING} has services`, services.length > 1 ? [] : ['there are too few']);
  for (const { file = '', text } of services) {
    const { faults, template } = await packageService(npm, text);
    const made = template === undefined ? [] : differ(file, apiPart(template), JSON.parse(packagedOf(file)));
    tally.check(`${MIGRATING}, ${file}: osls makes of it what is in ${PACKAGED}`, [...faults, ...made]);
  }
}

const PARAMS: Readonly<Record<string, string>> = {
  userPoolArn: 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_a1b2c3d4e',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_a1b2c3d4e',
  audience: 'notes',
};

function read(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}
