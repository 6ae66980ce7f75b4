import type { EngineName } from '../../src/browser.js';

/** The engine of a browser. Every browser on iOS is WebKit and does not send `Chrome/`. */
export function engineOf(userAgent: string): EngineName {
  if (userAgent.includes('Firefox/')) return 'firefox';
  return userAgent.includes('AppleWebKit/') && !userAgent.includes('Chrome/') ? 'webkit' : 'chromium';
}
