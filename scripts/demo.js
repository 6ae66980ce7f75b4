// `npm run demo`: the example API, bundled and with a table as it would be deployed, is sent what browsers send, in
// the events of every source, and every answer is held against the policy. Ends with status 1 if one differs.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { converse } from './demo/converse.js';
import { deploy } from './demo/deployment.js';
import { ALLOWED_ORIGINS } from './demo/exchanges.js';
import { faultLines, fullTable, shortTable } from './demo/report.js';
import { sources } from './demo/sources.js';

// The example imports lambda-cors from dist/, as a user does; built now, it is what src/ says.
execFileSync(process.execPath, [fileURLToPath(new URL('build.js', import.meta.url))], { stdio: 'inherit' });

const { api, middy, endpoint, stop } = await deploy({ ALLOWED_ORIGINS });
try {
  const throughApi = await conversations(api);
  const throughMiddy = await conversations(middy);

  console.log(`examples/sam, bundled as SAM does it, with its table in dynalite at ${endpoint}.

The policy: origins ${ALLOWED_ORIGINS}; methods GET,POST,DELETE;
headers Content-Type; exposed Location,Retry-After; max-age 600. Requests come from https://app.example,
those of a refused origin from https://evil.example.

withCors(serveNotes, policy)
`);
  console.log(fullTable(throughApi));
  console.log(`
ACAO, ACAM, ACAH: Access-Control-Allow-Origin, -Methods, -Headers; ACEH: -Expose-Headers; ACMA: -Max-Age;
ACRM, ACRH: Access-Control-Request-Method, -Headers. ✓: the status, all of these with their values, the body
and the log are right; the log, which has what /fail throws, is not shown.

middy().use(cors(policy)), the same requests
`);
  console.log(shortTable(throughMiddy));

  const rows = [...throughApi, ...throughMiddy].flatMap((conversation) => conversation.rows);
  const right = rows.filter(({ faults }) => faults.length === 0).length;
  const faults = [...faultLines('withCors', throughApi), ...faultLines('Middy', throughMiddy)];
  console.log(['', ...faults, `${right} of ${rows.length} answers were as the policy says.`].join('\n'));
  process.exitCode = right === rows.length ? 0 : 1;
} finally {
  await stop();
}

async function conversations(handler) {
  const all = [];
  for (const source of sources) all.push({ source, rows: await converse(handler, source) });
  return all;
}
