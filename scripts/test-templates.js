// `npm run test:templates`: cfn-lint and SAM's own translator on template.yaml and on every template in the documents,
// and what the compiled template.yaml must be.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templatesInDocuments } from '../tests/templates/markdown.js';
import { rootTemplateChecks } from '../tests/templates/root-template.js';
import { run } from './sam/run.js';
import { makeTally } from './sam/tally.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const tools = await Promise.all([
  run('cfn-lint', ['--version']),
  run('python3', ['-c', 'import cfnlint, samtranslator']),
]);
if (!tools.every(({ ok }) => ok)) {
  console.error(`cfn-lint is missing, or python3 lacks it or aws-sam-translator. This gets them:
  python3 -m venv .venv && .venv/bin/pip install aws-sam-cli
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

/** What the template is compiled to, if it is. */
async function checkTemplate(title, path) {
  const lint = await run('cfn-lint', ['--include-checks', 'I', '--template', path]);
  tally.check(`${title}: cfn-lint finds nothing`, lint.ok ? [] : [lint.stdout || lint.stderr]);
  const compiled = await run('python3', ['tests/templates/compile.py', path]);
  tally.check(`${title}: SAM compiles it`, compiled.ok ? [] : [compiled.stderr]);
  return compiled.ok ? JSON.parse(compiled.stdout) : undefined;
}
