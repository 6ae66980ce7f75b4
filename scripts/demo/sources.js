// What can be in front of a function: how it asks, and what it makes of the answer.
import {
  albMultiValue,
  albSingleValue,
  functionUrl,
  httpApiV1,
  httpApiV2,
  restApi,
  vpcLatticeV1,
  vpcLatticeV2,
} from './events.js';

const REST_KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

export const sources = [
  { name: 'REST API', eventOf: restApi, maps: ['headers', 'multiValueHeaders'], keys: REST_KEYS },
  { name: 'HTTP API 1.0', eventOf: httpApiV1, maps: ['headers', 'multiValueHeaders'] },
  { name: 'HTTP API 2.0', eventOf: httpApiV2, maps: ['headers'] },
  { name: 'function URL', eventOf: functionUrl, maps: ['headers'] },
  { name: 'ALB', eventOf: albSingleValue, maps: ['headers'] },
  { name: 'ALB multi-value', eventOf: albMultiValue, maps: ['multiValueHeaders'] },
  { name: 'VPC Lattice v1', eventOf: vpcLatticeV1, maps: ['headers'] },
  { name: 'VPC Lattice v2', eventOf: vpcLatticeV2, maps: ['headers'] },
];

/** A source's own error page (HTTP APIs make it a 500). It has no CORS headers, so no script ever sees it. */
export const ERROR_PAGE = { status: 502, headers: {}, body: '{"message": "Internal server error"}' };

/**
 * The response that a source makes of a function's result: the headers of the maps that it reads, and no others,
 * under their names in lower case. Lines of the same name are joined as a browser joins them.
 */
export function responseOf(source, result) {
  if (isMalformed(source, result)) return ERROR_PAGE;
  const headers = {};
  for (const [name, value] of source.maps.flatMap((map) => linesOf(result[map]))) {
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return { status: result.statusCode, headers, body: result.body ?? '' };
}

function isMalformed({ maps, keys }, result) {
  if (!Number.isInteger(result?.statusCode)) return true;
  if (keys !== undefined && Object.keys(result).some((key) => !keys.includes(key))) return true;
  return maps.some((map) =>
    Object.values(result[map] ?? {}).some((value) => Array.isArray(value) !== (map === 'multiValueHeaders')),
  );
}

function linesOf(map) {
  return Object.entries(map ?? {}).flatMap(([name, value]) => [value].flat().map((line) => [name.toLowerCase(), line]));
}
