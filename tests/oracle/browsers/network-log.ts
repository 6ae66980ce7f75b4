import type { CDPSession } from 'playwright-core';
import { parsePath } from '../world.js';

/** Why requests failed, as the developer's tools show it. */
export interface NetworkLog {
  /** Of a case's request, by its number. */
  failure(id: string, at: number): Promise<Failure>;
  /** What the console says of a case's refusals by CORS, by their number. */
  message(id: string, at: number): Promise<string>;
  forget(id: string): void;
}

interface Failure {
  readonly errorText: string;
  readonly corsError: string | undefined;
}

export async function createNetworkLog(session: CDPSession): Promise<NetworkLog> {
  const requests = new Map<string, string[]>();
  const failures = new Map<string, Failure>();
  const messages = new Map<string, string[]>();

  session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse, type }) => {
    const id = idIn(request.url);
    if (id !== undefined && redirectResponse === undefined && type === 'Fetch') append(requests, id, requestId);
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    failures.set(requestId, { errorText, corsError: corsErrorStatus?.corsError });
  });
  session.on('Log.entryAdded', ({ entry }) => {
    if (!entry.text.startsWith('Access to ')) return;
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
