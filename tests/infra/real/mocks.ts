/** REST APIs as they come out of `generate`, deployed to LocalStack and asked. */
import { faultsOf } from './ask.js';
import { deployDefinition, deployTemplate } from './deploy.js';
import type { LocalStack } from './localstack.js';
import { type Sample, samplesOf } from './samples.js';
import type { Tally } from './tally.js';

/** What other tools have compiled, each with its sample. */
export interface Compiled {
  readonly templates: readonly (readonly [sample: Sample, template: string])[];
  readonly definitions: readonly (readonly [sample: Sample, definition: string])[];
}

export async function checkMocks(
  tally: Tally,
  localStack: LocalStack,
  { templates, definitions }: Compiled,
): Promise<void> {
  for (const sample of samplesOf('openapi')) await check(sample, deployDefinition, sample.text);
  for (const sample of samplesOf('cloudformation')) await check(sample, deployTemplate, sample.text);
  for (const [sample, definition] of definitions) await check(sample, deployDefinition, definition);
  for (const [sample, template] of templates) await check(sample, deployTemplate, template);

  async function check(sample: Sample, deploy: typeof deployTemplate, text: string): Promise<void> {
    const title = `${sample.target}, ${sample.name}, ${sample.format}: LocalStack's mock answers by the policy`;
    try {
      tally.check(title, await faultsOf(`${await deploy(localStack, text)}/notes`, sample.policy));
    } catch (error) {
      tally.check(title, [String(error)]);
    }
  }
}
