import { chromiumLine } from '../../browser/chromium-console.js';
import type { CorsError } from '../../browser/types.js';

/** What Chromium's console says, after "blocked by CORS policy:". */
export function inConsole(reason: CorsError, value = ''): string {
  const url = 'https://api.example.com/';
  const place = { origin: 'https://app.example.com', method: 'GET', url, firstUrl: url };
  const text = chromiumLine({ reason, value }, place);
  return text.slice(text.indexOf('CORS policy: ') + 'CORS policy: '.length);
}

/** The same within a message. */
export function browserSays(reason: CorsError, value = ''): string {
  return `a browser says "${inConsole(reason, value)}"`;
}

/** What CloudFormation says where a mapping value is not an expression. */
export function deploymentSays(text: string): string {
  return `the deployment fails with "Invalid mapping expression specified: ${short(text)}"`;
}

/** A value in quotation marks, cut where nobody reads on. */
export function quoted(text: string): string {
  return JSON.stringify(short(text));
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** `a`, `a and b`, `a, b and c`; from the sixth on they are counted. */
export function listed(names: readonly string[]): string {
  const shown = names.length > 5 ? [...names.slice(0, 4), `${names.length - 4} more`] : names;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}

/** One or several: `plural(2, 'path', 'paths')`. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** Each once, in the order in which they came first. */
export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
