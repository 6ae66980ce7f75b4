// The names of the little internet in which pages and APIs live. The browser is told where each name really is, so that
// origins, sites and cookies are real, and a case means the same wherever the servers listen.
import { GATEWAY_SOURCES, type GatewaySource } from '../../src/gateway.js';

/** What stands at a host: a server that answers as it is told, the page's own server, or a gateway. */
export type Front = 'raw' | 'home' | GatewaySource | 'http-own' | 'url-own';

export const GATEWAY_FRONTS = [...GATEWAY_SOURCES, 'http-own', 'url-own'] as const;

/** `null` is a sandboxed frame in the first of them. */
export const PAGE_ORIGINS = [
  'http://app.site.test',
  'http://app.site.test:8080',
  'http://www.app.site.test',
  'http://other.test',
  'https://app.site.test',
  'null',
] as const;

export type PageOrigin = (typeof PAGE_ORIGINS)[number];

/** Where a page is loaded from. */
export function pageUrl(page: PageOrigin): string {
  return page === 'null' ? 'http://app.site.test/.frame' : `${page}/.page`;
}

export interface Place {
  readonly front: Front;
  readonly far?: boolean;
  /** Whether it is asked over https. */
  readonly secure?: boolean;
  /** Another name or address, as a page may write it: one of `HOSTS`. */
  readonly host?: string;
  /** Default that of the scheme. */
  readonly port?: number;
}

/** `far` hosts belong to another site, and have no cookies. */
export function hostOf({ front, far = false, host, port }: Place, page: PageOrigin): string {
  if (front === 'home') return new URL(pageUrl(page)).host;
  const name = host ?? `${front}.${far ? 'far' : 'site'}.test`;
  return `${name}${port === undefined ? '' : `:${port}`}`;
}

/** The page's own server is asked as the page is. */
export function schemeOf({ front, secure = false }: Place, page: PageOrigin): 'http:' | 'https:' {
  return (front === 'home' ? pageUrl(page).startsWith('https:') : secure) ? 'https:' : 'http:';
}

/** A REST API's URLs begin with the stage. */
export function hopUrl(place: Place, page: PageOrigin, id: string, hop: number): string {
  return `${schemeOf(place, page)}//${hostOf(place, page)}${place.front === 'rest' ? '/prod' : ''}/${id}/${hop}`;
}

/** Which case, and which of its hops, a request is for. */
export function parsePath(path: string): { readonly id: string; readonly hop: number } | undefined {
  const [, id, hop] = /^(?:\/prod)?\/([bp]\d+)\/(\d+)/.exec(path) ?? [];
  return id === undefined ? undefined : { id, hop: Number(hop) };
}

/** Names and addresses of the computer itself, of its network, and of any place, in usual and unusual spellings. */
export const HOSTS: readonly string[] = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'raw.localhost',
    '127.0.0.1',
    '127.8.9.10',
    '127.1',
    '0x7f000001',
    '[::1]',
  ],
  ...['[0:0::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '[::]', '10.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.1.1'],
  ...[
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    'printer.local',
    '8.8.8.8',
    '[2606:4700::1]',
    'raw.far.test.',
    'RAW.FAR.TEST',
  ],
  ...['b%C3%BCcher.test', 'under_score.test'],
];

export const COOKIE = 'session=1';

/**
 * The cookie is `SameSite=Lax`, so that only pages of the same site send it. A sandboxed frame is of no site; WebKit
 * looks at the page that it is in.
 */
export function hasCookie(page: PageOrigin, url: string, browser: string): boolean {
  if (!isOfSite(url)) return false;
  return page === 'null' ? browser === 'webkit' : isOfSite(page);
}

function isOfSite(url: string): boolean {
  return new URL(url).hostname.endsWith('.site.test');
}
