/** serverless.yml, packaged with osls: the Serverless Framework as its community keeps it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CorsPolicy, compilePolicy } from '../../../src/index.js';
import { generate } from '../../../src/infra.js';
import { differ, gatewayResponsesOf, type Resources, sorted } from './differ.js';
import { type Sample, samplesOf } from './samples.js';
import type { Tally } from './tally.js';
import { titleOf } from './templates.js';
import { run, type Tools } from './tools.js';

export async function checkServerless(tally: Tally, { npm }: Tools): Promise<void> {
  // It takes some seconds for each, and JSON is YAML to it.
  const samples = samplesOf('serverless', 'serverless-http');
  for (const sample of samples.filter(({ format, name }) => format === 'yaml' || name === 'everyone')) {
    const { faults, template } = await packageService(npm, sample.text, [], sample.format);
    const made = template === undefined ? [] : faultsOf(sample, JSON.parse(template).Resources);
    tally.check(`${titleOf(sample)}: osls makes of it what the policy says`, [...made, ...faults]);
  }
}

/** Packages a service of notes. @returns What it deploys, and what it warns of, since it warns of what it does not know. */
export async function packageService(
  npm: string,
  text: string,
  args: readonly string[] = [],
  format = 'yaml',
): Promise<{ readonly template?: string; readonly faults: readonly string[] }> {
  const service = mkdtempSync(join(npm, 'serverless-'));
  try {
    writeFileSync(join(service, `serverless.${format === 'yaml' ? 'yml' : 'json'}`), text);
    mkdirSync(join(service, 'src'));
    for (const file of ['notes.js', 'src/notes.js']) {
      writeFileSync(join(service, file), 'exports.handler = async () => ({ statusCode: 200 });\n');
    }
    const env = {
      SLS_TELEMETRY_DISABLED: '1',
      SLS_NOTIFICATIONS_MODE: 'off',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    const osls = join(npm, 'node_modules/osls/bin/serverless.js');
    const { ok, stdout, stderr } = await run(process.execPath, [osls, 'package', ...args], { cwd: service, env });
    if (!ok) return { faults: [stdout, stderr] };
    return {
      template: readFileSync(join(service, '.serverless/cloudformation-template-update-stack.json'), 'utf8'),
      faults: `${stdout}${stderr}`.split('\n').filter((line) => /warning|invalid/i.test(line)),
    };
  } finally {
    rmSync(service, { recursive: true });
  }
}

function faultsOf({ target, policy }: Sample, resources: Resources): readonly string[] {
  const all = Object.values(resources);
  if (target === 'serverless-http') {
    const { Globals } = JSON.parse(generate(policy, 'sam-http', { format: 'json' }).text);
    const api = all.find(({ Type }) => Type === 'AWS::ApiGatewayV2::Api')?.Properties;
    const { AllowHeaders, ...cors } = api?.CorsConfiguration ?? {};
    const { AllowHeaders: headers = [], ...expected } = Globals.HttpApi.CorsConfiguration;
    return [...differ('AllowHeaders', AllowHeaders, headers), ...differ('CorsConfiguration', cors, expected)];
  }
  // The framework adds OPTIONS.
  const { allowMethods } = compilePolicy(policy as CorsPolicy);
  const methods = [...new Set([...(allowMethods as readonly string[]), 'OPTIONS'])];
  const expected: Resources = JSON.parse(
    generate(policy, 'cloudformation', { format: 'json', methods }).text,
  ).Resources;
  const options = all.find(({ Properties }) => Properties?.HttpMethod === 'OPTIONS')?.Properties;
  return [
    ...differ(
      'OPTIONS',
      sorted(options?.Integration.IntegrationResponses[0].ResponseParameters),
      sorted(expected.NotesOptions?.Properties.Integration.IntegrationResponses[0].ResponseParameters),
    ),
    ...differ('authorization', options?.AuthorizationType, 'NONE'),
    ...differ('gateway responses', gatewayResponsesOf(resources), gatewayResponsesOf(expected)),
  ];
}
