// Express in adapters that answer by the context or the callback, bare and wrapped, by their place in the list.
import { withCors } from '../../../src/index.js';
import { ADAPTERS } from '../../frameworks/apps/express-adapters.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers of every shape.
type AnyHandler = (...args: any[]) => any;

/** `express-adapters.bare.adapter0` */
export const bare = listed((handler) => handler);
export const wrapped = listed((handler) => withCors(handler));

function listed(make: (handler: AnyHandler) => AnyHandler): Readonly<Record<string, AnyHandler>> {
  return Object.fromEntries(ADAPTERS.map(([, handler], at) => [`adapter${at}`, make(handler as AnyHandler)]));
}
