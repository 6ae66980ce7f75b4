import { Agent, request as httpRequest } from 'node:http';

/**
 * Real HTTP for `browse`: sends a request as it is and gives back every header line as it came. Node's `fetch` would
 * join lines that came apart.
 *
 * @returns {{ send: import('../../src/browser/types.js').Transport, close: () => void }}
 */
export function httpTransport() {
  // Browsers keep connections too, and a server says so in its headers.
  const agent = new Agent({ keepAlive: true });
  return { send: (request) => send(agent, request), close: () => agent.destroy() };
}

/**
 * @param {Agent} agent
 * @param {import('../../src/browser/types.js').WireRequest} request
 * @returns {Promise<import('../../src/browser/types.js').WireResponse>}
 */
function send(agent, { method, url, headers, body = '' }) {
  const length = Buffer.byteLength(body);
  const lines = [['Host', new URL(url).host], ...headers, ...(length > 0 ? [['Content-Length', String(length)]] : [])];
  return new Promise((resolve, reject) => {
    // In a row, so that lines stay as they are.
    const outgoing = httpRequest(url, { method, agent, headers: lines.flat() }, async (incoming) => {
      try {
        const chunks = [];
        for await (const chunk of incoming) chunks.push(chunk);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: pairs(incoming.rawHeaders),
          body: new Uint8Array(Buffer.concat(chunks)),
        });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/**
 * @param {readonly string[]} raw Names and values in turn.
 * @returns {(readonly [string, string])[]}
 */
function pairs(raw) {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [/** @type {const} */ ([name, raw[at + 1] ?? ''])] : []));
}
