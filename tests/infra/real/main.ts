// `.ci/infra`: what `generate` writes, given to the tools that it is for, and `enable` on a REST API that runs.

import { checkCdk } from './cdk.js';
import { checkEnable } from './enable.js';
import { startLocalStack } from './localstack.js';
import { checkMocks } from './mocks.js';
import { checkRecipes } from './recipes.js';
import { tooFew } from './samples.js';
import { checkServerless } from './serverless.js';
import { makeTally } from './tally.js';
import { checkTemplates } from './templates.js';
import { checkTerraform } from './terraform.js';
import { run, toolsIn } from './tools.js';
import { checkTranslated } from './translated.js';
import { checkVelocity } from './velocity.js';

/** @param folder Where .ci/infra has put the tools. */
export async function main(folder: string): Promise<boolean> {
  const tools = toolsIn(folder);
  const tally = makeTally();
  tally.check('every target can express several of the policies', tooFew());
  await checkTerraform(tally, tools);
  await checkServerless(tally, tools);
  await checkRecipes(tally, tools);
  const templates = await checkCdk(tally, tools);
  if (await runs('java', '-version')) await checkVelocity(tally, tools);
  else console.log('Apache Velocity is left out: there is no Java here, or no Maven');
  if (await runs(tools.python, '--version')) {
    const definitions = await checkTemplates(tally, tools);
    await checkTranslated(tally, tools);
    const localStack = await startLocalStack(tools.python);
    try {
      await checkMocks(tally, localStack, { templates, definitions });
      await checkEnable(tally, localStack);
    } finally {
      await localStack.stop();
    }
  } else {
    console.log("cfn-lint, SAM's translator and LocalStack are left out: there is no Python 3.13 here");
  }
  return tally.finish();
}

async function runs(command: string, argument: string): Promise<boolean> {
  return (await run(command, [argument])).ok;
}
