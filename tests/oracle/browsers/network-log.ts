import type { CDPSession } from 'playwright-core';
import { parsePath } from '../world.js';

/** Why requests failed, as the developer's tools show it. */
export interface NetworkLog {
  /** Of a case's request, by its number. */
  failure(id: string, at: number): Promise<Failure>;
  /** What the console says of a case's refusals by CORS and as mixed content, by their number. */
  message(id: string, at: number): Promise<string>;
  forget(id: string): void;
}

interface Failure {
  readonly errorText: string;
  readonly corsError: string | undefined;
  /** Whether it was blocked as mixed content. */
  readonly mixed: boolean;
}

export async function createNetworkLog(session: CDPSession): Promise<NetworkLog> {
  const requests = new Map<string, string[]>();
  const failures = new Map<string, Failure>();
  const messages = new Map<string, string[]>();

  session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse, type }) => {
    const id = idIn(request.url);
    // A redirect that is blocked is shown as one more request.
    const again = id !== undefined && requests.get(id)?.includes(requestId);
    if (id !== undefined && redirectResponse === undefined && type === 'Fetch' && !again)
      append(requests, id, requestId);
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, blockedReason, corsErrorStatus }) => {
    // What is blocked after a redirect fails once more, as aborted.
    if (failures.get(requestId)?.mixed) return;
    const mixed = blockedReason === 'mixed-content';
    failures.set(requestId, { errorText, corsError: corsErrorStatus?.corsError, mixed });
  });
  session.on('Log.entryAdded', ({ entry }) => {
    // Of an address in the local network it only warns, and then judges the response.
    if (entry.level !== 'error' || !/^(Access to|Mixed Content:) /.test(entry.text)) return;
    const id = entry.text
      .split("'")
      .map(idIn)
      .find((found) => found !== undefined);
    if (id !== undefined) append(messages, id, entry.text);
  });
  await session.send('Network.enable');
  await session.send('Log.enable');

  return {
    failure: (id, at) =>
      eventually(`why request ${at + 1} of ${id} failed`, () => failures.get(requests.get(id)?.[at] ?? '')),
    message: (id, at) => eventually(`message ${at + 1} about ${id}`, () => messages.get(id)?.[at]),
    forget(id) {
      for (const requestId of requests.get(id) ?? []) failures.delete(requestId);
      requests.delete(id);
      messages.delete(id);
    },
  };
}

function idIn(url: string): string | undefined {
  return URL.canParse(url) ? parsePath(new URL(url).pathname)?.id : undefined;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The tools hear of it a little later than the page. */
async function eventually<Value>(what: string, look: () => Value | undefined): Promise<Value> {
  for (let tries = 0; tries < 300; tries++) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Chromium does not say ${what}`);
}
