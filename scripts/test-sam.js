// `npm run test:sam`: builds template.yaml, runs its functions in containers, as Lambda does, and compares their answers
// with the policy: to every event in examples/sam/events, and to what pages ask the local REST and HTTP API. With
// `-- --offline` it does not pull the image, which must exist.
import { execFileSync } from 'node:child_process';
import { arch } from 'node:os';
import { fileURLToPath } from 'node:url';
import { samEnvironment } from './sam/environment.js';
import { ALLOWED_ORIGINS, EVENTS, untriedEvents } from './sam/events.js';
import { invokeFaults } from './sam/invoke.js';
import { withoutFunction } from './sam/one-api.js';
import { PAGES } from './sam/pages.js';
import { probeFaults } from './sam/probe.js';
import { run } from './sam/run.js';
import { startApi } from './sam/start-api.js';
import { startTable } from './sam/table.js';
import { makeTally } from './sam/tally.js';
import { missingTools } from './sam/tools.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const missing = await missingTools();
if (missing.length > 0) {
  console.error(missing.join('\n\n'));
  process.exit(1);
}

// The example imports lambda-cors from dist/, as users do, so dist/ is built from src/ first.
execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });

const tally = makeTally();
const table = await startTable();
const env = samEnvironment({ AWS_ENDPOINT_URL_DYNAMODB: `http://host.docker.internal:${table.port}` });
const options = [
  '--parameter-overrides',
  // Not the template's arm64 on every machine, because emulation is slow and must be set up.
  `Architecture=${arch() === 'arm64' ? 'arm64' : 'x86_64'}`,
  `AllowedOrigins=${ALLOWED_ORIGINS}`,
  '--add-host',
  'host.docker.internal:host-gateway',
  ...(process.argv.includes('--offline') ? ['--skip-pull-image'] : []),
];

try {
  await checkCommand('sam build', ['build']);
  await checkCommand('sam validate --lint', ['validate', '--lint']);
  tally.check('every file in examples/sam/events is tried', untriedEvents());
  for (const each of EVENTS) {
    tally.check(`sam local invoke ${each.functionName}, ${each.event}`, await invokeFaults(each, options, env));
  }
  await checkApi('REST API', 'NotesMiddy');
  await checkApi('HTTP API', 'NotesApi');
} finally {
  await table.stop();
}
tally.finish();

async function checkCommand(title, args) {
  const { ok, stdout, stderr } = await run('sam', args, { env });
  tally.check(title, ok ? [] : [stdout + stderr]);
}

async function checkApi(title, otherFunction) {
  const api = await startApi(withoutFunction(otherFunction), options, env);
  try {
    for (const page of PAGES) {
      tally.check(`sam local start-api, ${title}, ${page.title}`, await probeFaults(api.url, page));
    }
  } finally {
    await api.stop();
  }
}
