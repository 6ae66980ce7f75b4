import { run } from './run.js';

/** How the report of `lambda-cors probe` differs from the expected one. */
export async function probeFaults(url, { path, origin = 'https://app.example.com', options = [], verdict }) {
  const args = ['dist/cli.js', 'probe', `${url}${path}`, '--origin', origin, '--json', ...options];
  const { ok, stdout, stderr } = await run(process.execPath, args);
  if (stdout === '') return [stderr];
  const report = JSON.parse(stdout);
  const got = report.verdict.allowed ? report.verdict.status : report.verdict.reason;
  return [
    ...(got === verdict ? [] : [`the browser's verdict is ${got}, not ${verdict}`]),
    ...(ok === report.allowed ? [] : ['the exit status says something else than the report']),
  ];
}
