import { parse } from 'tldts';

/**
 * The public suffix that an origin pattern opens, such as `github.io` for `https://*.github.io`, below which anyone can
 * register a name; `undefined` if the pattern stays below a registered name. Includes the suffixes that companies
 * contribute for their customers: https://publicsuffix.org/
 */
export function publicSuffixOf(pattern: string): string | undefined {
  const [, host] = /^[a-z][a-z\d+.-]*:\/\/\*\.([^:]+)/.exec(pattern) ?? [];
  return host !== undefined && isPublicSuffix(host) ? host : undefined;
}

/** Whether anyone can register a name below a host. */
export function isPublicSuffix(host: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  // By the list's default rule the last label of any name is a suffix, localhost too. That rule does not count here.
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}
