// `npm run demo`: puts the example API, bundled and with a table as it would be deployed, behind a local gateway of every
// kind, and asks it over HTTP as browsers do. Compares every answer, and the browser's verdict, with the policy. Ends with
// status 1 if one differs.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ALLOWED_ORIGINS } from './demo/conversation.js';
import { converse } from './demo/converse.js';
import { deploy } from './demo/deployment.js';
import { faultLines, fullTable, shortTable } from './demo/report.js';
import { SOURCES } from './demo/sources.js';

// The example imports lambda-cors from dist/, as users do, so dist/ is built from src/ first.
execFileSync(process.execPath, [fileURLToPath(new URL('build.js', import.meta.url))], { stdio: 'inherit' });
const tools = { ...(await import('lambda-cors/gateway')), ...(await import('lambda-cors/browser')) };

const { exports, endpoint, stop } = await deploy(['notes-api', 'notes-middy'], { ALLOWED_ORIGINS });
try {
  const [throughApi, throughMiddy] = [await conversations(exports[0]), await conversations(exports[1])];

  console.log(`examples/sam, bundled as SAM does it, with its table in dynalite at ${endpoint},
behind lambda-cors/gateway on loopback, asked over HTTP by lambda-cors/browser.

The policy: origins ${ALLOWED_ORIGINS}; methods GET,POST,DELETE;
headers Content-Type; exposed Location,Retry-After; max-age 600. Requests come from https://app.example,
those of a refused origin from https://evil.example.

withCors(serveNotes, policy)
`);
  console.log(fullTable(throughApi));
  console.log(`
ACAO, ACAM, ACAH: Access-Control-Allow-Origin, -Methods, -Headers; ACEH: -Expose-Headers; ACMA: -Max-Age;
ACRM, ACRH: Access-Control-Request-Method, -Headers. ✓: the status, all of these with their values, the body,
the log and the browser's verdict are right; the log, which has what /fail throws, is not shown.

middy().use(cors(policy)), the same requests
`);
  console.log(shortTable(throughMiddy));

  const rows = [...throughApi, ...throughMiddy].flatMap((conversation) => conversation.rows);
  const right = rows.filter(({ faults }) => faults.length === 0).length;
  const faults = [...faultLines('withCors', throughApi), ...faultLines('Middy', throughMiddy)];
  console.log(['', ...faults, `${right} of ${rows.length} answers match the policy.`].join('\n'));
  process.exitCode = right === rows.length ? 0 : 1;
} finally {
  await stop();
}

async function conversations({ handler }) {
  const all = [];
  for (const [source, name] of Object.entries(SOURCES)) {
    all.push({ name, rows: await converse(handler, source, tools) });
  }
  return all;
}
