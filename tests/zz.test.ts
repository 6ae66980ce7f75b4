import { join } from 'node:path';
import { it, vi } from 'vitest';
import { inProcess } from '../src/browser.js';
import { writeExamples } from './docs/examples.js';
import { importExample } from './docs/import-example.js';
import { requestOf, see } from './docs/migrating/ask.js';
it('x', async () => {
  const folder = writeExamples();
  for (const method of ['warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
  const out: string[] = [];
  for (const [n, source] of [['by-hand','rest'],['middy','http'],['express','http'],['hono','http'],['powertools','http'],['lambda-api','http']] as const) {
    const [a, b] = await Promise.all([n, n + '-after'].map(async (f) => inProcess((await importExample(join(folder, 'docs/migrating', f + '.ts'))).handler as never, { source })));
    out.push('## ' + n);
    for (const r of ['`GET /notes`', '`PUT /notes`', '`DELETE /notes`', '`PUT /notes` with `X-Trace: 1`', '`GET /broken`', '`GET /nowhere`', '`GET /notes` from `https://a.example.org`', '`GET /notes` from `https://a.b.example.org`', '`PUT /notes` from `https://evil.example`', '`GET /notes` from `https://evil.example`','`GET /notes` from `https://evil.example.org`', '`GET /notes` from `http://a.example.org`', '`GET /notes` with cookies'])
      for (const l of ['the page', 'the preflight', '`Access-Control-Allow-Origin`', '`Access-Control-Allow-Methods`', '`Access-Control-Allow-Headers`', '`Access-Control-Max-Age`', '`Vary`', '`Access-Control-Max-Age` of the preflight','`Access-Control-Allow-Origin` of the preflight', '`Vary` of the preflight', '`Access-Control-Allow-Headers` of the preflight']) {
        const [x, y] = [await see(l, requestOf(r), a as never), await see(l, requestOf(r), b as never)];
        if (x !== y) out.push(`| ${r} | ${l} | ${x} | ${y} |`);
      }
  }
  process.stdout.write(out.join('\n') + '\n');
});
