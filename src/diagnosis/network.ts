import type { Cause } from './cause.js';

const SYSTEM_ERRORS = 'https://nodejs.org/api/errors.html#common-system-errors';
const CERTIFICATES = 'https://nodejs.org/api/tls.html#x509-certificate-error-codes';

/**
 * Why no response came.
 *
 * @param code The error's code in Node.js, such as `ECONNREFUSED`.
 */
export function noResponse(code: string, { host, hostname }: Place): Cause {
  const [, tell] = KINDS.find(([codes]) => codes.test(code)) ?? OTHER;
  return tell({ host, hostname });
}

/** Of the URL that was asked. */
interface Place {
  /** With its port. */
  readonly host: string;
  readonly hostname: string;
}

type Kind = readonly [codes: RegExp, tell: (place: Place) => Cause];

const KINDS: readonly Kind[] = [
  [
    /^ETIMEDOUT$/,
    ({ host }) => ({
      code: 'timed-out',
      title: `${host} did not answer in time`,
      remedy: 'check whether the function hangs or the security group drops packets; or wait longer with --timeout',
      link: 'https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html',
    }),
  ],
  [
    /^ECONNREFUSED$/,
    ({ host }) => ({
      code: 'connection-refused',
      title: `${host} refuses connections`,
      remedy: 'check the host and the port, and that something listens there',
      link: SYSTEM_ERRORS,
    }),
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/,
    ({ hostname }) => ({
      code: 'dns',
      title: `${hostname} has no known address`,
      remedy: 'check the spelling of the host and the region in it, and that the API is not private or deleted',
      link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
    }),
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH)$/,
    ({ host }) => ({
      code: 'unreachable',
      title: `${host} cannot be reached from here`,
      remedy: 'check the network',
      link: SYSTEM_ERRORS,
    }),
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ hostname }) => ({
      code: 'tls',
      title: `the certificate of the server is not for ${hostname}`,
      remedy: 'use the name in the certificate, or set up the custom domain name in the gateway',
      link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html',
    }),
  ],
  [
    /CERT|UNABLE_TO_|^HOSTNAME_MISMATCH$/,
    ({ host }) => ({
      code: 'tls',
      title: `the certificate of ${host} is not trusted`,
      remedy: 'renew it, or add its issuer with NODE_EXTRA_CA_CERTS',
      link: CERTIFICATES,
    }),
  ],
  [
    /^(EPROTO|ERR_SSL_.*)$/,
    ({ host }) => ({
      code: 'tls',
      title: `${host} does not accept TLS connections`,
      remedy: 'check whether the port speaks https at all; if not, write http://',
      link: CERTIFICATES,
    }),
  ],
  [
    /^HPE_/,
    ({ host }) => ({
      code: 'not-http',
      title: `${host} does not answer in HTTP`,
      remedy: 'check the port, and whether it speaks https',
      link: SYSTEM_ERRORS,
    }),
  ],
  [
    /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ECONNABORTED)$/,
    ({ host }) => ({
      code: 'connection-closed',
      title: `${host} closed the connection before it had answered`,
      remedy: 'check the port, and the log of what listens there',
      link: SYSTEM_ERRORS,
    }),
  ],
];

const OTHER: Kind = [
  /^/,
  ({ host }) => ({
    code: 'failed',
    title: `the request to ${host} failed`,
    remedy: 'check the URL and the network',
    link: SYSTEM_ERRORS,
  }),
];
