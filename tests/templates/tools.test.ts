import { expect, it } from 'vitest';
import { toolsFault } from './tools.js';

const PYTHON = { ok: true };

it.each([
  ['cfn-lint 1.58.0', undefined],
  ['cfn-lint 1.58.3\n', undefined],
  ['cfn-lint 1.100.0', undefined],
  ['cfn-lint 2.0.0', undefined],
  ['cfn-lint 1.51.0', 'cfn-lint 1.51.0 is too old; 1.58 or later is needed'],
  ['cfn-lint 1.57.9', 'cfn-lint 1.57.9 is too old; 1.58 or later is needed'],
  ['cfn-lint 0.87.1', 'cfn-lint 0.87.1 is too old; 1.58 or later is needed'],
  ['cfn-lint', 'cfn-lint does not say its version; 1.58 or later is needed'],
])('%j', (stdout, fault) => {
  expect(toolsFault({ ok: true, stdout }, PYTHON)).toBe(fault);
});

it('names the tool that is missing', () => {
  expect(toolsFault({ ok: false, stdout: '' }, PYTHON)).toBe('cfn-lint is missing; 1.58 or later is needed');
  expect(toolsFault({ ok: true, stdout: 'cfn-lint 1.58.0' }, { ok: false })).toContain('samtranslator');
});
