import { isPlain } from '../core/plain.js';
import { isObject } from './types.js';

// Lambda makes JSON of whatever a handler returns. These functions tell what becomes of a value there.

/** Dates, URLs and others say themselves what JSON makes of them. */
export function hasToJson(value: unknown): boolean {
  return typeof (value as { readonly toJSON?: unknown } | null | undefined)?.toJSON === 'function';
}

/** What JSON makes of a value. A value that it cannot hold stays as it is, and is found to be faulty. */
export function throughJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return value;
  }
}

export function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'bigint';
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether JSON leaves a value out of an object. */
export function isLeftOut(value: unknown): boolean {
  return value === undefined || typeof value === 'function' || typeof value === 'symbol';
}

/** Whether a value is an object of the language or the platform: a Response, Headers, a Map, a boxed number. */
export function isExotic(value: unknown): boolean {
  return isObject(value) && !isPlain(value) && tagOf(value) !== 'Object';
}

/** Whether JSON makes `{}` of something that is more. */
export function isLostInJson(value: unknown): boolean {
  return isExotic(value) && JSON.stringify(value) === '{}';
}

function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** What a value is, in the words of a log line. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'an array';
  const tag = tagOf(value);
  return isObject(value) && tag !== 'Object'
    ? `an instance of ${tag.replace(/\W/g, '')}`
    : `a value of type ${typeof value}`;
}

/** What comes from a handler, and so perhaps from a request, on one line of a log. */
export function quote(value: string): string {
  return JSON.stringify(value.slice(0, 80));
}
