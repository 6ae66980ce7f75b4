/** Terraform's JSON, read by HashiCorp's own parser as @cdktf/hcl2json has it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplesOf } from './samples.js';
import type { Tally } from './tally.js';
import { titleOf } from './templates.js';
import type { Tools } from './tools.js';

interface Reader {
  convertFiles(folder: string): Promise<Module | undefined>;
  getReferencesInExpression(file: string, expression: string): Promise<readonly { readonly value: string }[]>;
}

interface Module {
  readonly variable: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export async function checkTerraform(tally: Tally, { npm }: Tools): Promise<void> {
  const reader: Reader = createRequire(join(npm, 'package.json'))('@cdktf/hcl2json');
  for (const sample of samplesOf('terraform')) {
    const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-terraform-'));
    try {
      writeFileSync(join(folder, 'main.tf.json'), sample.text);
      const module = await reader.convertFiles(folder);
      tally.check(
        `${titleOf(sample)}: HCL's parser reads it, and what it refers to is there`,
        await faultsOf(reader, module),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

async function faultsOf(reader: Reader, module: Module | undefined): Promise<readonly string[]> {
  if (module?.resource === undefined || module.variable === undefined)
    return [`it is read as ${JSON.stringify(module)}`];
  const faults: string[] = [];
  const expressions = JSON.stringify(module).match(/\$\{(?:[^"\\}]|\\.)*\}/g) ?? [];
  if (expressions.length === 0) faults.push('there are no expressions in it');
  for (const text of new Set(expressions)) {
    const expression: string = JSON.parse(`"${text}"`);
    const references = await reader.getReferencesInExpression('main.tf', expression);
    for (const { value } of references) {
      const [first = '', second = ''] = value.split(/[.[]/);
      const known =
        first === 'each' || (first === 'var' ? second in module.variable : second in (module.resource[first] ?? {}));
      if (!known) faults.push(`${value} of ${expression} is not there`);
    }
  }
  return faults;
}
