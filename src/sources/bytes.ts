// Not by Buffer: all of this runs in browsers and Deno as well.
import type { Body } from '../browser/types.js';

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Of text in UTF-8. */
export function byteLength(text: string): number {
  return utf8(text).length;
}

/** Bytes as UTF-8 text; `undefined` where they are not valid UTF-8. A byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A body as text, where it is text. */
export function textOrBytes(bytes: Uint8Array): Body {
  return decodeUtf8(bytes) ?? bytes;
}

/** In pieces, because a function takes only so many arguments. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/** Skips characters that are not base64, as Node.js does. What AWS does is not documented. */
export function decodeBase64(text: string): Uint8Array {
  const digits = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const binary = atob(digits.length % 4 === 1 ? digits.slice(0, -1) : digits);
  return Uint8Array.from(binary, (byte) => byte.charCodeAt(0));
}
