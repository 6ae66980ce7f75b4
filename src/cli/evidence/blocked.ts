import * as causes from '../../diagnosis/blocked.js';
import { finding } from './finding.js';
import type { Detector } from './seen.js';

export const mixedContent: Detector = ({ request, verdict, redirects }) => {
  if (verdict.allowed || verdict.reason !== 'MixedContent') return undefined;
  const last = redirects.at(-1);
  if (last === undefined) {
    return finding(causes.mixedContent(request.url, false), `the page is ${request.origin}, the URL ${request.url}`);
  }
  return finding(
    causes.mixedContent(last.location, true),
    `${last.url} answers ${last.status}, Location: ${last.location}`,
  );
};

export const badPort: Detector = ({ request, verdict, redirects }) => {
  if (verdict.allowed || verdict.reason !== 'ERR_UNSAFE_PORT') return undefined;
  const url = redirects.at(-1)?.location ?? request.url;
  return finding(causes.badPort(new URL(url).port), url);
};
