import type { HeaderMap } from './table.js';

/** A result as the frameworks return it. */
export interface Result {
  readonly statusCode: number;
  readonly headers?: HeaderValues;
  readonly multiValueHeaders?: HeaderValues;
  readonly cookies?: readonly string[];
  readonly body?: string;
}

type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

/** Header lines by lower-case name: two lines of one name are two elements, whatever their casing and their map. */
export type HeaderLines = Readonly<Record<string, readonly string[]>>;

/** The header lines of a result that a source sends if it reads these maps. */
export function headerLines(result: Result, maps: readonly HeaderMap[]): HeaderLines {
  const lines: Record<string, string[]> = {};
  for (const map of maps) {
    for (const [name, value] of Object.entries(result[map] ?? {})) {
      const key = name.toLowerCase();
      lines[key] = [...(lines[key] ?? []), ...(typeof value === 'string' ? [value] : value)];
    }
  }
  return lines;
}

/** The lines that belong to CORS. */
export function corsOf(lines: HeaderLines): HeaderLines {
  return Object.fromEntries(Object.entries(lines).filter(([name]) => isCors(name)));
}

/** Everything else, as it was returned, except for the date. */
export function withoutCors(result: Result): Result {
  const headers = others(result.headers);
  const multiValueHeaders = others(result.multiValueHeaders);
  return { ...result, headers, multiValueHeaders };
}

function others(headers: HeaderValues = {}): HeaderValues {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isCors(name) && name !== 'date'));
}

function isCors(name: string): boolean {
  return /^(access-control-.*|vary)$/i.test(name);
}
