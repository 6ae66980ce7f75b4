import type { Step } from './case.js';
import type { Readable } from './outcome.js';

/** What the page itself can tell. */
export type InPage = Readable | { readonly kind: 'refused' } | { readonly kind: 'throws' };

export type Results = readonly { readonly id: string; readonly outcomes: readonly InPage[] }[];

export interface Work {
  readonly cases: readonly PageCase[];
  /** How many cases at a time. */
  readonly lanes: number;
  /** Printed when all is done. With one lane, each case's id is printed before. */
  readonly mark: string;
}

interface PageCase {
  readonly id: string;
  readonly steps: readonly (Step & { readonly url: string })[];
}

/**
 * Runs in the browser, so it uses nothing from outside of itself: makes the requests of all cases. Returns `Results` as
 * JSON.
 */
export async function runInPage({ cases, lanes, mark }: Work): Promise<string> {
  async function bodyOf(response: Response): Promise<string> {
    try {
      const bytes = new Uint8Array(await response.arrayBuffer());
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    } catch {
      return 'failed';
    }
  }

  async function make({ url, method, headers, credentials, body, wait }: PageCase['steps'][number]): Promise<InPage> {
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
  async function ask({ id, steps }: PageCase): Promise<void> {
    const outcomes: InPage[] = [];
    results.push({ id, outcomes });
    for (const step of steps) outcomes.push(await make(step));
  }

  // Those that wait do so at the same time.
  const queue = cases.filter(({ steps }) => steps.every(({ wait }) => wait === undefined));
  const waiting = cases.filter((one) => !queue.includes(one));
  async function lane(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (lanes === 1) console.info(`oracle:${next.id}`);
      await ask(next);
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  await Promise.all(waiting.map(ask));
  console.info(`oracle:${mark}`);
  return JSON.stringify(results);
}
