import { decodeUtf8, encodeBase64 } from './bytes.js';
import { type HttpRequest, valuesOf } from './messages.js';

/** A body in an event. */
interface EncodedBody {
  readonly text: string;
  readonly isBase64Encoded: boolean;
}

export function asText(body: Uint8Array): EncodedBody {
  return { text: new TextDecoder().decode(body), isBase64Encoded: false };
}

export function asBase64(body: Uint8Array): EncodedBody {
  return { text: encodeBase64(body), isBase64Encoded: true };
}

/**
 * HTTP APIs and function URLs: "if the content type of the request is binary, the body is base64-encoded". Which types
 * those are is not documented; text, JSON, XML and JavaScript arrive as text, forms and files in base64.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload
 */
export function byContentType({ lines, body }: HttpRequest): EncodedBody {
  const [type = ''] = valuesOf(lines, 'content-type');
  return /^text\/|json|xml|javascript/i.test(mediaType(type)) && decodeUtf8(body) !== undefined
    ? asText(body)
    : asBase64(body);
}

/**
 * Load balancers and VPC Lattice name the types that are sent as they are.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#receive-event-from-load-balancer
 */
export function byListedType({ lines, body }: HttpRequest): EncodedBody {
  const [type = ''] = valuesOf(lines, 'content-type');
  const asItIs =
    body.length === 0 ||
    (valuesOf(lines, 'content-encoding').length === 0 &&
      /^(text\/.*|application\/(json|javascript|xml))$/i.test(mediaType(type)));
  return asItIs ? asText(body) : asBase64(body);
}

function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] as string).trim();
}

/**
 * REST APIs know binary bodies by the types that the API names, with `*` for either part.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-configure-with-console.html
 */
export function isBinaryType(type: string, binaryMediaTypes: readonly string[]): boolean {
  const [main, sub] = mediaType(type).toLowerCase().split('/');
  return binaryMediaTypes.some((binary) => {
    const [binaryMain, binarySub] = binary.toLowerCase().split('/');
    return (binaryMain === '*' || binaryMain === main) && (binarySub === '*' || binarySub === sub);
  });
}
