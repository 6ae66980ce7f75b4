import { listTokens } from './tokens.js';

/**
 * One line for what the handler and the policy vary by; `*` stands for everything.
 * Two lines would mean the same, but not every gateway passes on both: https://www.rfc-editor.org/rfc/rfc9110#name-vary
 */
export function mergeVary(fromHandler: string, fromPolicy: string): string {
  const names = listTokens(`${fromHandler},${fromPolicy}`);
  return names.includes('*') ? '*' : names.join(', ');
}
