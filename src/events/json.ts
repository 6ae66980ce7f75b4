import { quote as quoteWhole } from '../core/printable.js';
import { isObject } from './types.js';

// Lambda makes JSON of whatever a handler returns. These functions tell what becomes of a value there.

/** Whether JSON makes `{}` of an object that is more: of a Response, Headers or a Map. */
export function isLostInJson(value: unknown): boolean {
  return isExotic(value) && JSON.stringify(value) === '{}';
}

/** Whether a value is an object of the language or the platform, or says itself what JSON makes of it, as dates do. */
export function isExotic(value: unknown): boolean {
  return isObject(value) && (typeof value.toJSON === 'function' || tagOf(value) !== 'Object');
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1).replace(/\W/g, '');
}

/** What a value is, in the words of a log line. */
export function kindOf(value: unknown): string {
  return value === undefined || value === null ? String(value) : `a value of type ${tagOf(value)}`;
}

/** What comes from a handler, and so perhaps from a request, on one line of a log. */
export function quote(value: string): string {
  return quoteWhole(value.slice(0, 80));
}
