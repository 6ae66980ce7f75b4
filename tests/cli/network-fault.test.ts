import { expect, it } from 'vitest';
import { networkFault } from '../../src/cli/network-fault.js';

/** What Node.js calls the fault, and what is said. */
it.each([
  ['ECONNREFUSED', 'connection-refused', 'api.example.com:8443 refuses connections'],
  ['ENOTFOUND', 'dns', 'no address is known for api.example.com'],
  ['EAI_AGAIN', 'dns', 'no address is known for api.example.com'],
  ['ETIMEDOUT', 'timed-out', 'did not answer in time'],
  ['EHOSTUNREACH', 'unreachable', 'there is no way to'],
  ['ECONNRESET', 'connection-closed', 'closed the connection'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'is not for api.example.com'],
  ['CERT_HAS_EXPIRED', 'tls', 'is not trusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'is not trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls', 'is not trusted'],
  ['EPROTO', 'tls', 'no TLS connection'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'no TLS connection'],
  ['HPE_INVALID_CONSTANT', 'not-http', 'is no HTTP'],
  ['EWHATEVER', 'failed', 'the request to api.example.com:8443 failed'],
])('%s is told as %s', (code, name, title) => {
  const error = Object.assign(new Error('why\nand more'), { code });
  const finding = networkFault(error, 'https://api.example.com:8443/notes');
  expect(finding).toEqual({
    code: name,
    title: expect.stringContaining(title),
    evidence: `${code}: why`,
    remedy: expect.stringMatching(/\w/),
  });
});

it('what is no error is told too', () => {
  expect(networkFault('nothing', 'http://a.example/')).toMatchObject({ code: 'failed', evidence: 'error: nothing' });
});
