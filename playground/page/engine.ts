import type { EngineName } from '../../src/browser.js';

/** Which engine a browser has, so far as predictions differ by it. Every browser on iOS is WebKit and has no `Chrome/`. */
export function engineOf(userAgent: string): EngineName {
  if (userAgent.includes('Firefox/')) return 'firefox';
  return userAgent.includes('AppleWebKit/') && !userAgent.includes('Chrome/') ? 'webkit' : 'chromium';
}
