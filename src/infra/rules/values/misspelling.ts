import { originOf, parseUrl } from '../../../browser/url.js';
import { withScheme } from '../../../core/origins.js';

/** What is wrong with an origin, and the spelling that is meant, if one can be told. */
export type Misspelling = readonly [why: string, meant?: string];

export function misspellingOf(text: string, kind: 'rest' | 'http' | 'url'): Misspelling | undefined {
  if (text === '*' || (kind === 'http' && /^https?:\/\/\*$/.test(text))) return undefined;
  if (text.trim() === '') return ['is empty'];
  if (text !== text.trim()) return ['has white space around it', text.trim()];
  if (text.includes('*')) return ['has a wildcard, which means nothing in a header'];
  if (!text.includes('://')) {
    // A word alone, such as `any`, is hardly meant as a host.
    const isHost = /^[\w.-]+(:\d+)?\/?$/.test(text) && /\W|localhost/.test(text);
    return isHost ? ['has no scheme', withScheme(text.toLowerCase().replace(/\/$/, ''))] : ['has no scheme'];
  }
  const url = parseUrl(text);
  if (url === undefined) return ['is not an origin'];
  const meant = originOf(url);
  if (meant === text || url.host === '') return undefined;
  if (text.startsWith(meant)) {
    const rest = text.slice(meant.length);
    if (rest === '/') return ['ends with a slash', meant];
    return [rest.startsWith(':') ? 'has the default port' : 'has a path', meant];
  }
  return [text.toLowerCase() === meant ? 'has capitals' : 'is not how browsers write it', meant];
}

/** An origin as a browser sends it, where that can be told. */
export function spelledRight(text: string, kind: 'rest' | 'http' | 'url'): string {
  return misspellingOf(text, kind)?.[1] ?? text;
}
