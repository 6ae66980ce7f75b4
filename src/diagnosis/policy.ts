import type { Cause } from './cause.js';

/** What a policy may say although it is useless or unwise. It works, so `compilePolicy` accepts it. */
export function publicSuffixAllowed(pattern: string, suffix: string): Cause {
  return {
    code: 'public-suffix-allowed',
    title: `The pattern ${pattern} allows sites of other people: anyone can have a name below ${suffix}`,
    remedy: `name your own: "${pattern.replace('*.', 'your-app.')}", or "${pattern.replace('*.', '*.your-app.')}"`,
    link: 'https://publicsuffix.org/learn/',
  };
}

export function unsendableHeader(name: string): Cause {
  return {
    code: 'unsendable-header',
    title: `No page can send the request header ${name}, because browsers set it themselves or drop it`,
    remedy: `remove "${name}" from allowHeaders; it never needs permission`,
    link: 'https://fetch.spec.whatwg.org/#forbidden-request-header',
  };
}

export function responseHeaderAllowed(name: string): Cause {
  return {
    code: 'response-header-allowed',
    title: `allowHeaders is about request headers, but ${name} is a response header`,
    remedy: `remove "${name}" from allowHeaders; if a page sends it, remove it there too`,
    link: 'https://fetch.spec.whatwg.org/#http-responses',
  };
}
