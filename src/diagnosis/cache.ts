import type { Cause } from './cause.js';

/** @param origin Whose page asked. */
export function cachedResponse(origin: string): Cause {
  return {
    code: 'cached-response',
    title: 'A cache in front of the function gives one origin the response that was made for another',
    remedy: `put Origin into the cache key: on CloudFront by a cache policy with the header Origin, since CloudFront ignores Vary and an origin request policy only forwards the header; on the cache of a REST API's stage by the cache key parameter method.request.header.Origin. Or do not cache (CloudFront's policy CachingDisabled). Then invalidate what is cached; if ${origin} is not in allowOrigins, add it`,
    link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html#header-caching-web-cors',
  };
}
