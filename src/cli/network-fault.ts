import { TIMED_OUT } from '../gateway/http-transport.js';
import type { Finding } from './finding.js';

/** Why no response came. */
export function networkFault(error: unknown, url: string): Finding {
  const { code = '', message = String(error) } = (error ?? {}) as { readonly code?: string; readonly message?: string };
  const { host, hostname } = new URL(url);
  const [name, title, remedy] = (KINDS.find(([codes]) => codes.test(code)) ?? OTHER)[1]({
    host,
    hostname,
    message,
    code,
  });
  return {
    code: name,
    title,
    evidence: code === TIMED_OUT ? message : `${code || 'error'}: ${message.split('\n', 1)[0]}`,
    remedy,
  };
}

interface Seen {
  readonly host: string;
  readonly hostname: string;
  readonly message: string;
  readonly code: string;
}

type Kind = readonly [codes: RegExp, tell: (seen: Seen) => readonly [code: string, title: string, remedy: string]];

const KINDS: readonly Kind[] = [
  [
    new RegExp(`^(${TIMED_OUT}|ETIMEDOUT)$`),
    ({ host }) => [
      'timed-out',
      `${host} did not answer in time`,
      'see whether the function hangs or the security group drops packets; or wait longer with --timeout',
    ],
  ],
  [
    /^ECONNREFUSED$/,
    ({ host }) => [
      'connection-refused',
      `${host} refuses connections`,
      'check host and port, and that something listens there',
    ],
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL|EAI_NODATA)$/,
    ({ hostname }) => [
      'dns',
      `no address is known for ${hostname}`,
      'check the spelling of the host and the region in it, and that the API is not private or deleted',
    ],
  ],
  [/^(EHOSTUNREACH|ENETUNREACH)$/, ({ host }) => ['unreachable', `there is no way to ${host}`, 'check the network']],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ hostname }) => [
      'tls',
      `the certificate of the server is not for ${hostname}`,
      'use the name that the certificate has, or make the custom domain name known to the gateway',
    ],
  ],
  [
    /CERT|UNABLE_TO_|^HOSTNAME_MISMATCH$/,
    ({ host }) => [
      'tls',
      `the certificate of ${host} is not trusted`,
      'renew it, or add its issuer with NODE_EXTRA_CA_CERTS',
    ],
  ],
  [
    /^(EPROTO|ERR_SSL_.*)$/,
    ({ host }) => [
      'tls',
      `no TLS connection can be made with ${host}`,
      'check whether the port speaks https at all; if not, write http://',
    ],
  ],
  [
    /^HPE_/,
    ({ host }) => ['not-http', `what ${host} answers is no HTTP`, 'check the port, and whether it speaks https'],
  ],
  [
    /^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|ECONNABORTED)$/,
    ({ host }) => [
      'connection-closed',
      `${host} closed the connection before it had answered`,
      'check the port, and the log of what listens there',
    ],
  ],
];

const OTHER: Kind = [/^/, ({ host }) => ['failed', `the request to ${host} failed`, 'check the URL and the network']];
