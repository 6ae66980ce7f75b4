// `node scripts/check-release.js v0.2.0`: the tag is the version of the package, which the change log has with its date.
// That action.yml, the hook and the documentation name the same version is tested.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [tag, folder = '.'] = process.argv.slice(2);
const read = (file) => readFileSync(resolve(folder, file), 'utf8');
const { version } = JSON.parse(read('package.json'));
const faults = [];

if (tag !== `v${version}`) faults.push(`the tag is ${tag}, and package.json has ${version}; tag v${version}`);
if (JSON.parse(read('package-lock.json')).packages[''].version !== version)
  faults.push('package-lock.json has another version; run npm install');
if (!new RegExp(`^## \\[${version}\\] - \\d{4}-\\d\\d-\\d\\d$`, 'm').test(read('CHANGELOG.md')))
  faults.push(`CHANGELOG.md has no date; write "## [${version}] - <year>-<month>-<day>"`);

// Everywhere at once: it may be in a file that nobody has thought of.
const search = ['grep', '--no-index', '--exclude-standard', '-l', ['OWNER', 'lambda-cors'].join('/')];
const { stdout } = spawnSync('git', search, { cwd: folder, encoding: 'utf8' });
for (const file of stdout.split('\n').filter(Boolean))
  faults.push(`${file} has OWNER; write the account of the repository`);

for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
