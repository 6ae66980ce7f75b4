/**
 * docs/troubleshooting.md: each entry is reproduced, by a server of which the consoles say its sentences and `probe` what
 * it shows, and by a template in which `lint` finds what it shows. Each reproduction has its entry.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { browse, type EngineName, type PageRequest, type Transport } from '../../src/browser.js';
import { httpTransport } from '../../src/gateway.js';
import { RULES } from '../../src/infra/rules/all.js';
import { type Finding, judge, lint, readApis } from '../../src/infra.js';
import { APP, closeServers, FAULTS } from '../cli/aws-faults.js';
import { useCommand } from '../cli/command.js';
import { textOf } from './blocks.js';
import { patternOf, root } from './pages.js';
import { type Console, ENTRIES, type Entry, type Shown } from './troubles/page.js';
import { REPRODUCTIONS } from './troubles/reproductions.js';
import type { World } from './troubles/worlds.js';

const command = useCommand();
afterAll(closeServers);

const ENGINE_OF: Readonly<Partial<Record<Console, EngineName>>> = {
  'Chrome, Edge': 'chromium',
  Firefox: 'firefox',
  Safari: 'webkit',
};
const CONSOLES = Object.keys(ENGINE_OF) as readonly Console[];

/** The sentences of a section, by their text, that a reproduction has made a console say. */
const said = new Set<string>();

const asked = ENTRIES.filter(({ shown }) => shown.some((each) => each.command === 'probe'));
const templated = ENTRIES.flatMap((entry) =>
  entry.shown.flatMap((each) => (each.command === 'lint' ? [{ entry, shown: each, cause: entry.cause }] : [])),
);

describe('each entry', () => {
  it('has a heading of its own, a remedy, and a command that shows it', () => {
    const causes = ENTRIES.map(({ cause }) => cause);
    expect(new Set(causes).size).toBe(causes.length);
    expect(ENTRIES.filter(({ remedy, shown }) => remedy === '' || shown.length === 0)).toEqual([]);
  });

  it('that probe shows is reproduced, and nothing else is', () => {
    expect(asked.map(({ cause }) => cause).sort()).toEqual(Object.keys(REPRODUCTIONS).sort());
  });

  it.each(asked)('$cause: probe and the consoles say so', async (entry) => {
    const running = await (REPRODUCTIONS[entry.cause] as World)();
    try {
      for (const shown of entry.shown.filter((each) => each.command === 'probe')) {
        const { stdout } = await command.run('probe', running.url, '--origin', APP, ...shown.args);
        expect(stdout).toMatch(shown.pattern);
        for (const console of CONSOLES) await compare(entry, console, running.url, shown);
      }
    } finally {
      await running.close?.();
    }
  });

  it.each(templated)('$cause: $shown.text', ({ entry, shown }) => {
    const [severity, code = '', ...words] = shown.text.split(' ');
    const findings = findingsOf(code);
    const found = findings.find((each) => shown.pattern.test(`${each.severity} ${each.code} ${each.message}`));
    expect(found, `${severity} ${code} ${words.join(' ')}`).toBeDefined();
    const quoted = [found?.message ?? '', ruleOf(code).says].flatMap(sentencesIn);
    const sentences = entry.sentences.filter(({ console }) => console === 'Chrome, Edge' || console === 'Deployment');
    if (sentences.length === 0 || quoted.length === 0) return;
    expect(sentences.filter(({ pattern }) => quoted.some((each) => pattern.test(each)))).not.toEqual([]);
  });

  const untried = ENTRIES.filter((entry) => !asked.includes(entry));
  it.each(untried)('$cause: a page could not do what its template should let it do', ({ sentences, shown }) => {
    const messages = shown.flatMap(({ text }) => messagesOf(text.split(' ')[1] ?? ''));
    const [first] = sentences;
    expect(messages.some((message) => first?.pattern.test(message))).toBe(true);
    note(sentences.filter(({ pattern }) => messages.some((message) => pattern.test(message))).map(({ text }) => text));
  });
});

describe('the page', () => {
  it('has no sentence that no console says', () => {
    const all = ENTRIES.flatMap(({ section, sentences }) => sentences.map(({ text }) => [section, text] as const));
    // Of the deployment's and of entries without a server, only the first is heard.
    expect(all.filter(([, text]) => !said.has(text))).toEqual([]);
  });

  it("is right about Safari's second line, and about Firefox's", async () => {
    const running = await (REPRODUCTIONS['The policy refuses your origin'] as World)();
    const linesOf = async (engine: EngineName) => {
      const request = requestOf(running.url.replace(LOCAL, DEPLOYED), ['--method', 'PUT']);
      const { verdict } = await browse(request, transportTo(running.url), { engine });
      return verdict.allowed ? [] : verdict.message.split('\n');
    };
    const [safari, firefox] = [await linesOf('webkit'), await linesOf('firefox')];
    await running.close?.();
    const [, shown = ''] = /two lines: `([^`]+)`/.exec(textOf('docs/troubleshooting.md')) ?? [];
    expect([safari.length, firefox.length]).toEqual([2, 2]);
    expect(safari[1]).toMatch(patternOf(shown));
    expect(firefox[1]).toContain('(Reason: CORS request did not succeed)');
  });

  it('has every rule of lint about which a browser, or the deployment, says something', () => {
    const silent = RULES.filter(({ says }) => says.startsWith('A browser says nothing')).map(({ code }) => code);
    const there = new Set(templated.map(({ shown }) => shown.text.split(' ')[1]));
    expect(RULES.map(({ code }) => code).filter((code) => !there.has(code) && !silent.includes(code))).toEqual([]);
  });

  it('has every cause that probe knows', () => {
    const shown = ENTRIES.flatMap((entry) => entry.shown.map(({ text }) => text));
    const codes = new Set(FAULTS.flatMap((fault) => fault.codes));
    expect([...codes].filter((code) => !shown.some((text) => text.endsWith(`[${code}]`)))).toEqual([]);
  });
});

/** Whether a console says one of an entry's sentences; for an entry without any, that the page may read the response. */
async function compare(entry: Entry, console: Console, url: string, { args }: Shown): Promise<void> {
  const sentences = entry.sentences.filter((each) => each.console === console);
  const engine = ENGINE_OF[console] as EngineName;
  const { verdict } = await browse(requestOf(url.replace(LOCAL, DEPLOYED), args), transportTo(url), { engine });
  if (entry.sentences.length === 0) return expect(verdict.allowed).toBe(true);
  const message = verdict.allowed ? '' : verdict.message;
  const found = sentences.filter(({ pattern }) => pattern.test(message));
  expect(
    found.map(({ text }) => text),
    `${console} says: ${message}`,
  ).not.toEqual([]);
  note(found.map(({ text }) => text));
}

/** Safari's engine lets no https page ask an http server, not even one on the same computer. */
const LOCAL = /^http:\/\/[\w.-]+(:\d+)/;
const DEPLOYED = 'https://api.example.com';

function transportTo(url: string): Transport {
  const [local = DEPLOYED] = LOCAL.exec(url) ?? [];
  const ask = httpTransport(500);
  return (request) => ask({ ...request, url: request.url.replace(DEPLOYED, local) });
}

function note(texts: readonly string[]): void {
  for (const text of texts) said.add(text);
}

function requestOf(url: string, args: readonly string[]): PageRequest {
  const given = (option: string) => args[args.indexOf(option) + 1] ?? '';
  const [name = '', value = ''] = args.includes('--header') ? given('--header').split(':') : [];
  return {
    origin: APP,
    url,
    ...(args.includes('--method') && { method: given('--method') }),
    ...(name !== '' && { headers: { [name]: value } }),
    ...(args.includes('--credentials') && { credentials: 'include' }),
  };
}

function ruleOf(code: string) {
  const rule = RULES.find((each) => each.code === code);
  if (rule === undefined) throw new Error(`there is no rule ${code}`);
  return rule;
}

function fileOf(code: string, name: string): string | undefined {
  const path = join(root, 'tests/infra/templates', code, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** What lint finds in the failing template of a rule. */
function findingsOf(code: string): readonly Finding[] {
  const [policy, base] = [fileOf(code, 'policy.json'), fileOf(code, 'base.yaml')];
  return lint([{ path: 'template.yaml', text: fileOf(code, 'fails.yaml') ?? '' }], {
    ...(policy !== undefined && { policy: JSON.parse(policy) }),
    ...(base !== undefined && { base: { path: 'template.yaml', text: base } }),
    read: (path) => fileOf(code, path),
  });
}

/** What the console would say to a page, and the deployment to its author, of the failing template of a rule. */
function messagesOf(code: string): readonly string[] {
  const apis = readApis([{ path: 'template.yaml', text: fileOf(code, 'fails.yaml') ?? '' }]);
  return apis
    .flatMap((api) => judge(api, { origin: APP }))
    .flatMap(({ preflight, response }) => [preflight.message ?? '', response.message ?? '']);
}

/** What a text says that a browser or a deployment says. */
function sentencesIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/(?:a browser says|fails with) "(.+)"$/g)].map(([, sentence = '']) => sentence);
  const whole = /^[A-Z].*(?:'Access-Control|Access-Control-Allow-\w+ in preflight|HTTP ok).*\.$/.test(text)
    ? [text]
    : [];
  return [...quoted, ...whole].map((sentence) => `has been blocked by CORS policy: ${sentence}`);
}
