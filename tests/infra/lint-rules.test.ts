/** Each rule finds its fault in a template that has it, nothing in one that has not, however the two are written. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/infra/finding.js';
import { lint } from '../../src/infra/lint.js';
import { RULES } from '../../src/infra/rules/all.js';
import { REVERSED, SPELLINGS } from './mutations.js';

const folder = fileURLToPath(new URL('./templates/', import.meta.url));
const CODES = RULES.map(({ code }) => code);

function textOf(code: string, name: string): string {
  return readFileSync(`${folder}${code}/${name}`, 'utf8');
}

function lintText(code: string, text: string): readonly Finding[] {
  const has = (name: string): boolean => existsSync(`${folder}${code}/${name}`);
  return lint([{ path: 'template.yaml', text }], {
    ...(has('policy.json') && { policy: JSON.parse(textOf(code, 'policy.json')) }),
    ...(has('base.yaml') && { base: { path: 'template.yaml', text: textOf(code, 'base.yaml') } }),
    read: (path) => (has(path) ? textOf(code, path) : undefined),
  });
}

function verdict(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, severity, message }) => `${code} ${severity} ${message}`).sort();
}

/** Without the messages, in which names come in the order of the file. */
function codes(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, severity }) => `${code} ${severity}`).sort();
}

describe('rules', () => {
  it('have a folder of templates each, and no folder is left over', () => {
    expect(readdirSync(folder).sort()).toEqual([...CODES].sort());
  });

  it.each(CODES)('%s is found in its failing template, as severe as the rule says', (code) => {
    const found = lintText(code, textOf(code, 'fails.yaml')).filter((finding) => finding.code === code);
    expect(found.map(({ severity }) => severity)).toContain(RULES.find((rule) => rule.code === code)?.severity);
  });

  it.each(CODES)('%s is the only fault of its failing template', (code) => {
    const others = lintText(code, textOf(code, 'fails.yaml')).filter((finding) => finding.code !== code);
    expect(others.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each(CODES)('%s is not found in its passing template, nor any other fault', (code) => {
    const found = lintText(code, textOf(code, 'passes.yaml'));
    expect(found.filter((finding) => finding.code === code || finding.severity !== 'info')).toEqual([]);
  });

  const CASES = CODES.flatMap((code) => ['fails.yaml', 'passes.yaml'].map((name) => [code, name] as const));

  it.each(CASES)('%s, %s: another spelling changes nothing', (code, name) => {
    const text = textOf(code, name);
    const before = verdict(lintText(code, text));
    for (const [mutation, mutate] of SPELLINGS) {
      expect([mutation, verdict(lintText(code, mutate(text)))]).toEqual([mutation, before]);
    }
  });

  it.each(CASES)('%s, %s: another order changes nothing', (code, name) => {
    const text = textOf(code, name);
    expect(codes(lintText(code, REVERSED[1](text)))).toEqual(codes(lintText(code, text)));
  });

  it.each(['LC101', 'LC103', 'LC104', 'LC205', 'LC206'])('%s: what its remedy says to write puts it right', (code) => {
    let text = textOf(code, 'fails.yaml');
    const faults = lintText(code, text).filter((finding) => finding.code === code);
    let written = 0;
    for (const { line, column, remedy } of faults) {
      const value = /^write (?:[\w.-]+: )?(.+)$/.exec(remedy)?.[1];
      if (value === undefined) continue;
      const rows = text.split('\n');
      rows[line - 1] = `${rows[line - 1]?.slice(0, column - 1)}${value}`;
      text = rows.join('\n');
      written += 1;
    }
    expect(written).toBeGreaterThan(0);
    expect(lintText(code, text).filter((finding) => finding.code === code)).toHaveLength(faults.length - written);
  });
});
