/** Every mapping template, rendered by the versions of Apache Velocity between which API Gateway's own stands. */
import { join } from 'node:path';
import { parse } from 'yaml';
import { generate } from '../../../src/infra.js';
import { samplesOf } from './samples.js';
import type { Tally } from './tally.js';
import { ROOT, run, type Tools } from './tools.js';

/** Header name, origin, query parameter `origin`; `-` is none. */
type Case = readonly [header: string, origin: string, query: string];

export async function checkVelocity(tally: Tally, { velocity }: Tools): Promise<void> {
  const templates = samplesOf('openapi').flatMap(({ policy, name, format }) => {
    if (format !== 'json') return [];
    const template = templateOf(generate(policy, 'openapi').text);
    const { allowOrigins } = policy;
    return template === undefined || !Array.isArray(allowOrigins)
      ? []
      : [{ name, template, origins: allowOrigins as readonly string[] }];
  });
  tally.check('there are mapping templates to render', templates.length > 0 ? [] : ['there is none']);
  for (const [version, jars] of Object.entries(velocity)) {
    for (const { name, template, origins } of templates) {
      const cases = casesOf(origins);
      const input = cases.map((each) => [Buffer.from(template).toString('base64'), ...each].join('\t')).join('\n');
      const java = ['-cp', join(jars, '*'), join(ROOT, 'tests/infra/real/velocity/Render.java')];
      const { ok, stdout, stderr } = await run('java', java, { input });
      const answers = stdout.split('\n');
      const faults = cases.flatMap(([header, origin, query], at) => {
        const expected = header !== 'ORIGIN' && origins.includes(origin) ? origin : '-';
        const got = answers[at];
        return got === expected ? [] : [`${header}: ${origin} ?origin=${query}: ${got}, not ${expected}`];
      });
      tally.check(`Velocity ${version}: the template of ${name} chooses the origin`, ok ? faults : [stderr]);
    }
  }
}

function templateOf(text: string): string | undefined {
  const integration = parse(text).paths['/notes'].options['x-amazon-apigateway-integration'];
  return integration.responses.default.responseTemplates?.['application/json'];
}

function casesOf(origins: readonly string[]): readonly Case[] {
  const [first = ''] = origins;
  const strangers = [
    'https://evil.example',
    `${first}.evil.example`,
    first.replace('.', 'x'),
    first.slice(0, -1),
    'null',
    '*',
  ];
  return ['Origin', 'origin', 'ORIGIN'].flatMap((header) =>
    [...origins, ...strangers, '-'].flatMap((origin) => ['-', first].map((query): Case => [header, origin, query])),
  );
}
