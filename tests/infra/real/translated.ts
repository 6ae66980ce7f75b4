/** A template as SAM's translator compiles it, and the same template as it is written, read as one model. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Api, type Method, readApis } from '../../../src/infra.js';
import { shown } from '../facts.js';
import { differ } from './differ.js';
import { samTemplates } from './sam-templates.js';
import type { Tally } from './tally.js';
import { ROOT, run, type Tools } from './tools.js';

const COUNT = 150;

export async function checkTranslated(tally: Tally, { python }: Tools): Promise<void> {
  const seed = Number(process.env.LAMBDA_CORS_SEED ?? Date.now() % 1_000_000);
  const templates = fc.sample(samTemplates, { numRuns: COUNT, seed }).map((template) => JSON.stringify(template));
  const compiled = await compile(python, templates);
  const pairs = templates.flatMap((template, at) => {
    const text = compiled[at];
    return text === undefined ? [] : [[template, text] as const];
  });
  // What the translator refuses, such as credentials for any origin, has nothing to be compared with.
  const title = `${pairs.length} of ${COUNT} random templates say the same before and after SAM's translator (seed ${seed})`;
  const faults = pairs.flatMap(([template, text]) => faultsOf(template, text)).slice(0, 5);
  tally.check(title, pairs.length < COUNT / 2 ? [...faults, 'too few to compare'] : faults);
}

/** `undefined` for a template that is refused. */
async function compile(python: string, templates: readonly string[]): Promise<readonly (string | undefined)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-translated-'));
  try {
    const paths = templates.map((template, at) => {
      const path = join(folder, `${at}.json`);
      writeFileSync(path, template);
      return path;
    });
    const script = join(ROOT, 'tests/infra/real/translate.py');
    const { ok, stdout, stderr } = await run(python, [script, ...paths]);
    if (!ok) throw new Error(stderr);
    return stdout
      .trim()
      .split('\n')
      .map((line) => (line === '' || line === 'refused' ? undefined : line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function faultsOf(template: string, compiled: string): readonly string[] {
  const [before, after] = [template, compiled].map((text) => factsOf(readApis([{ path: 'template.json', text }])));
  return differences('', after, before).map((fault) => `${fault}, in ${template}`);
}

/** A line for each leaf that differs. */
function differences(at: string, actual: unknown, expected: unknown): readonly string[] {
  if (!isMap(actual) || !isMap(expected)) return differ(at, actual, expected);
  const keys = [...new Set([...Object.keys(actual), ...Object.keys(expected)])];
  return keys.flatMap((key) => differences(`${at}/${key}`, actual[key], expected[key]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function factsOf(apis: readonly Api[]): unknown {
  return Object.fromEntries(
    apis.map((api) => [
      api.kind === 'url' ? 'url' : api.id,
      {
        complete: api.complete,
        cors: api.kind === 'http' ? corsOf(api) : undefined,
        errors: api.gatewayResponses.map(({ type, headers }) => [shown(type), headers.map(mapping)]),
        binary: [...new Set(api.binaryMediaTypes.map(shown))],
        private: shown(api.private),
        methods: Object.fromEntries(
          api.routes.flatMap(({ path, methods }) =>
            methods.map((each) => [`${each.method} ${path}`, methodFacts(each)]),
          ),
        ),
      },
    ]),
  );
}

/** Credentials that are not allowed are left out of what is compiled. */
function corsOf({ cors }: Api): unknown {
  if (cors === undefined || cors.form === 'false') return undefined;
  const { allowOrigins, allowMethods, exposeHeaders, maxAge, allowCredentials } = cors;
  const settings = { allowOrigins, allowMethods, exposeHeaders, maxAge, allowCredentials };
  return Object.entries(settings).map(([name, setting]) => `${name} ${shown(setting?.value).replace('false', '-')}`);
}

function methodFacts({ auth, apiKey, integration, parameters }: Method): unknown {
  return {
    auth: [auth.kind, ...auth.headers],
    apiKey: shown(apiKey.value),
    integration: integration.kind,
    responses: integration.responses.map(({ statusCode, headers }) => [shown(statusCode), headers.map(mapping).sort()]),
    parameters: parameters.map(({ name, required }) => `${name} ${shown(required)}`),
  };
}

function mapping({ name, value }: Method['integration']['responses'][number]['headers'][number]): string {
  return `${name}: ${shown(value)}`;
}
