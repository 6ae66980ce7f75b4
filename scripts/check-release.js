// `node scripts/check-release.js v0.2.0`: every place that names the version names this one, and the change log has its date.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const [tag = '', folder = '.'] = process.argv.slice(2);
const version = tag.replace(/^v/, '');
const read = (file) => readFileSync(resolve(folder, file), 'utf8');

const lockfile = JSON.parse(read('package-lock.json'));
const [{ entry }] = parse(read('.pre-commit-hooks.yaml'));
const NAMED = {
  'the tag': tag.startsWith('v') ? version : `${tag}, without a v`,
  'package.json': JSON.parse(read('package.json')).version,
  'package-lock.json': lockfile.version,
  'package-lock.json, packages': lockfile.packages[''].version,
  'action.yml': parse(read('action.yml')).inputs.version.default,
  '.pre-commit-hooks.yaml': /lambda-cors@(\S+)/.exec(entry)?.[1],
};
const faults = Object.entries(NAMED)
  .filter(([, named]) => named !== version)
  .map(([where, named]) => `${where} has ${named}, not ${version}`);

const heading = `## [${version}] - `;
const line = read('CHANGELOG.md')
  .split('\n')
  .find((each) => each.startsWith(heading));
if (line === undefined) faults.push(`CHANGELOG.md has no heading "${heading}<date>"`);
else if (!/^\d{4}-\d\d-\d\d$/.test(line.slice(heading.length)))
  faults.push(`CHANGELOG.md has no date: "${line}"; write "${heading}<year>-<month>-<day>"`);

// Everywhere at once: what is not there may be in a file that nobody has thought of.
const search = ['grep', '--no-index', '--exclude-standard', '-l', ['github.com', 'OWNER'].join('/')];
const placeholders = spawnSync('git', search, { cwd: folder, encoding: 'utf8' }).stdout.trim();
if (placeholders !== '')
  faults.push(`${placeholders.split('\n').join(', ')} have OWNER; write the account of the repository`);

for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
