// Starts a real Chromium, from one of several places.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

export interface Started {
  readonly browser: Browser;
  /** Where it came from, and its version. */
  readonly name: string;
}

/** Why each candidate did not start, one line each. */
export interface NotStarted {
  readonly attempts: readonly string[];
}

/** Tries `CHROMIUM_PATH`, the npm package `@sparticuz/chromium` and the system's Chromium, in this order. */
export async function startChromium(hosts: string): Promise<Started | NotStarted> {
  const attempts: string[] = [];
  for (const { name, find } of CANDIDATES) {
    try {
      const found = find();
      if (found === undefined) {
        attempts.push(`${name}: not there`);
        continue;
      }
      const browser = await launch(found, hosts);
      return { browser, name: `Chromium ${browser.version()} (${name}: ${found.path})` };
    } catch (error) {
      attempts.push(`${name}: ${firstLines(error)}`);
    }
  }
  return { attempts };
}

interface Executable {
  readonly path: string;
  /** Libraries that a bare system does not have. */
  readonly libraries?: string;
}

const CANDIDATES: readonly { readonly name: string; find(): Executable | undefined }[] = [
  { name: 'CHROMIUM_PATH', find: () => (process.env.CHROMIUM_PATH ? { path: process.env.CHROMIUM_PATH } : undefined) },
  { name: '@sparticuz/chromium', find: fromPackage },
  { name: 'system', find: () => SYSTEM.filter((path) => existsSync(path)).map((path) => ({ path }))[0] },
];

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Unpacks the package once per version, into a folder that later runs find. */
function fromPackage(): Executable | undefined {
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

function launch({ path, libraries }: Executable, hosts: string): Promise<Browser> {
  const { LD_LIBRARY_PATH } = process.env;
  const paths = [libraries, LD_LIBRARY_PATH].filter((folder) => folder !== undefined && folder !== '');
  return chromium.launch({
    executablePath: path,
    headless: true,
    // Chromium's own refuses to start for root; nothing but our own servers is ever loaded.
    chromiumSandbox: false,
    env: { ...process.env, ...(paths.length > 0 && { LD_LIBRARY_PATH: paths.join(':') }) } as Record<string, string>,
    args: [
      `--host-resolver-rules=${hosts}`,
      '--no-proxy-server',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // Playwright says in the log's lines what the loader found missing.
  const missing = /error while loading shared libraries: [^\n]*/.exec(text)?.[0];
  return missing ?? (text.split('\n', 1)[0] as string);
}
