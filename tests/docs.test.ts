/** Runs every TypeScript example of the README, of docs/ and of the docstrings. An example that promises an error throws it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules', '.docs-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'run'));

interface Example {
  readonly name: string;
  readonly code: string;
}

function pages(): Example[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`);
  return ['README.md', ...docs.sort()].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], at) => ({
      name: `${file}, example ${at + 1}`,
      code,
    }));
  });
}

function docstrings(): Example[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(root, 'src', file), 'utf8');
    // Examples of a type show what it comes to; there is nothing to run.
    const found = [...text.matchAll(/@example\n(.*?)\*\/\s*(?:export )?(type )?/gs)].filter(([, , type]) => !type);
    return found.map(([, code = ''], at) => ({
      name: `src/${file}, example ${at + 1}`,
      code: code.replace(/^ *\* ?/gm, ''),
    }));
  });
}

/** What is CommonJS among bundled libraries requires the modules of Node.js. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** Names that examples take for granted. Each is declared only where the example does not declare it. */
const GIVEN: Readonly<Record<string, string>> = {
  withCors: "import { withCors } from 'lambda-cors'",
  compilePolicy: "import { compilePolicy } from 'lambda-cors'",
  cors: "import { cors } from 'lambda-cors/middy'",
  withCorsStreaming: "import { withCorsStreaming } from 'lambda-cors/streaming'",
  browse: "import { browse } from 'lambda-cors/browser'",
  inProcess: "import { inProcess } from 'lambda-cors/browser'",
  createPreflightCache: "import { createPreflightCache } from 'lambda-cors/browser'",
  httpTransport: "import { httpTransport } from 'lambda-cors/gateway'",
  installAwslambda: "import { installAwslambda } from 'lambda-cors/gateway'",
  createGateway: "import { createGateway } from 'lambda-cors/gateway'",
  readApis: "import { readApis } from 'lambda-cors/infra'",
  judge: "import { judge } from 'lambda-cors/infra'",
  lint: "import { lint } from 'lambda-cors/infra'",
  generate: "import { generate } from 'lambda-cors/infra'",
  enableDocument: "import { enableDocument } from 'lambda-cors/infra'",
  readApi: "import { readApi } from 'lambda-cors/infra'",
  planApi: "import { planApi } from 'lambda-cors/infra'",
  applyPlan: "import { applyPlan } from 'lambda-cors/infra'",
  undoOf: "import { undoOf } from 'lambda-cors/infra'",
  // In place of one of AWS, which would be called: an API without a resource.
  client: `const client = new Proxy({} as never, { get: () => async () => ({ items: [], defaultResponse: true }) }) as any`,
  readFileSync: "import { readFileSync } from 'node:fs'",
  count: 'const count = (name: string) => console.log(name)',
  middy: "import middy from '@middy/core'",
  httpJsonBodyParser: "import httpJsonBodyParser from '@middy/http-json-body-parser'",
  CorsPolicy: "import type { CorsPolicy } from 'lambda-cors'",
  fn: "const fn = async (event: any) => ({ statusCode: 200, body: '' })",
  listNotes: "const listNotes = async (event: any) => ({ statusCode: 200, body: '' })",
  createNote: "const createNote = async (event: any) => ({ statusCode: 200, body: '' })",
  authenticate: 'const authenticate = () => ({ before: () => undefined })',
  policy: "const policy = { allowOrigins: ['https://app.example.com'] }",
  logger: 'const logger = console',
  text: "const text = (await import('node:fs')).readFileSync('template.yaml', 'utf8')",
};

function complete(code: string): string {
  const needed = Object.entries(GIVEN).filter(([name]) => {
    const declares = new RegExp(`\\b(const|function|import)\\b(?:(?! of )[^=(\\n])*\\b${name}\\b`);
    return new RegExp(`\\b${name}\\b`).test(code) && !declares.test(code);
  });
  return `${needed.map(([, line]) => line).join('\n')}\n${code}\nexport {}\n`;
}

const examples = [...pages(), ...docstrings()];

test('examples are found', () => {
  expect(examples.length).toBeGreaterThan(10);
});

describe('each runs', () => {
  test.each(examples)('$name', async ({ name, code }) => {
    const file = join(folder, `${examples.findIndex((example) => example.name === name)}.ts`);
    const out = join(folder, 'run', `${examples.findIndex((example) => example.name === name)}.mjs`);
    writeFileSync(file, complete(code));
    buildSync({
      entryPoints: [file],
      outfile: out,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      // A library's CommonJS may require its own files by name, which a bundle does not have.
      mainFields: ['module', 'main'],
      external: ['vitest'],
      banner: { js: REQUIRE },
      alias: {
        'lambda-cors': join(root, 'src/index.ts'),
        'lambda-cors/middy': join(root, 'src/middy.ts'),
        'lambda-cors/streaming': join(root, 'src/streaming.ts'),
        'lambda-cors/browser': join(root, 'src/browser.ts'),
        'lambda-cors/infra': join(root, 'src/infra.ts'),
        'lambda-cors/gateway': join(root, 'src/gateway.ts'),
      },
    });
    const promised = [...code.matchAll(/^\/\/ {3}(.+)$/gm)].map(([, line]) => line);
    const outcome: unknown = await import(pathToFileURL(out).href).catch((error: unknown) => error);
    if (promised.length === 0) {
      if (outcome instanceof Error) throw outcome;
    } else {
      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message.trim().split(/\n +/)).toEqual(promised);
    }
  });
});
