import type { IncomingMessage } from 'node:http';
import type { HeaderLines, HttpRequest } from '../sources/messages.js';
import { makeIds } from './ids.js';

/** A body as far as a source takes it, and how large it was. */
interface ReadBody {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/**
 * Reads to the end, so that the client can read the answer; keeps no more than a source takes. `undefined` when the client
 * has gone away.
 */
export async function readBody(incoming: IncomingMessage, max: number): Promise<ReadBody | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += (chunk as Uint8Array).length;
      if (size <= max) chunks.push(chunk as Uint8Array);
    }
  } catch {
    return undefined;
  }
  return { bytes: Buffer.concat(chunks), size };
}

export function toRequest(incoming: IncomingMessage, body: Uint8Array, deployedStage: string): HttpRequest {
  const { method = 'GET', rawHeaders, socket } = incoming;
  const target = originForm(incoming.url ?? '/');
  const at = target.indexOf('?');
  const path = at === -1 ? target : target.slice(0, at);
  // Recorded on REST APIs: of several slashes before the stage one counts.
  const fullPath = prefixOf(deployedStage) === '' ? path : path.replace(/^\/+/, '/');
  const time = new Date();
  return {
    ...makeIds(time),
    time,
    method,
    fullPath,
    ...withoutStage(fullPath, deployedStage),
    query: at === -1 ? '' : target.slice(at + 1),
    lines: pairs(rawHeaders),
    body,
    sourceIp: (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  };
}

/** A proxy may name the whole URL: https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form */
function originForm(target: string): string {
  const rest = target.replace(/^https?:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') || target === '*' ? rest : `/${rest}`;
}

function withoutStage(fullPath: string, stage: string): { readonly stage: string; readonly path: string } {
  const prefix = prefixOf(stage);
  if (prefix === '') return { stage, path: fullPath };
  if (fullPath === prefix) return { stage, path: '/' };
  if (fullPath.startsWith(`${prefix}/`)) return { stage, path: fullPath.slice(prefix.length) };
  return { stage: fullPath.split('/')[1] ?? '', path: fullPath };
}

/**
 * What the URLs of a stage begin with.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 */
export function prefixOf(stage: string): string {
  return stage === '' || stage === '$default' ? '' : `/${stage}`;
}

/** Header lines as Node.js has them: names and values in a row. */
export function pairs(rawHeaders: readonly string[]): HeaderLines {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ''] as const] : []));
}
