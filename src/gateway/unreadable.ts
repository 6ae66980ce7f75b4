import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { printable } from '../core/printable.js';
import type { GatewayFault } from '../sources/settings.js';

/** What a parser says besides its message. */
interface ParserError extends Error {
  readonly code?: string;
  /** What came over the wire. */
  readonly rawPacket?: Uint8Array;
}

/**
 * Answers what is not an HTTP request as Node.js itself would, and closes the connection. Returns what there is to tell;
 * `undefined` if the client has gone away.
 */
export function refuseUnreadable(error: ParserError, socket: Duplex): GatewayFault | undefined {
  const isGone = error.code === 'ECONNRESET' || error.code === 'EPIPE' || !socket.writable;
  const status = STATUSES[error.code ?? ''] ?? 400;
  // After the beginning of a response this would be a part of it.
  if (isGone || hasBegun(socket)) socket.destroy(error);
  else endAndLinger(socket, `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
  if (isGone) return undefined;
  return { kind: 'unreadable request', message: `a request cannot be read: ${whyNot(error)}`, error };
}

/**
 * Sends the last bytes, then throws away what the client still sends, for a while: closing a connection with unread
 * bytes resets it, and the client may lose the answer. https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
function endAndLinger(socket: Duplex, text: string): void {
  // The parser would find the same fault in everything that follows.
  socket.removeAllListeners('data').removeAllListeners('end');
  socket.on('data', () => undefined);
  const alarm = setTimeout(() => socket.destroy(), LINGER);
  socket.once('close', () => clearTimeout(alarm));
  socket.end(text);
}

/** Milliseconds. */
const LINGER = 1000;

const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** The first byte of a handshake: https://www.rfc-editor.org/rfc/rfc8446#section-5.1 */
const HANDSHAKE = 0x16;

function whyNot({ message, rawPacket }: ParserError): string {
  if (rawPacket?.[0] === HANDSHAKE) return 'it is for https://, and this gateway speaks http://';
  return printable(message);
}

/** Node.js keeps the response that is being sent at its socket. */
function hasBegun(socket: Duplex): boolean {
  const { _httpMessage: response } = socket as { readonly _httpMessage?: { readonly headersSent: boolean } | null };
  return response?.headersSent === true;
}
