import type { Step } from './case.js';
import type { Readable } from './outcome.js';

/** What the page itself can tell. */
export type InPage = Readable | { readonly kind: 'refused' } | { readonly kind: 'throws' };

export type Results = readonly { readonly id: string; readonly outcomes: readonly InPage[] }[];

interface Work {
  readonly id: string;
  readonly steps: readonly (Step & { readonly url: string })[];
}

/**
 * Runs in the browser, so it uses nothing from outside of itself: makes the requests of all cases, many at a time.
 * Returns `Results` as JSON.
 */
export async function runInPage(work: readonly Work[]): Promise<string> {
  async function bodyOf(response: Response): Promise<string> {
    try {
      const bytes = new Uint8Array(await response.arrayBuffer());
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    } catch {
      return 'failed';
    }
  }

  async function make({ url, method, headers, credentials, body, wait }: Work['steps'][number]): Promise<InPage> {
    if (wait !== undefined) await new Promise((resolve) => setTimeout(resolve, wait));
    let request: Request;
    try {
      request = new Request(url, {
        ...(method !== undefined && { method }),
        ...(headers !== undefined && { headers: headers.map(([name, value]): [string, string] => [name, value]) }),
        ...(credentials !== undefined && { credentials }),
        ...(body !== undefined && { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
      });
    } catch {
      return { kind: 'throws' };
    }
    try {
      const response = await fetch(request, { signal: AbortSignal.timeout(15_000) });
      const { status, type, url, redirected } = response;
      const readable = Object.fromEntries(response.headers);
      return { kind: 'allowed', status, type, url, redirected, headers: readable, body: await bodyOf(response) };
    } catch {
      return { kind: 'refused' };
    }
  }

  const results: { id: string; outcomes: InPage[] }[] = [];
  const queue = [...work];
  async function worker(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const outcomes: InPage[] = [];
      results.push({ id: next.id, outcomes });
      for (const step of next.steps) outcomes.push(await make(step));
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker));
  return JSON.stringify(results);
}
