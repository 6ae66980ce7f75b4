// examples/sam as it is deployed: one file of CommonJS for each function, minified, with its source map.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, type Response, sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { leftOut } from './client.js';
import { type LambdaFunction, startFunction } from './function.js';
import { responseOf, resultOf, streamedOf } from './outcome.js';
import { startTable, type Table } from './table.js';

const APP = 'https://app.example.com';
const url = sources.find(({ name }) => name === 'function URL') as TestSource;
const READABLE = [
  ['access-control-allow-headers', 'Content-Type'],
  ['access-control-allow-methods', 'GET,POST,DELETE'],
  ['access-control-allow-origin', APP],
  ['access-control-expose-headers', 'Location,Retry-After'],
  ['vary', 'Origin'],
];
const PREFLIGHT = [
  ['access-control-allow-headers', 'Content-Type'],
  ['access-control-allow-methods', 'GET,POST,DELETE'],
  ['access-control-allow-origin', APP],
  ['access-control-max-age', '600'],
  ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
];
const asking = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' };

interface Step {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sent?: string;
  readonly status: number;
  readonly cors?: readonly (readonly string[])[];
  readonly body?: RegExp;
}

/** `:id` is that of the note that was created. */
const conversation: readonly Step[] = [
  { title: 'preflight', method: 'OPTIONS', path: '/notes', headers: asking, status: 204, cors: PREFLIGHT },
  { title: 'create', method: 'POST', path: '/notes', sent: '{"text":"hello"}', status: 201, body: /"text":"hello"/ },
  { title: 'list', method: 'GET', path: '/notes', status: 200, body: /"notes":\[.*"text":"hello"/ },
  { title: 'read', method: 'GET', path: '/notes/:id', status: 200, body: /"text":"hello"/ },
  { title: 'delete', method: 'DELETE', path: '/notes/:id', status: 204 },
  { title: 'what is gone', method: 'GET', path: '/notes/:id', status: 404, body: /does not exist/ },
  { title: 'no such path', method: 'GET', path: '/nowhere', status: 404, body: /nothing here/ },
  { title: 'no such method', method: 'PUT', path: '/notes', sent: '{}', status: 405, body: /not allowed here/ },
  { title: 'no text', method: 'POST', path: '/notes', sent: '{"text":""}', status: 400, body: /must be a string/ },
  {
    title: 'a route that throws',
    method: 'GET',
    path: '/fail',
    status: 500,
    body: /^\{"message":"Internal Server Error"\}$/,
  },
];

describe.skipIf(leftOut !== undefined)('the example', () => {
  let bundled: Bundled;
  let table: Table;
  beforeAll(async () => {
    const files = ['notes-api', 'notes-middy', 'notes-stream'].map((name) => `examples/sam/src/${name}.ts`);
    bundled = await bundle(files, 'cjs');
    table = await startTable();
  });
  afterAll(async () => {
    await table.stop();
    bundled.remove();
  });

  function start(file: string): Promise<LambdaFunction> {
    return startFunction(bundled.folder, `${file}.handler`, {
      ...table.environment,
      ALLOWED_ORIGINS: `${APP},https://*.preview.example.com`,
      NODE_OPTIONS: '--enable-source-maps',
    });
  }

  describe.each(['notes-api', 'notes-middy'])('%s', (file) => {
    it.each(sources)('serves notes behind $name', async (source) => {
      const fn = await start(file);
      let id = '';
      for (const { title, method, path, headers, sent, status, cors = READABLE, body = /^$/ } of conversation) {
        const event = source.event({
          method,
          path: path.replace(':id', id),
          headers: { Origin: APP, ...headers, ...(sent !== undefined && { 'Content-Type': 'application/json' }) },
        });
        const outcome = await fn.invoke(sent === undefined ? event : { ...event, body: sent });
        const response = source.response(resultOf(outcome));
        expect({ title, status: response.status, cors: corsLines(response) }).toEqual({ title, status, cors });
        expect(response.body ?? '', title).toMatch(body);
        if (title === 'create') ({ id } = JSON.parse(response.body as string) as { readonly id: string });
      }
      // The one bug in the example, with its place in the source.
      const log = await fn.stop();
      expect(log).toHaveLength(1);
      expect(log[0]).toMatch(/\tERROR\tlambda-cors: the handler threw Error: This route always fails\r.*notes\.ts:\d+/);
    });
  });

  it('streams every note, also when there are no notes', async () => {
    const [api, stream] = [await start('notes-api'), await start('notes-stream')];
    const texts: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      const response = responseOf(
        streamedOf(await stream.invoke(url.event({ method: 'GET', headers: { Origin: APP } }))),
      );
      expect(response).toMatchObject({ status: 200 });
      expect(corsLines(response as Response)).toEqual(READABLE);
      const lines = (response?.body ?? '').split('\n').filter((line) => line !== '');
      expect(lines.map((line) => JSON.parse(line).text).sort()).toEqual([...texts].sort());

      const event = url.event({ method: 'POST', headers: { Origin: APP } });
      expect(resultOf(await api.invoke({ ...event, body: JSON.stringify({ text }) }))).toMatchObject({
        statusCode: 201,
      });
      texts.push(text);
    }
    expect([...(await api.stop()), ...(await stream.stop())]).toEqual([]);
  });

  it('is told of a missing ALLOWED_ORIGINS when it starts', async () => {
    const fn = await startFunction(bundled.folder, 'notes-api.handler', table.environment);
    expect(await fn.initError).toMatchObject({
      errorMessage: expect.stringContaining('The environment variable ALLOWED_ORIGINS is not set'),
    });
    await fn.stop();
  });
});
