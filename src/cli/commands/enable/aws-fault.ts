import { type Misuse, misuse } from '../../input/misuse.js';

/** What is wrong, by the names of errors of AWS, and what to do about it. */
const FAULTS: readonly (readonly [name: RegExp, what: string, remedy: string])[] = [
  [/^AccessDenied|^Unauthorized|^NotAuthorized/, 'no permission', 'ask for it, or use other credentials'],
  [
    /^CredentialsProvider|^TokenProvider/,
    'there are no credentials for AWS',
    'set AWS_PROFILE, or log in, with `aws sso login` for example',
  ],
  [
    /^UnrecognizedClient|^InvalidClientTokenId|^ExpiredToken|^InvalidSignature|^SignatureDoesNotMatch|^MissingAuthentication/,
    'AWS does not accept the credentials',
    'log in again, or set AWS_PROFILE',
  ],
  [/^TooManyRequests|^Throttling|^LimitExceeded/, 'API Gateway takes no more calls for now', 'run it again later'],
];

const NETWORK = ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** One line about an error of a call to AWS; `undefined` for an error that is not one of AWS. */
export function awsFault(error: unknown): string | undefined {
  const {
    name = '',
    message = '',
    code,
    $metadata,
  } = (error ?? {}) as {
    readonly name?: string;
    readonly message?: string;
    readonly code?: string;
    readonly $metadata?: unknown;
  };
  const [line = ''] = message.trim().split('\n', 1);
  if (/^Region is missing/.test(line)) return 'there is no region; give --region, or set AWS_REGION';
  if (/^Region not accepted/.test(line)) return `${line.replace(/\.$/, '')}; give one such as eu-central-1`;
  const found = FAULTS.find(([about]) => about.test(name));
  if (found !== undefined) return `${found[1]}: ${line}; ${found[2]}`;
  if (NETWORK.includes(code ?? '') || name === 'TimeoutError') {
    return `API Gateway cannot be reached: ${line || code}; check the region and the network`;
  }
  return $metadata === undefined ? undefined : `API Gateway answers ${name}: ${line}`;
}

/** @throws The error itself, where it is not one of AWS. */
export function awsMisuse(error: unknown): Misuse {
  const line = awsFault(error);
  if (line === undefined) throw error;
  return misuse(line);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundException';
}
