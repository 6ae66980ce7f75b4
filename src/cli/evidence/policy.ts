import { isForbiddenRequestHeader } from '../../browser.js';
import { CORS_RESPONSE_HEADERS } from '../../core/response-headers.js';
import { publicSuffixAllowed, responseHeaderAllowed, unsendableHeader } from '../../diagnosis/policy.js';
import { publicSuffixOf } from '../../diagnosis/public-suffix.js';
import type { CompiledPolicy } from '../../index.js';
import { type Finding, finding } from './finding.js';

const RESPONSE_HEADERS: ReadonlySet<string> = new Set(
  Object.values(CORS_RESPONSE_HEADERS).map(({ name }) => name.toLowerCase()),
);

/** What is useless or unwise in a valid policy. */
export function policyFindings({ allowOrigins, allowHeaders, allowCredentials }: CompiledPolicy): readonly Finding[] {
  const patterns = Array.isArray(allowOrigins) ? (allowOrigins as readonly string[]) : [];
  const names = allowHeaders === '*' ? [] : allowHeaders;
  return [
    ...patterns.flatMap((pattern) => {
      const suffix = publicSuffixOf(pattern);
      if (suffix === undefined) return [];
      const evidence = `allowOrigins has "${pattern}"${allowCredentials ? ', and allowCredentials is true' : ''}`;
      return [finding(publicSuffixAllowed(pattern, suffix), evidence)];
    }),
    ...names.flatMap((name) => {
      const evidence = `allowHeaders has "${name}"`;
      if (isForbiddenRequestHeader(name, '')) return [finding(unsendableHeader(name), evidence)];
      return RESPONSE_HEADERS.has(name.toLowerCase()) ? [finding(responseHeaderAllowed(name), evidence)] : [];
    }),
  ];
}
