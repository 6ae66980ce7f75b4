import './environment.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.resetModules();
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(['../src/notes-api.js', '../src/notes-middy.js'])('%s', (module) => {
  test.each([
    { variable: 'ALLOWED_ORIGINS', value: undefined, says: /ALLOWED_ORIGINS is not set/ },
    { variable: 'ALLOWED_ORIGINS', value: '', says: /ALLOWED_ORIGINS is not set/ },
    {
      variable: 'ALLOWED_ORIGINS',
      value: 'https://app.example.com/',
      says: /has a path; write "https:\/\/app.example.com"/,
    },
    { variable: 'TABLE_NAME', value: undefined, says: /TABLE_NAME is not set/ },
  ])('does not start with $variable=$value', async ({ variable, value, says }) => {
    vi.stubEnv(variable, value);
    await expect(import(module)).rejects.toThrow(says);
  });
});
