// `npm run test:templates`: runs cfn-lint and SAM's own translator on template.yaml and on every template in the docs,
// and checks the compiled template.yaml.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templatesInDocuments } from '../tests/templates/markdown.js';
import { rootTemplateChecks } from '../tests/templates/root-template.js';
import { toolsFault } from '../tests/templates/tools.js';
import { run } from './sam/run.js';
import { makeTally } from './sam/tally.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const fault = toolsFault(
  await run('cfn-lint', ['--version']),
  await run('python3', ['-c', 'import cfnlint, samtranslator']),
);
if (fault !== undefined) {
  console.error(`${fault}. To install both:
  python3 -m venv .venv && .venv/bin/pip install aws-sam-cli 'cfn-lint>=1.58'
  PATH="$PWD/.venv/bin:$PATH" npm run test:templates`);
  process.exit(1);
}

const tally = makeTally();
const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-templates-'));
try {
  const root = await checkTemplate('template.yaml', 'template.yaml');
  for (const { title, faults } of root === undefined ? [] : rootTemplateChecks(root)) {
    tally.check(`template.yaml: ${title}`, faults);
  }
  for (const [at, { title, yaml }] of templatesInDocuments().entries()) {
    const path = join(folder, `${at}.yaml`);
    writeFileSync(path, yaml);
    await checkTemplate(title, path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
tally.finish();

/** The compiled template; `undefined` if it does not compile. */
async function checkTemplate(title, path) {
  const lint = await run('cfn-lint', ['--include-checks', 'I', '--template', path]);
  tally.check(`${title}: cfn-lint reports nothing`, lint.ok ? [] : [lint.stdout || lint.stderr]);
  const compiled = await run('python3', ['tests/templates/compile.py', path]);
  tally.check(`${title}: SAM compiles it`, compiled.ok ? [] : [compiled.stderr]);
  return compiled.ok ? JSON.parse(compiled.stdout) : undefined;
}
