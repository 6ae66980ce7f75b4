// What the function logs: the error and its stack, on one line, and never a line that a client wrote.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { leftOut } from './client.js';
import { startFunction } from './function.js';

const FORGED = '2026-01-01T00:00:00.000Z\tforged\tINFO\tall is well';
const path = `/\r\n${FORGED}\u001B[2K`;
const [rest] = sources as readonly [TestSource];
const event = rest.event({
  method: 'GET',
  path,
  headers: { Origin: 'https://app.example.com', 'User-Agent': `\n${FORGED}`, Cookie: `\n${FORGED}` },
});

const rows = [
  { name: 'throws', level: 'ERROR', said: 'lambda-cors: the handler threw', stack: true },
  { name: 'throwsPath', level: 'ERROR', said: 'lambda-cors: the handler threw', stack: true },
  {
    name: 'returnsPathAsKey',
    level: 'ERROR',
    said: `lambda-cors: the handler returned the key ${JSON.stringify(path)}, which a REST API does not accept: return only`,
  },
  {
    name: 'returnsPathAsStatus',
    level: 'ERROR',
    said: `lambda-cors: the handler returned ${JSON.stringify(path)} as statusCode, which a REST API does not accept`,
  },
  {
    name: 'originFunctionThrows',
    level: 'ERROR',
    said: 'lambda-cors: allowOrigins threw, so the origin is refused',
    stack: true,
  },
  {
    name: 'originFunctionAnswersPath',
    level: 'WARN',
    said: 'lambda-cors: allowOrigins answered with a value of type string; only true allows an origin',
  },
];

describe.skipIf(leftOut !== undefined)('the log', () => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/logging.ts'], 'esm');
  });
  afterAll(() => bundled.remove());

  async function logOf(name: string, environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const fn = await startFunction(bundled.folder, `logging.${name}`, environment);
    expect(await fn.invoke(event)).toMatchObject({ kind: 'returned' });
    return fn.stop();
  }

  it.each(rows)('has one line of text: $name', async ({ name, level, said, stack = false }) => {
    const log = await logOf(name, {});
    expect(log).toHaveLength(1);
    const [time, requestId, logged, ...message] = (log[0] as string).split('\t');
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(logged).toBe(level);
    expect(message.join('\t')).toContain(said);
    // The client writes a carriage return for each line feed.
    expect(/\r +at .*logging\.mjs:/.test(message.join('\t'))).toBe(stack);
  });

  it.each(rows)('has one object of JSON: $name', async ({ name, level, said, stack = false }) => {
    const log = await logOf(name, { AWS_LAMBDA_LOG_FORMAT: 'JSON' });
    expect(log).toHaveLength(1);
    const entry = JSON.parse(log[0] as string) as Record<string, unknown>;
    expect(entry).toMatchObject({ level, message: expect.stringContaining(said) });
    if (stack) expect(entry).toMatchObject({ errorType: 'TypeError', stackTrace: expect.any(Array) });
    else expect(entry).not.toHaveProperty('errorType');
  });

  it('has nothing of a request whose handler throws', async () => {
    for (const environment of [{}, { AWS_LAMBDA_LOG_FORMAT: 'JSON' }]) {
      expect((await logOf('throws', environment)).join('\n')).not.toMatch(/forged|app\.example\.com/);
    }
  });
});
