import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalStack } from './localstack.js';

/** Imports a definition and deploys it. @returns Where the stage answers. */
export async function deployDefinition({ rest, stageUrl }: LocalStack, text: string): Promise<string> {
  const { id } = (await rest('POST', '/restapis?mode=import', text)) as { readonly id: string };
  await rest('POST', `/restapis/${id}/deployments`, { stageName: 'prod' });
  return stageUrl(id, 'prod');
}

let stacks = 0;

/** Makes a stack of a template with one REST API and the stage `prod`. @returns Where the stage answers. */
export async function deployTemplate({ cloudFormation, stageUrl }: LocalStack, text: string): Promise<string> {
  stacks += 1;
  const StackName = `stack-${stacks}`;
  await cloudFormation('CreateStack', {
    StackName,
    TemplateBody: text,
    ...(text.includes('FunctionArn') && {
      'Parameters.member.1.ParameterKey': 'FunctionArn',
      'Parameters.member.1.ParameterValue': 'arn:aws:lambda:us-east-1:000000000000:function:notes',
    }),
  });
  for (let tries = 0; ; tries += 1) {
    const status = /<StackStatus>([^<]*)/.exec(await cloudFormation('DescribeStacks', { StackName }))?.[1];
    if (status === 'CREATE_COMPLETE') break;
    if (status !== 'CREATE_IN_PROGRESS' || tries > 120) throw new Error(`the stack is ${status}`);
    await sleep(250);
  }
  const resources = await cloudFormation('DescribeStackResources', { StackName });
  const members = resources.split('<member>');
  const api = members.find((member) => member.includes('<ResourceType>AWS::ApiGateway::RestApi<'));
  const id = /<PhysicalResourceId>([^<]*)/.exec(api ?? '')?.[1];
  if (id === undefined) throw new Error('the stack has no REST API');
  return stageUrl(id, 'prod');
}
