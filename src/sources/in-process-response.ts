import type { Body, HeaderLine, WireResponse } from '../browser/types.js';

type Result = Readonly<Record<string, unknown>>;

/** A REST API joins both header maps; what it does not understand is an error: `undefined`. */
export function restResponse(result: unknown): WireResponse | undefined {
  if (!isRecord(result) || !Object.keys(result).every((key) => REST_KEYS.has(key) || result[key] === undefined)) {
    return undefined;
  }
  return envelope({ ...result, statusCode: result.statusCode ?? 200 });
}

const REST_KEYS: ReadonlySet<string> = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
]);

/** An HTTP API takes a result without `statusCode` as the body. */
export function httpResponse(result: unknown): WireResponse | undefined {
  if (isRecord(result) && result.statusCode !== undefined) {
    const { multiValueHeaders, ...rest } = result;
    const response = envelope(rest);
    const cookies = Array.isArray(result.cookies) ? result.cookies : [];
    return response && { ...response, headers: [...response.headers, ...linesOf('set-cookie', cookies)] };
  }
  const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
  return { status: 200, headers: [['content-type', 'application/json']], body };
}

/** What a gateway answers by itself: without CORS headers, so that the browser reports a CORS error. */
export function gatewayError(rest: boolean): WireResponse {
  const [status, message] = rest ? [502, 'Internal server error'] : [500, 'Internal Server Error'];
  return { status, headers: [['content-type', 'application/json']], body: JSON.stringify({ message }) };
}

function envelope({ statusCode, headers, multiValueHeaders, body, isBase64Encoded }: Result): WireResponse | undefined {
  if (!/^[1-5]\d\d$/.test(String(statusCode))) return undefined;
  if (!isMap(headers) || !isMap(multiValueHeaders) || !(typeof body === 'string' || isNothing(body))) return undefined;
  if (!Object.values(multiValueHeaders ?? {}).every(Array.isArray)) return undefined;
  const content = typeof body !== 'string' ? undefined : isBase64Encoded === true ? decodeBase64(body) : body;
  return {
    status: Number(statusCode),
    headers: [
      ...Object.entries(headers ?? {}).flatMap(([name, value]) => linesOf(name, [value])),
      ...Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => linesOf(name, values as unknown[])),
    ],
    ...(content === undefined ? {} : { body: content }),
  };
}

function linesOf(name: string, values: readonly unknown[]): HeaderLine[] {
  return values.map((value) => [name.toLowerCase(), String(value)]);
}

function decodeBase64(text: string): Body {
  try {
    return Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
  } catch {
    return text;
  }
}

function isMap(value: unknown): value is Result | undefined | null {
  return isNothing(value) || isRecord(value);
}

function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
