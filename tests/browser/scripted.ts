import type { HeaderLines, Transport, WireRequest, WireResponse } from '../../src/browser.js';

export interface Answer {
  readonly status?: number;
  readonly headers?: HeaderLines | Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A scripted server: its answers to `METHOD url`, and `otherwise` to anything else. */
export function scripted(
  answers: Readonly<Record<string, Answer>>,
  otherwise: Answer = { headers: { 'Access-Control-Allow-Origin': '*' } },
): Transport & { readonly requests: WireRequest[] } {
  const requests: WireRequest[] = [];
  async function transport(request: WireRequest): Promise<WireResponse> {
    requests.push(request);
    const { status = 200, headers = {}, body } = answers[`${request.method} ${request.url}`] ?? otherwise;
    const lines = Array.isArray(headers) ? (headers as HeaderLines) : Object.entries(headers);
    return { status, headers: lines, ...(body === undefined ? {} : { body }) };
  }
  return Object.assign(transport, { requests });
}

/** `METHOD url` of each request, and its Origin if it has one. */
export function trace(requests: readonly WireRequest[]): string[] {
  return requests.map(({ method, url, headers }) => {
    const origin = headers.find(([name]) => name === 'origin')?.[1];
    return [method, url, origin].filter((part) => part !== undefined).join(' ');
  });
}
