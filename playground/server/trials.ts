import { randomUUID } from 'node:crypto';
import type { PageRequest } from '../../src/browser.js';
import { httpTransport } from '../../src/gateway.js';
import { type Order, TRIAL_PARAMETER, type Trial } from '../messages.js';
import type { NotesApi } from './api.js';
import { predict } from './predict.js';

/** The origin of the page, and the cookies that its browser holds for it. */
export interface Asker {
  readonly origin: string;
  readonly cookie: string | undefined;
}

/** Sets up the ordered API, and predicts the outcome of the request. */
export async function tryOut(api: NotesApi, order: Order, asker: Asker): Promise<Trial> {
  await api.change(order.api);
  const id = randomUUID().slice(0, 8);
  const { path, ...request } = order.request;
  const url = urlOf(api.origin, path, id);
  try {
    const asked: PageRequest = { ...request, url, origin: asker.origin, ...cookieFor(url, asker) };
    const prediction = await predict(asked, httpTransport(), order.engine);
    return { id, url, prediction: { ...prediction, exchanges: api.exchangesOf(id) } };
  } finally {
    api.forget(id);
  }
}

/** Cookies ignore ports, but localhost and 127.0.0.1 are different hosts to them. */
function cookieFor(url: string, { origin, cookie }: Asker): Pick<PageRequest, 'cookie'> {
  return cookie !== undefined && new URL(url).hostname === new URL(origin).hostname ? { cookie } : {};
}

function urlOf(origin: string, path: string, id: string): string {
  const url = new URL(`${origin}${path}`);
  if (url.origin !== origin || !path.startsWith('/')) throw new TypeError('the path must begin with a slash');
  url.hash = '';
  url.searchParams.append(TRIAL_PARAMETER, id);
  return url.href;
}
