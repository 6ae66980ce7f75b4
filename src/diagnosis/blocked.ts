import type { Cause } from './cause.js';

/**
 * @param url The http URL.
 * @param redirected Whether a redirect leads there.
 */
export function mixedContent(url: string, redirected: boolean): Cause {
  const secure = url.replace(/^http:/, 'https:');
  return {
    code: 'mixed-content',
    title: redirected
      ? 'A redirect leads the https page to an http URL, which browsers do not ask, whatever the CORS headers say'
      : 'The page is https and the URL is http: browsers do not ask it, whatever the CORS headers would say',
    remedy: redirected
      ? `redirect to ${secure}: behind a gateway or load balancer the framework sees http, and learns from X-Forwarded-Proto that the browser used https (trust proxy, --proxy-headers and the like)`
      : `request ${secure}: API Gateway, function URLs and CloudFront answer https; a load balancer needs a listener for it, with a certificate`,
    link: 'https://w3c.github.io/webappsec-mixed-content/#should-block-fetch',
  };
}

export function badPort(port: string): Cause {
  return {
    code: 'bad-port',
    title: `Browsers keep pages from port ${port}, because other protocols use it`,
    remedy: 'let the API listen on another port, such as 443',
    link: 'https://fetch.spec.whatwg.org/#port-blocking',
  };
}
