// Where a Chromium may be.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { Candidate, Found } from './browser.js';

/** `CHROMIUM_PATH`, the npm package `@sparticuz/chromium` and the system's Chromium. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'CHROMIUM_PATH', find: () => (process.env.CHROMIUM_PATH ? { path: process.env.CHROMIUM_PATH } : undefined) },
  { name: '@sparticuz/chromium', find: fromPackage },
  { name: 'system', find: () => SYSTEM.filter((path) => existsSync(path)).map((path) => ({ path }))[0] },
];

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Unpacks the package once per version, into a folder that later runs find. */
function fromPackage(): Found | undefined {
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  } catch {
    return undefined;
  }
  const bin = join(dirname(main), '../../bin');
  const version = readFileSync(join(bin, '../package.json'));
  const folder = join(
    tmpdir(),
    `lambda-cors-chromium-${createHash('sha256').update(version).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(join(unfinished), { recursive: true });
    writeFileSync(join(unfinished, 'chromium'), unpacked(join(bin, 'chromium.br')), { mode: 0o755 });
    execFileSync('tar', ['-x', '-C', unfinished], { input: unpacked(join(bin, 'al2023.tar.br')) });
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another run was faster.
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return { path: join(folder, 'chromium'), libraries: join(folder, 'lib') };
}

function unpacked(file: string): Buffer {
  return brotliDecompressSync(readFileSync(file));
}
