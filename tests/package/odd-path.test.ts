/** The project builds wherever it lies: a URL's path has `%20` where the folder has a space. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-odd-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('in a folder with a space, an umlaut, a number sign and a per cent sign', () => {
  const odd = join(folder, 'a b ü #1 %20');
  mkdirSync(odd);
  for (const name of ['src', 'scripts', 'package.json', 'globals.d.ts', 'tsconfig.json']) {
    cpSync(join(root, name), join(odd, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(odd, 'node_modules'));
  execFileSync(process.execPath, ['scripts/build-cli.js', 'dist/cli.js'], { cwd: odd });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(execFileSync(process.execPath, ['dist/cli.js', '-V'], { cwd: odd, encoding: 'utf8' })).toBe(`${version}\n`);
});

it('no file takes the path of its own URL for a path on the disk', () => {
  const files = execFileSync('git', ['ls-files', '*.js', '*.ts', '*.mjs', '*.cjs'], { cwd: root, encoding: 'utf8' });
  const faulty = files.split('\n').filter((file) => {
    const text = file === '' || file === 'tests/package/odd-path.test.ts' ? '' : readFileSync(join(root, file), 'utf8');
    return /import\.meta\.url\)\.pathname|pathToFileURL\([^)]*\)\)?\.pathname|\broot\)\.pathname/.test(text);
  });
  expect(faulty).toEqual([]);
});
