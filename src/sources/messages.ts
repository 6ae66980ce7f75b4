import type { HeaderLines } from '../browser/types.js';

/** Header lines in their order and casing; a name may come more than once. */
export type { HeaderLines } from '../browser/types.js';

/** A request as it came over the wire, and what the gateway knows about it. */
export interface HttpRequest {
  readonly id: string;
  /** Two more ids that AWS gives a request, unless it came with them. */
  readonly extendedId: string;
  readonly traceId: string;
  readonly time: Date;
  /** The domain of the API, where it has one of its own. */
  readonly domainName?: string;
  readonly method: string;
  /** Still percent-encoded, with the stage if the URL has one. */
  readonly fullPath: string;
  /** The same without the stage. */
  readonly path: string;
  readonly stage: string;
  /** What follows the `?`, still percent-encoded; empty when there is none. */
  readonly query: string;
  readonly lines: HeaderLines;
  readonly body: Uint8Array;
  readonly sourceIp: string;
}

/** A response as it goes over the wire; the server adds `Content-Length`, `Date` and `Connection`. */
export interface HttpResponse {
  readonly status: number;
  /** The reason phrase; the usual one of the status when left out. */
  readonly reason?: string;
  readonly lines: HeaderLines;
  readonly body: Uint8Array;
}

/** Why a result cannot be made into a response: what is wrong with it, in words. */
export interface Unreadable {
  readonly fault: string;
}

/** An event before it is made into JSON. */
export type Event = Readonly<Record<string, unknown>>;

/** The lines of a header, whatever its casing. */
export function valuesOf(lines: HeaderLines, name: string): readonly string[] {
  return lines.filter(([given]) => given.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

export function withoutHeaders(lines: HeaderLines, dropped: (lowerCased: string) => boolean): HeaderLines {
  return lines.filter(([name]) => !dropped(name.toLowerCase()));
}

export function lowerCased(lines: HeaderLines): HeaderLines {
  return lines.map(([name, value]) => [name.toLowerCase(), value]);
}

export type Pairs = readonly (readonly [name: string, value: string])[];

/** Every value of a name, in the order in which they came. */
export function allValues(pairs: Pairs): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  // Not an assignment to an object: a header or parameter may be called `__proto__`.
  return Object.fromEntries(values);
}

/** The last value of each name. */
export function lastValues(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs);
}

/** The values of each name, joined. */
export function joinedValues(pairs: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(allValues(pairs)).map(([name, values]) => [name, values.join(',')]));
}

export function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length > 0 ? value : null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
