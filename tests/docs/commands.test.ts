/** Each command line of the documents: the command knows its options, package.json its scripts, the checkout its files. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../cli/command.js';
import { INLINE, LINES, wordsOf } from './command-lines.js';
import { root } from './pages.js';

const command = useCommand();

/** Programs of others, and what proves that they are called so. */
const OTHERS: Readonly<Record<string, string>> = {
  esbuild: 'tests/docs/recipes.test.ts runs it',
  cdk: '.ci/infra synthesizes what the page has',
  sam: 'scripts/test-sam.js builds the same template',
  serverless: '.ci/infra packages what the page has',
};

describe('is known:', () => {
  it.each([...LINES, ...INLINE])('$at, $line', async ({ line }) => {
    expect(await faultOf(wordsOf(line))).toBeUndefined();
  });
});

it('tells what is not known', async () => {
  expect(await faultOf(['npx', 'lambda-cors', 'explain', '--polcy', 'cors.json'])).toBe('explain has no --polcy');
  expect(await faultOf(['npx', 'lambda-cors', 'generate', 'pulumi'])).toBe('generate has no pulumi');
  expect(await faultOf(['npx', 'lambda-cors', 'explode'])).toBe('there is no lambda-cors explode');
  expect(await faultOf(['npm', 'run', 'nothing'])).toBe('there is no script nothing');
  expect(await faultOf(['node', 'bench/nothing.js'])).toBe('there is no bench/nothing.js');
  expect(await faultOf(['make'])).toBe('make is not known');
});

async function faultOf([program = '', ...args]: readonly string[]): Promise<string | undefined> {
  if (program === 'npx') return faultOf(args);
  if (program === 'lambda-cors') return faultOfOurs(args);
  if (program === 'npm') return faultOfNpm(args);
  const [file = ''] = program === 'node' ? args : [program];
  if (file.includes('/')) return existsSync(join(root, file)) ? undefined : `there is no ${file}`;
  return program in OTHERS ? undefined : `${program} is not known`;
}

async function faultOfOurs([name = '', ...args]: readonly string[]): Promise<string | undefined> {
  if (!(await helpOf()).includes(`\n  ${name} `)) return `there is no lambda-cors ${name}`;
  const help = await helpOf(name);
  const unknown = args.find((arg) => arg.startsWith('--') && !help.includes(` ${arg} `));
  if (unknown !== undefined) return `${name} has no ${unknown}`;
  return choicesOf(help).flatMap(([option, choices]) => {
    const value = option.startsWith('--') ? args[args.indexOf(option) + 1] : args[0];
    const isGiven = !option.startsWith('--') || args.includes(option);
    // In capitals, such as TARGET, it stands for one of the reader's.
    const isOne = value === undefined || /^[A-Z]+$/.test(value) || choices.includes(value);
    return isGiven && !isOne ? [`${name} has no ${value}`] : [];
  })[0];
}

const helps = new Map<string, Promise<string>>();

/** Of the command itself, or of one of its commands. */
function helpOf(name = ''): Promise<string> {
  const help = helps.get(name) ?? command.run(...[name, '--help'].filter(Boolean)).then(({ stdout }) => stdout);
  helps.set(name, help);
  return help;
}

/** The options, and the argument, of which the help lists the values. */
function choicesOf(help: string): readonly (readonly [option: string, choices: readonly string[]])[] {
  const entries = help.split(/\n(?= {2}\S)/).map((entry) => entry.replaceAll(/\s+/g, ' ').trim());
  return entries.flatMap((entry) => {
    const [, choices] = /\(choices: ([^)]+?)(?:, default: [^)]+)?\)/.exec(entry) ?? [];
    const [, option = ''] = /^(?:-\w, )?(\S+)/.exec(entry) ?? [];
    return choices === undefined ? [] : [[option, [...choices.matchAll(/"([^"]+)"/g)].map(([, each = '']) => each)]];
  });
}

function faultOfNpm([verb = '', ...args]: readonly string[]): string | undefined {
  const { name, scripts, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const script = verb === 'run' ? args[0] : verb;
  if (verb === 'ci') return undefined;
  if (verb !== 'install') return script !== undefined && script in scripts ? undefined : `there is no script ${script}`;
  const others = args.filter((arg) => !arg.startsWith('--') && arg !== name && !(arg in peerDependencies));
  return others.length === 0 ? undefined : `${others.join(' ')} is not needed`;
}
