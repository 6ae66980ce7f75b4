import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

it.each([
  [['--help'], 0, /^$/],
  [['--hlep'], 2, /^Unknown option '--hlep'/],
  [['--only', 'spede'], 2, /^--only: "spede"; the parts are /],
  [['--only', 'constructor'], 2, /^--only: "constructor"; the parts are /],
  [['--node', 'nonsense'], 2, /^--node: "nonsense"; write major versions, such as 24,22/],
  [['--node', '24,'], 2, /^--node: ""; write /],
] as const)('npm run bench -- %j tells how it is used, in a few lines', (args, status, says) => {
  const ran = spawnSync(process.execPath, ['bench/run.js', ...args], { cwd: root, encoding: 'utf8' });
  expect([ran.status, ran.stdout + ran.stderr]).toEqual([status, expect.stringContaining('--quick')]);
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr).not.toMatch(/\n {4}at /);
});

it('bench/report.js without the results of a run says how to get them', () => {
  const ran = spawnSync(process.execPath, ['bench/report.js', 'nowhere.json'], { cwd: root, encoding: 'utf8' });
  expect(ran.status).toBe(2);
  expect(ran.stderr).toMatch(/nowhere\.json.*\n\n.*npm run bench/);
  expect(ran.stderr).not.toMatch(/\n {4}at /);
});
