import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * Whether a request may come with that `Host`. A page of any site can make its own name lead to this machine and then
 * read what a gateway here answers ("DNS rebinding"); it cannot do so with an address, or with a name below `localhost`.
 *
 * @param allowed Names besides; `*` is any.
 */
export function isAllowedHost({ headers }: Pick<IncomingMessage, 'headers'>, allowed: readonly string[]): boolean {
  const { host } = headers;
  // HTTP/1.0 does not need the header, and no browser speaks it.
  if (host === undefined || allowed.includes('*')) return true;
  const name = hostName(host);
  if (name === undefined) return false;
  return (
    isIP(name) !== 0 ||
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    allowed.some((each) => each.toLowerCase() === name)
  );
}

/** The name or address in a `Host` header, without its port; `undefined` where the header is malformed. */
function hostName(host: string): string | undefined {
  const [, address, name] = /^(?:\[([\da-f:.]+)\]|([^\s:/?#@[\]\\]+))(?::\d*)?$/i.exec(host) ?? [];
  return (address ?? name)?.toLowerCase().replace(/\.$/, '');
}
