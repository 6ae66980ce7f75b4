// The Node.js versions that Lambda runs, from the npm package `node`, in a folder that git does not see.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../node_modules/.cache/lambda-cors-node/', import.meta.url));

/** The program of a major version, installed when it is not there yet. */
export function nodeOf(major) {
  if (process.versions.node.startsWith(`${major}.`)) return described(major, process.execPath);
  const folder = `${cache}${major}/`;
  const program = `${folder}node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
  if (!existsSync(program)) install(major, folder);
  return described(major, program);
}

function install(major, folder) {
  console.error(`installing Node.js ${major} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  // So that npm installs here, and not into the project around it.
  writeFileSync(`${folder}package.json`, '{ "private": true }\n');
  const options = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error'];
  try {
    execFileSync('npm', ['install', ...options, `node@${major}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch {
    rmSync(folder, { recursive: true });
    throw new Error(`Node.js ${major} cannot be installed: npm has no package node@${major}, or does not answer`);
  }
}

function described(major, program) {
  const script = 'JSON.stringify({ version: process.version, v8: process.versions.v8.split("-")[0] })';
  return { major, program, ...JSON.parse(execFileSync(program, ['-p', script], { encoding: 'utf8' })) };
}
