// A certificate that the oracle's browsers are told to accept, whatever the host. It lasts for a day and is not stored.
import { execFileSync } from 'node:child_process';
import { createSecureContext, type SecureContext } from 'node:tls';

const REQUEST = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=test';

export function makeCertificate(): SecureContext {
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const pem = execFileSync('openssl', [...REQUEST.split(' '), '-keyout', '-', '-out', '-'], { stdio: [...stdio] });
  return createSecureContext({ key: pem, cert: pem });
}
